import { parseArgs } from 'node:util';
import { engineFailure } from './errors.ts';
import { ENGINE_NAMES, type EngineName } from './recipe.ts';

/** Commands for people; the others are for our own scripts. */
const COMMANDS = ['up', 'down', 'status', 'lacking', 'hold'] as const;
const FOR_PEOPLE = COMMANDS.slice(0, 3);
export type CommandName = (typeof COMMANDS)[number];

export const USAGE = `npm run engines -- <command> [${ENGINE_NAMES.join('] [')}]

  up      starts engines on 127.0.0.1 in the background, all when none is named
  down    stops them; with --data their data is deleted
  status  says which run
`;

export type CommandLine = {
  command: CommandName;
  names: readonly EngineName[];
  /** Whether the data of the engines is deleted, too. */
  data: boolean;
  /** Process id for which engines are held. */
  owner: number;
};

const OPTIONS = {
  data: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  owner: { type: 'string' },
} as const;

const isOneAmong = <T extends string>(all: readonly T[], name: string): name is T =>
  (all as readonly string[]).includes(name);

const wrong = (problem: string) =>
  engineFailure('wrong_command_line', `${problem} (npm run engines -- --help)`);

/**
 * Takes the command line of `npm run engines` apart; null when help is asked for.
 * @throws Failure `wrong_command_line`, naming what was wrong and what is allowed
 */
export function parseCommandLine(args: readonly string[]): CommandLine | null {
  // Not strict: Node's own messages say less than ours.
  const parsed = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  for (const token of parsed.tokens)
    if (token.kind === 'option' && !Object.hasOwn(OPTIONS, token.name))
      throw wrong(`${token.rawName} is not an option; allowed are --data and --help`);
  const { help, data = false, owner = String(process.ppid) } = parsed.values;
  const [command, ...names] = parsed.positionals;
  if (help || command === 'help') return null;
  if (command === undefined) throw wrong(`name a command: ${FOR_PEOPLE.join(', ')}`);
  if (!isOneAmong(COMMANDS, command))
    throw wrong(`${command} is not a command; allowed are ${FOR_PEOPLE.join(', ')}`);
  const engines = names.map((name) => {
    if (isOneAmong(ENGINE_NAMES, name)) return name;
    throw wrong(`${name} is not an engine; allowed are ${ENGINE_NAMES.join(', ')}`);
  });
  if (data && command !== 'down') throw wrong('--data is an option of down');
  return {
    command,
    names: engines.length === 0 ? ENGINE_NAMES : engines,
    data: data === true,
    owner: Number(owner),
  };
}
