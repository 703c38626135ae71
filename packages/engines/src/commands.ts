import { rm } from 'node:fs/promises';
import { Failure } from '@footfall/core/failure';
import { engineIn, RECIPES, type RunningEngine, startEngine, untilReady } from './engine.ts';
import { engineFolder } from './engine-set.ts';
import { hasMaven } from './jars.ts';
import { fittingJava, installedJava } from './jdk.ts';
import { ENGINE_NAMES, type EngineName } from './recipe.ts';

/** What a command works on, and whom it tells. */
export type Room = {
  /** The engines have folders in this one. */
  folder: string;
  names: readonly EngineName[];
  say: (line: string) => void;
};

const PORTS: Readonly<Record<EngineName, number>> = { kafka: 9092, cassandra: 9042, elasticsearch: 9200 };

const WIDTH = Math.max(...ENGINE_NAMES.map((name) => name.length)) + 2;

const label = (name: EngineName) => name.padEnd(WIDTH);
const assignment = ({ name, url }: RunningEngine) => `${RECIPES[name].variable}=${url}`;

/** What was wrong and what to do; an engine's own words may follow on lines of their own. */
export function complaint(error: unknown): string {
  if (!(error instanceof Failure)) throw error;
  return error.remedy === undefined ? error.message : `${error.message}; ${error.remedy}`;
}

/** Starts engines in the background, those that do not run yet; answers whether all of them serve. */
export async function up({ folder, names, say }: Room, ports = PORTS): Promise<boolean> {
  const serving = names.map(async (name) => {
    const dir = engineFolder(folder, name);
    try {
      const running = engineIn(dir);
      // Another `up` may have been interrupted while it waited.
      if (running !== undefined) await untilReady(dir);
      const engine = running ?? (await startEngine({ name, port: ports[name], dir, tuning: 'steady' }));
      say(`${label(name)}${running === undefined ? 'ready' : 'runs already'}  ${assignment(engine)}`);
      return true;
    } catch (error) {
      say(`${label(name)}failed: ${complaint(error)}`);
      return false;
    }
  });
  return (await Promise.all(serving)).every(Boolean);
}

/** Stops engines that `up` has started; with `data` what they hold is deleted too. */
export async function down({ folder, names, say }: Room, { data }: { data: boolean }): Promise<void> {
  const stopping = names.map(async (name) => {
    const dir = engineFolder(folder, name);
    const running = engineIn(dir);
    await running?.stop();
    if (data) await rm(dir, { recursive: true, force: true });
    say(
      `${label(name)}${running === undefined ? 'was not running' : 'stopped'}${data ? ', data deleted' : ''}`,
    );
  });
  await Promise.all(stopping);
}

/** Says of each engine whether it runs and serves. */
export async function status({ folder, names, say }: Room): Promise<void> {
  for (const name of names) {
    const running = engineIn(engineFolder(folder, name));
    if (running === undefined) {
      say(`${label(name)}does not run`);
      continue;
    }
    const state = (await RECIPES[name].isReady(running.port)) ? 'serves' : 'does not answer';
    say(`${label(name)}${state} (pid ${running.pid})  ${assignment(running)}`);
  }
}

/** Packages of Debian that the engines lack here, a line each. */
export async function lacking({ names, say }: Pick<Room, 'names' | 'say'>): Promise<void> {
  const installed = await installedJava();
  const java = names
    .map((name) => RECIPES[name].java)
    .filter((need) => fittingJava(need, installed) === undefined);
  const packages = new Set(java.map(({ debian }) => debian));
  if (!(await hasMaven())) packages.add('maven');
  for (const each of packages) say(each);
}
