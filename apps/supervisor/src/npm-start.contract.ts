import { once } from 'node:events';
import { expect, test } from 'vitest';
import { NPM_START, ownVariables, removeDataDir, running, SupervisorProcess } from './supervisor.fixture.ts';

/** A build may come first. */
export const TIMEOUT = 300_000;

/**
 * What may end `npm start`: a signal to npm alone, or, as a terminal sends it, to npm and the script. Whoever starts it as a
 * service takes npm's end for the end of everything, so npm must be the last where it lives to see it.
 */
export type End = [name: string, end: (npm: number) => void, npm: 'ends last' | 'is killed'];

/** Whatever ends `npm start` ends all its processes. */
export function npmStartEnds(ends: readonly End[]): void {
  test.each(ends)(
    '%s ends npm start with all its processes, in order',
    { timeout: TIMEOUT },
    async (_, end, npm) => {
      const variables = await ownVariables();
      const start = new SupervisorProcess(variables, NPM_START);
      await start.ready();
      expect(start.out.filter((line) => line.startsWith('ready '))).toEqual([
        `ready http://127.0.0.1:${variables.WEB_PORT}`,
      ]);
      const processes = await start.processes();
      expect(running(processes)).toHaveLength(6);
      const leftByNpm = once(start.child, 'exit').then(() => running(processes));
      end(start.child.pid ?? 0);
      if (npm === 'ends last') expect(await leftByNpm).toEqual([]);
      await start.exit;
      expect(running(processes)).toEqual([]);
      expect(start.hasRuntime()).toBe(false);
      await removeDataDir(variables);
    },
  );
}
