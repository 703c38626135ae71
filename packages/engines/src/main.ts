// The command line behind `npm run engines`.
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '@footfall/core/failure';
import { fileProblem } from '@footfall/files/file-problem';
import { isRunning, type ProcessRef, processRef } from '@footfall/installation/process';
import { type CommandLine, type CommandName, parseCommandLine, USAGE } from './command-line.ts';
import { complaint, down, lacking, type Room, status, up } from './commands.ts';
import { ENGINES_FOLDER, takeEngines } from './engine-set.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Resolves when a process has ended, within half a second, or when we are told to end. */
async function untilOver(owner: ProcessRef): Promise<void> {
  let told = false;
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => (told = true));
  while (!told && isRunning(owner)) await sleep(500);
}

/** Keeps engines for the test run of a process until it has ended, or tells us to end; says their folder once they serve. */
async function hold({ names }: Room, { owner }: CommandLine): Promise<void> {
  // It may be gone before we answer.
  process.stdout.on('error', () => undefined);
  const over = untilOver(processRef(owner));
  const engines = await takeEngines(names, owner);
  say(engines.folder);
  await over;
  await engines.release();
}

type Command = (room: Room, given: CommandLine) => Promise<boolean>;

const done = async (work: Promise<void>) => {
  await work;
  return true;
};

const COMMANDS: Readonly<Record<CommandName, Command>> = {
  up: (room) => up(room),
  down: (room, given) => done(down(room, given)),
  status: (room) => done(status(room)),
  lacking: (room) => done(lacking(room)),
  hold: (room, given) => done(hold(room, given)),
};

async function main(args: readonly string[]): Promise<number> {
  const given = parseCommandLine(args);
  if (given === null) {
    process.stdout.write(USAGE);
    return 0;
  }
  const room = { folder: ENGINES_FOLDER, names: given.names, say };
  return (await COMMANDS[given.command](room, given)) ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const line = error instanceof Failure ? complaint(error) : fileProblem(error);
  // What is neither is a fault of ours, and its stack says where.
  if (line === undefined) throw error;
  process.stderr.write(`footfall: ${line}\n`);
  process.exitCode = 1;
}
