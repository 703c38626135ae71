import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { engineFailure } from './errors.ts';

/** Engines for a test run, in folders of this one named like them. */
export type HeldEngines = {
  folder: string;
  /** Stops the engines and deletes their data, unless they were there before. */
  release(): Promise<void>;
};

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/**
 * Takes engines in a process of its own, which gives them back when `owner` has ended, however it ends: test runners tear nothing
 * down after Ctrl-C.
 * @throws Failure `engine_failed`; what was wrong stands in the output of errors
 */
export async function holdEngines(owner: number): Promise<HeldEngines> {
  // A group of its own, so that Ctrl-C does not stop it half-way.
  const holder = spawn(process.execPath, [MAIN, 'hold', '--owner', String(owner)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const exit = once(holder, 'exit').then(() => undefined);
  const said = once(createInterface({ input: holder.stdout }), 'line').then(([line]) => String(line));
  const folder = await Promise.race([said, exit]);
  if (folder === undefined) throw engineFailure('engine_failed', 'the engines of the tests do not start');
  // It outlives this process when that is not the owner.
  holder.unref();
  holder.stdout.destroy();
  return {
    folder,
    release: async () => {
      holder.ref();
      holder.kill('SIGTERM');
      await exit;
    },
  };
}
