import { sharedEngines, shareEngines } from '@footfall/config/shared-engines';
import { engineIn, type RunningEngine, restartIn, urlIn } from '@footfall/engines/engine';
import { ENGINES_FOLDER, engineFolder, heldFor } from '@footfall/engines/engine-set';
import { holdEngines } from '@footfall/engines/holder';
import type { EngineName } from '@footfall/engines/recipe';

/**
 * Makes sure that this process and those that it starts have engines: those that the whole test run shares, else those of
 * `npm run engines -- up`, else new ones that last until `runner` ends. Answers what gives them back before.
 * @throws Failure when one does not start
 */
export async function joinEngines(runner: number): Promise<() => Promise<void>> {
  if (sharedEngines() !== undefined) return async () => undefined;
  const held = await heldFor(runner);
  const { folder, release } =
    held === undefined ? await holdEngines(runner) : { folder: held, release: null };
  shareEngines(folder);
  return release ?? (async () => undefined);
}

/** One of the engines that this test run shares. It acts on the process itself, whichever process has started it. */
export type SharedEngine = {
  /** As Footfall's variables take it, without a name space. */
  url: string;
  isRunning(): boolean;
  /** Starts it again on its port with its data, and waits until it serves; nothing happens while it runs. */
  start(): Promise<void>;
  /** Asks it to end and waits until it has; nothing happens when it is down. */
  stop(): Promise<void>;
  /** Kills it as a lost machine would. */
  kill(): Promise<void>;
};

/** The engine of that name; what is done to it is done to all tests of this run, so they must not run at the same time. */
export function findEngine(name: EngineName): SharedEngine {
  const dir = engineFolder(sharedEngines() ?? ENGINES_FOLDER, name);
  const running = (): RunningEngine | undefined => engineIn(dir);
  return {
    url: urlIn(dir),
    isRunning: () => running() !== undefined,
    start: async () => {
      if (running() === undefined) await restartIn(dir);
    },
    stop: async () => running()?.stop(),
    kill: async () => running()?.kill(),
  };
}
