import { adminFailure } from './errors.ts';

/** An option of a command, `--name VALUE` or `--name=VALUE`. */
export type OptionRow = { meaning: string; required: boolean; example: string };
export type OptionTable = Readonly<Record<string, OptionRow>>;

export type Values = Readonly<Record<string, string>>;

/** Options that every command takes; flags have no value. */
const FLAGS = new Set(['json', 'help']);

export type Arguments = { command: string | undefined; flags: ReadonlySet<string>; values: Values };

/**
 * Takes a command line apart, whatever the command.
 * @throws Failure `unknown_option`, `missing_option`
 */
export function parseArguments(args: readonly string[]): Arguments {
  const flags = new Set<string>();
  const values: Record<string, string> = {};
  const words: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, inline] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (name === undefined) words.push(word);
    else if (FLAGS.has(name)) flags.add(name);
    else values[name] = requireValue(name, inline ?? rest.shift());
  }
  if (words.length > 1) {
    throw adminFailure(
      'unknown_option',
      `${JSON.stringify(words[1])} is not an option; options begin with --`,
    );
  }
  return { command: words[0], flags, values };
}

function requireValue(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw adminFailure('missing_option', `--${name} needs a value`, { where: name });
}

/**
 * Checks the values against what a command takes.
 * @throws Failure `unknown_option`, `missing_option`, naming what is allowed
 */
export function checkOptions(command: string, table: OptionTable, values: Values): void {
  const allowed = Object.keys(table).map((name) => `--${name}`);
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(table, name)) continue;
    const known = allowed.length === 0 ? 'none' : allowed.join(', ');
    throw adminFailure('unknown_option', `${command} has no option --${name}; allowed are ${known}`, {
      where: name,
    });
  }
  for (const [name, { required, example }] of Object.entries(table)) {
    if (required && !values[name]) {
      throw adminFailure('missing_option', `${command} needs --${name}, for example --${name} ${example}`, {
        where: name,
      });
    }
  }
}
