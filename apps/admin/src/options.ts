import { adminFailure } from './errors.ts';

/** An option of a command, `--name VALUE` or `--name=VALUE`. */
export type OptionRow = {
  meaning: string;
  required: boolean;
  example: string;
  /** It may be given several times; others are given once. */
  repeatable?: true;
  /** It has no value: it is given or not. */
  flag?: true;
};
export type OptionTable = Readonly<Record<string, OptionRow>>;

/** Every value of each option in the order given. */
export type Given = Readonly<Record<string, readonly string[]>>;

/** The value of each option; of a repeatable one the last. */
export type Values = Readonly<Record<string, string>>;

/** Options that every command takes; flags have no value. */
const FLAGS = new Set(['json', 'help']);

/** What of a command line depends on the commands: the first words of those of two words, and options without a value. */
export type Grammar = { groups: ReadonlySet<string>; flags: ReadonlySet<string> };

/** The grammar of a table of commands. */
export function buildGrammar(commands: Readonly<Record<string, { options: OptionTable }>>): Grammar {
  const groups = Object.keys(commands).flatMap((name) => (name.includes(' ') ? name.split(' ', 1) : []));
  const rows = Object.values(commands).flatMap(({ options }) => Object.entries(options));
  return { groups: new Set(groups), flags: new Set(rows.flatMap(([name, { flag }]) => (flag ? name : []))) };
}

const PLAIN: Grammar = { groups: new Set(), flags: new Set() };

export type Arguments = { command: string | undefined; flags: ReadonlySet<string>; given: Given };

/**
 * Takes a command line apart, whatever the command. A flag of a command is given as `true`.
 * @throws Failure `unknown_option`, `missing_option`
 */
export function parseArguments(args: readonly string[], grammar = PLAIN): Arguments {
  const flags = new Set<string>();
  const given = new Map<string, string[]>();
  const words: string[] = [];
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, inline] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (name === undefined) words.push(word);
    else if (FLAGS.has(name)) flags.add(name);
    else if (grammar.flags.has(name) && inline === undefined) given.set(name, ['true']);
    else given.set(name, [...(given.get(name) ?? []), requireValue(name, inline ?? rest.shift())]);
  }
  const named = words.splice(0, grammar.groups.has(words[0] ?? '') ? 2 : 1);
  if (words.length > 0) {
    throw adminFailure(
      'unknown_option',
      `${JSON.stringify(words[0])} is not an option; options begin with --`,
    );
  }
  const command = named.length === 0 ? undefined : named.join(' ');
  return { command, flags, given: Object.fromEntries(given) };
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
