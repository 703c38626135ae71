import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineIn, type RunningEngine, startEngine } from './engine.ts';
import type { HeldEngines } from './holder.ts';
import { freePortPair } from './port.ts';
import { ENGINE_NAMES, type EngineName } from './recipe.ts';

/** Where `npm run engines` keeps its engines: a folder each, named like the engine. */
export const ENGINES_FOLDER: string = fileURLToPath(new URL('../../../.engines/', import.meta.url));

/** The engine of that name among those of a folder. */
export function engineFolder(folder: string, name: EngineName): string {
  return path.join(folder, name);
}

/** The engines of a folder that run now. */
export function runningEngines(folder: string): RunningEngine[] {
  return ENGINE_NAMES.map((name) => engineIn(engineFolder(folder, name))).filter(
    (engine) => engine !== undefined,
  );
}

async function startAll(folder: string, names: readonly EngineName[]): Promise<void> {
  const started = names.map(async (name) =>
    startEngine({ name, port: await freePortPair(), dir: engineFolder(folder, name) }),
  );
  // All have come to an end before anything is torn down: none is left behind half started.
  const results = await Promise.allSettled(started);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

const ownerPrefix = (owner: number) => `footfall-engines-${owner}-`;

/** The folder of the engines that are held for a process; undefined when none are, or not all of them run. */
export async function heldFor(owner: number): Promise<string | undefined> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(ownerPrefix(owner)));
  const folders = names.map((name) => path.join(tmpdir(), name));
  return folders.find((folder) => runningEngines(folder).length === ENGINE_NAMES.length);
}

/**
 * Engines of these names for a process: those of `npm run engines -- up` when all of them run, else new ones on free ports with
 * empty data.
 * @throws Failure as `startEngine`
 */
export async function takeEngines(names: readonly EngineName[], owner: number): Promise<HeldEngines> {
  const up = runningEngines(ENGINES_FOLDER).map(({ name }) => name);
  if (names.every((name) => up.includes(name)))
    return { folder: ENGINES_FOLDER, release: async () => undefined };
  const folder = await mkdtemp(path.join(tmpdir(), ownerPrefix(owner)));
  const release = async () => {
    await Promise.all(runningEngines(folder).map((engine) => engine.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await startAll(folder, names);
  } catch (error) {
    await release();
    throw error;
  }
  return { folder, release };
}
