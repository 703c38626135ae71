import { parseArgs } from 'node:util';
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

/** Options that every command takes; they have no value. */
const ALWAYS = ['json', 'help'];

/**
 * What of a command line depends on the commands: the first words of those of two words, and the options of all of them.
 * An option has a value in every command or in none, unless the command is known.
 */
export type Grammar = {
  groups: ReadonlySet<string>;
  options: Readonly<Record<string, { type: 'boolean' | 'string' }>>;
};

/** The grammar of a table of commands; where two differ on an option, that of the command with which the arguments begin. */
export function buildGrammar(
  commands: Readonly<Record<string, { options: OptionTable }>>,
  [first = '', second = '']: readonly string[] = [],
): Grammar {
  const groups = Object.keys(commands).flatMap((name) => (name.includes(' ') ? name.split(' ', 1) : []));
  const named = [first, `${first} ${second}`].flatMap((name) =>
    Object.hasOwn(commands, name) ? [commands[name] as { options: OptionTable }] : [],
  );
  const rows = [...Object.values(commands), ...named].flatMap(({ options }) => Object.entries(options));
  const own = rows.map(([name, { flag }]) => [name, { type: flag ? 'boolean' : 'string' }] as const);
  const always = ALWAYS.map((name) => [name, { type: 'boolean' }] as const);
  return { groups: new Set(groups), options: Object.fromEntries([...own, ...always]) };
}

export type Arguments = { command: string | undefined; flags: ReadonlySet<string>; given: Given };

/**
 * Takes a command line apart, whatever the command. A flag of a command is given as `true`.
 * @throws Failure `unknown_option`, `missing_option`
 */
export function parseArguments(args: readonly string[], { groups, options }: Grammar): Arguments {
  // Not strict: its own messages would say less than ours, and an unknown option is refused with those that its command has.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const flags = new Set<string>();
  const given = new Map<string, string[]>();
  const words: string[] = [];
  let valueOfUnknown = -1;
  for (const token of tokens) {
    if (token.kind === 'option-terminator' || token.index === valueOfUnknown) continue;
    const word = args[token.index] ?? '';
    if (token.kind === 'positional' || !word.startsWith('--')) words.push(word);
    else if (ALWAYS.includes(token.name)) flags.add(token.name);
    else if (!Object.hasOwn(options, token.name)) {
      given.set(token.name, []);
      valueOfUnknown = token.inlineValue ? -1 : token.index + 1;
    } else if (options[token.name]?.type === 'boolean') given.set(token.name, [token.value ?? 'true']);
    else given.set(token.name, [...(given.get(token.name) ?? []), requireValue(token.name, token.value)]);
  }
  const named = words.splice(0, groups.has(words[0] ?? '') ? 2 : 1);
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
