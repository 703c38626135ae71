import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { adminFailure } from './errors.ts';
import type { OptionTable, Values } from './options.ts';

/** How a command is told a password: other users of the machine can read what stands on a command line. */
export const PASSWORD_OPTIONS: OptionTable = {
  password: {
    meaning: 'password of the account; - reads it from standard input',
    required: false,
    example: '-',
  },
  'password-file': {
    meaning: 'file that has the password in its first line',
    required: false,
    example: 'password.txt',
  },
  'password-stdin': {
    meaning: 'reads the password from standard input',
    required: false,
    example: '',
    flag: true,
  },
};

/** The first line: files and pipes end with one. */
const firstLine = (content: string) => content.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? '';

async function readPasswordFile(file: string): Promise<string> {
  try {
    return firstLine(await readFile(file, 'utf8'));
  } catch (cause) {
    throw adminFailure('invalid_file', `--password-file: ${file} cannot be read`, {
      where: 'password-file',
      cause,
    });
  }
}

/**
 * The password that a command is given, one way of three.
 * @throws Failure `missing_option`, `repeated_option`, `invalid_file`
 */
export async function readPassword(
  values: Values,
  input: NodeJS.ReadableStream = process.stdin,
): Promise<string> {
  const given = Object.keys(PASSWORD_OPTIONS).filter((name) => values[name] !== undefined);
  const [name] = given;
  if (name === undefined)
    throw adminFailure('missing_option', 'a password is needed: --password-file FILE or --password-stdin', {
      where: 'password',
    });
  if (given.length > 1)
    throw adminFailure('repeated_option', `a password is given one way, not ${given.length}`, {
      where: 'password',
    });
  const value = values[name] ?? '';
  if (name === 'password-file') return readPasswordFile(value);
  return name === 'password-stdin' || value === '-' ? firstLine(await text(input)) : value;
}
