// The command line behind `npm run engines`.
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { complaint, down, lacking, type Room, status, up } from './commands.ts';
import { ENGINES_FOLDER, takeEngines } from './engine-set.ts';
import { ENGINE_NAMES, type EngineName } from './recipe.ts';

const USAGE = `npm run engines -- <command> [${ENGINE_NAMES.join('] [')}]

  up      starts engines on 127.0.0.1 in the background, all when none is named
  down    stops them; with --data their data is deleted
  status  says which run
`;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Keeps engines for a test run as long as its process keeps our input open; says their folder once they serve. */
async function hold({ names }: Room): Promise<void> {
  // Whoever asked may be gone before we answer: the input, which ends then too, is what decides.
  process.stdout.on('error', () => undefined);
  process.stdin.resume();
  const over = Promise.race([
    once(process.stdin, 'close'),
    once(process, 'SIGTERM'),
    once(process, 'SIGINT'),
  ]);
  const engines = await takeEngines(names);
  say(engines.folder);
  await over;
  await engines.release();
  process.stdin.destroy();
}

type Command = (room: Room, options: { data: boolean }) => Promise<boolean | undefined>;

const done = async (work: Promise<void>) => {
  await work;
  return true;
};

/** `hold` and `lacking` are for our own scripts. */
const COMMANDS: Readonly<Record<string, Command>> = {
  up: (room) => up(room),
  down: (room, options) => done(down(room, options)),
  status: (room) => done(status(room)),
  lacking: (room) => done(lacking(room)),
  hold: (room) => done(hold(room)),
};

const isEngine = (name: string): name is EngineName => (ENGINE_NAMES as readonly string[]).includes(name);

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { data: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [command = '', ...named] = positionals;
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  const names = named.filter(isEngine);
  if (run === undefined || names.length < named.length) {
    process.stderr.write(USAGE);
    return 1;
  }
  const room = { folder: ENGINES_FOLDER, names: names.length === 0 ? ENGINE_NAMES : names, say };
  return (await run(room, values)) ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`footfall: ${complaint(error)}\n`);
  process.exitCode = 1;
}
