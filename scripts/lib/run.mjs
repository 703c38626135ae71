// @ts-check
import { Stop } from './paths.mjs';
import { StepFailed } from './step.mjs';

/**
 * Runs a command's main function: what stops it is one line, anything else is a fault of ours and keeps its stack.
 * @param {() => Promise<number>} main answers the exit code
 */
export async function run(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof StepFailed) console.error(error.tail());
    console.error(error instanceof Stop ? `footfall: ${error.message}` : error);
    process.exitCode = 1;
  }
}
