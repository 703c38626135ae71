import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { type Config, readConfig } from '@footfall/config/config';
import { adminFailure } from '../errors.ts';

/**
 * The configuration that a file of variables describes, as `.env.example` shows them; nothing of this process's environment.
 * @throws Failure `invalid_file`; ConfigError
 */
export async function readConfigFile(file: string): Promise<Config> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw adminFailure('invalid_file', `${file} cannot be read`, { where: file, cause });
  });
  return readConfig(parseEnv(text));
}
