import { adminFailure } from './errors.ts';

/** An option of a command, `--name VALUE` or `--name=VALUE`. */
export type OptionRow = {
  meaning: string;
  required: boolean;
  example: string;
  /** It may be given several times; others are given once. */
  repeatable?: true;
};
export type OptionTable = Readonly<Record<string, OptionRow>>;

/** Every value of each option in the order given. */
export type Given = Readonly<Record<string, readonly string[]>>;

/** The value of each option; of a repeatable one the last. */
export type Values = Readonly<Record<string, string>>;

/** Options that every command takes; flags have no value. */
const FLAGS = new Set(['json', 'help']);

export type Arguments = { command: string | undefined; flags: ReadonlySet<string>; given: Given };

/**
 * Takes a command line apart, whatever the command.
 * @throws Failure `unknown_option`, `missing_option`
 */
export function parseArguments(args: readonly string[]): Arguments {
  const flags = new Set<string>();
  const given = new Map<string, string[]>();
  const words: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, inline] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (name === undefined) words.push(word);
    else if (FLAGS.has(name)) flags.add(name);
    else given.set(name, [...(given.get(name) ?? []), requireValue(name, inline ?? rest.shift())]);
  }
  if (words.length > 1) {
    throw adminFailure(
      'unknown_option',
      `${JSON.stringify(words[1])} is not an option; options begin with --`,
    );
  }
  return { command: words[0], flags, given: Object.fromEntries(given) };
}

function requireValue(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw adminFailure('missing_option', `--${name} needs a value`, { where: name });
}

/**
 * Checks what was given against what a command takes; answers the values.
 * @throws Failure `unknown_option`, `missing_option`, `repeated_option`, naming what is allowed
 */
export function checkOptions(command: string, table: OptionTable, given: Given): Values {
  const allowed = Object.keys(table).map((name) => `--${name}`);
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(table, name)) continue;
    const known = allowed.length === 0 ? 'none' : allowed.join(', ');
    throw adminFailure('unknown_option', `${command} has no option --${name}; allowed are ${known}`, {
      where: name,
    });
  }
  for (const [name, { required, repeatable, example }] of Object.entries(table)) {
    const values = given[name] ?? [];
    if (values.length > 1 && !repeatable) {
      throw adminFailure('repeated_option', `${command} takes --${name} once`, { where: name });
    }
    if (required && !values[0]) {
      throw adminFailure('missing_option', `${command} needs --${name}, for example --${name} ${example}`, {
        where: name,
      });
    }
  }
  return Object.fromEntries(Object.entries(given).map(([name, values]) => [name, values.at(-1) ?? '']));
}
