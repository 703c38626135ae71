// Run before a build: tells a wrong variable at once. It imports nothing that has to be built.
import { readOptions } from './configuration.ts';

try {
  readOptions(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`footfall: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
