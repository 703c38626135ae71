// The command line behind `npm run engines`.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isRunning, type ProcessRef, processRef } from '@footfall/installation/process';
import { complaint, down, lacking, type Room, status, up } from './commands.ts';
import { ENGINES_FOLDER, takeEngines } from './engine-set.ts';
import { ENGINE_NAMES, type EngineName } from './recipe.ts';

const USAGE = `npm run engines -- <command> [${ENGINE_NAMES.join('] [')}]

  up      starts engines on 127.0.0.1 in the background, all when none is named
  down    stops them; with --data their data is deleted
  status  says which run
`;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Resolves when a process has ended, within half a second, or when we are told to end. */
async function untilOver(owner: ProcessRef): Promise<void> {
  let told = false;
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => (told = true));
  while (!told && isRunning(owner)) await sleep(500);
}

/** Keeps engines for the test run of a process until it has ended, or tells us to end; says their folder once they serve. */
async function hold({ names }: Room, { owner }: Options): Promise<void> {
  // It may be gone before we answer.
  process.stdout.on('error', () => undefined);
  const over = untilOver(processRef(owner));
  const engines = await takeEngines(names, owner);
  say(engines.folder);
  await over;
  await engines.release();
}

type Options = { data: boolean; owner: number };
type Command = (room: Room, options: Options) => Promise<boolean>;

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
  hold: (room, options) => done(hold(room, options)),
};

const isEngine = (name: string): name is EngineName => (ENGINE_NAMES as readonly string[]).includes(name);

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      data: { type: 'boolean', default: false },
      owner: { type: 'string', default: String(process.ppid) },
    },
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
  return (await run(room, { ...values, owner: Number(values.owner) })) ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`footfall: ${complaint(error)}\n`);
  process.exitCode = 1;
}
