import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isRunning, type ProcessRef, processRef, waitForEnd } from '@footfall/installation/process';
import { CASSANDRA } from './cassandra.ts';
import { ELASTICSEARCH } from './elasticsearch.ts';
import {
  layOut,
  logFile,
  logTail,
  type Note,
  readNote,
  runningIn,
  withLog,
  writeNote,
} from './engine-folder.ts';
import { engineFailure } from './errors.ts';
import { recipeFolder, resolveJars } from './jars.ts';
import { chooseJava, installedJava } from './jdk.ts';
import { KAFKA } from './kafka.ts';
import { checkPortPair, untilPortsFree } from './port.ts';
import type { EngineName, Recipe, Tuning } from './recipe.ts';

export const RECIPES: Readonly<Record<EngineName, Recipe>> = {
  kafka: KAFKA,
  cassandra: CASSANDRA,
  elasticsearch: ELASTICSEARCH,
};

export type EngineOptions = {
  name: EngineName;
  /** Of 127.0.0.1; the engine takes the next one too: see `freePortPair`. */
  port: number;
  /** Folder of its own, made when it is absent; its data stays there when it stops. */
  dir: string;
  /** Most memory for Java's objects, like `512m`; the recipe's when absent. */
  heap?: string;
  /** `quick` when absent. */
  tuning?: Tuning;
};

/** An engine that serves. It is a process of its own that outlives this one: whoever starts it has to stop it. */
export type RunningEngine = {
  name: EngineName;
  port: number;
  pid: number;
  /** As Footfall's variables take it, without a name space. */
  url: string;
  /** Asks it to end and waits until it has; after a minute it is killed. */
  stop(): Promise<void>;
  /** Kills it as a lost machine would, and waits until it is gone. */
  kill(): Promise<void>;
};

const TUNING: Readonly<Record<Tuning, readonly string[]>> = {
  quick: ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
  steady: ['-XX:+UseG1GC'],
};

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 60_000;
const KILL_TIMEOUT_MS = 10_000;

function signal({ pid }: ProcessRef, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (cause) {
    // ESRCH: it has ended meanwhile.
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

async function end(engine: ProcessRef, name: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (!isRunning(engine)) return;
  signal(engine, name);
  if (await waitForEnd(engine, name === 'SIGTERM' ? STOP_TIMEOUT_MS : KILL_TIMEOUT_MS)) return;
  if (name === 'SIGKILL') throw engineFailure('engine_failed', `process ${engine.pid} cannot be killed`);
  await end(engine, 'SIGKILL');
}

function runningEngine(name: EngineName, port: number, engine: ProcessRef): RunningEngine {
  const leave = async (how: 'SIGTERM' | 'SIGKILL') => {
    await end(engine, how);
    await untilPortsFree(port);
  };
  return {
    name,
    port,
    pid: engine.pid,
    url: RECIPES[name].url(port),
    stop: () => leave('SIGTERM'),
    kill: () => leave('SIGKILL'),
  };
}

/** Starts Java in the engine's folder with its output in the log. A session of its own: Ctrl-C is not for it. */
function launch(java: string, dir: string, args: readonly string[]): Promise<ProcessRef> {
  return withLog(dir, async (log) => {
    const temporary = `-Djava.io.tmpdir=${path.join(dir, 'tmp')}`;
    const child = spawn(java, [temporary, ...args], {
      cwd: dir,
      stdio: ['ignore', log, log],
      detached: true,
    });
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    child.unref();
    return processRef(child.pid ?? 0);
  });
}

function lastIn(dir: string): Note {
  const note = readNote(dir);
  if (note === undefined) throw engineFailure('not_started', `no engine was ever started in ${dir}`);
  return note;
}

/**
 * Waits until the engine of a folder serves, at most three minutes.
 * @throws Failure `not_started`; `engine_failed` with the end of its log when it ends or is late: it is killed then
 */
export async function untilReady(dir: string): Promise<void> {
  const { name, port, process: engine } = lastIn(dir);
  const { title, isReady } = RECIPES[name];
  for (const deadline = Date.now() + START_TIMEOUT_MS; ; await sleep(100)) {
    // Asked in this order, so that it is ours that has answered.
    const ready = await isReady(port);
    const problem = isRunning(engine) ? null : 'ended while it was starting';
    if (ready && problem === null) return;
    const late = Date.now() > deadline ? `is not ready after ${START_TIMEOUT_MS / 1000} s` : null;
    if (problem === null && late === null) continue;
    await end(engine, 'SIGKILL');
    throw engineFailure(
      'engine_failed',
      `${title} ${problem ?? late}; ${logFile(dir)} ends:\n${await logTail(dir)}`,
    );
  }
}

/**
 * Starts an engine in its folder and waits until it serves, at most three minutes; its jars come from Maven Central the first time.
 * @throws Failure `java_missing`, `maven_missing`, `jars_unavailable`, `port_in_use`, `already_running`; `engine_failed` with the end of its log
 */
export async function startEngine(options: EngineOptions): Promise<RunningEngine> {
  const { name, port, tuning = 'quick' } = options;
  const recipe = RECIPES[name];
  const dir = path.resolve(options.dir);
  if (runningIn(dir) !== undefined) throw engineFailure('already_running', `an engine runs in ${dir}`);
  const jdk = chooseJava(recipe.title, recipe.java, await installedJava());
  const java = path.join(jdk, 'bin/java');
  const jars = await resolveJars(name, recipe, jdk);
  await checkPortPair(recipe.title, port);
  const place = await layOut(dir, recipe, { name, jars, port, heap: options.heap ?? recipe.heap });
  const format = recipe.format?.(place) ?? null;
  if (format !== null) await promisify(execFile)(java, [...format]);
  const args = [...TUNING[tuning], ...recipe.run(place, recipeFolder(name))];
  const engine = await launch(java, dir, args);
  await writeNote(dir, { name, port, tuning, process: engine });
  await untilReady(dir);
  return runningEngine(name, port, engine);
}

/** The engine that runs in a folder, whoever has started it; undefined when none does. */
export function engineIn(dir: string): RunningEngine | undefined {
  const note = runningIn(dir);
  return note === undefined ? undefined : runningEngine(note.name, note.port, note.process);
}

/**
 * The URL of what runs in a folder, or ran there last.
 * @throws Failure `not_started`
 */
export function urlIn(dir: string): string {
  const { name, port } = lastIn(dir);
  return RECIPES[name].url(port);
}

/**
 * Starts again what ran last in a folder, on the same port with the same data.
 * @throws Failure as {@link startEngine}; `not_started` when nothing ever ran there
 */
export async function restartIn(dir: string): Promise<RunningEngine> {
  const { name, port, tuning } = lastIn(dir);
  return startEngine({ name, port, dir, tuning });
}
