// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT, Stop } from './paths.mjs';

/**
 * Reads variables from .env in the root, if there is one; what the environment says already goes before it.
 * @throws {Stop}
 */
export function loadEnvFile() {
  const file = path.join(ROOT, '.env');
  if (!existsSync(file)) return;
  if (process.loadEnvFile === undefined)
    throw new Stop(`${file} needs Node 20.12 or newer to be read; this is ${process.version}`);
  process.loadEnvFile(file);
}
