import { expect, test } from 'vitest';
import { NPM_START, ownVariables, removeDataDir, running, SupervisorProcess } from './supervisor.fixture.ts';

/** A build may come first. */
const TIMEOUT = 300_000;

const tooOld = 'data:text/javascript,Object.defineProperty(process.versions, "node", { value: "18.20.0" })';

test('a Node that is too old is told in one line', async () => {
  const variables = await ownVariables();
  const args = ['--import', tooOld, 'scripts/start.mjs'];
  const start = new SupervisorProcess(variables, { command: process.execPath, args });
  expect(await start.exit).toBe(1);
  expect(start.err).toEqual([expect.stringMatching(/^footfall: Node 20 or newer is needed, this is v/)]);
  await removeDataDir(variables);
});

test('a wrong variable is told in one line, and npm start fails', { timeout: TIMEOUT }, async () => {
  const variables = await ownVariables();
  const start = new SupervisorProcess({ ...variables, FOOTFALL_DEMO: 'maybe' }, NPM_START);
  expect(await start.exit).toBe(1);
  expect(start.err).toContain(
    'footfall: FOOTFALL_DEMO must be 0 or 1 (it is "maybe"), for example FOOTFALL_DEMO=0',
  );
  await removeDataDir(variables);
});

/** What may end `npm start`: a signal to npm alone, or, as a terminal sends it, to npm, its shell and the script. */
const ENDS: [name: string, end: (npm: number) => void][] = [
  ['Ctrl-C', (npm) => process.kill(-npm, 'SIGINT')],
  ['Ctrl-C twice', (npm) => process.kill(-npm, 'SIGINT') && process.kill(-npm, 'SIGINT')],
  ['SIGTERM', (npm) => process.kill(npm, 'SIGTERM')],
  ['a closed terminal', (npm) => process.kill(-npm, 'SIGHUP')],
  ['kill -9', (npm) => process.kill(npm, 'SIGKILL')],
  ['kill -9 of npm and all its scripts', (npm) => process.kill(-npm, 'SIGKILL')],
];

test.each(ENDS)(
  '%s ends npm start with all its processes, in order',
  { timeout: TIMEOUT },
  async (_, end) => {
    const variables = await ownVariables();
    const start = new SupervisorProcess(variables, NPM_START);
    await start.ready();
    expect(start.out.filter((line) => line.startsWith('ready '))).toEqual([
      `ready http://127.0.0.1:${variables.WEB_PORT}`,
    ]);
    const processes = await start.processes();
    expect(running(processes)).toHaveLength(6);
    end(start.child.pid ?? 0);
    await start.exit;
    expect(running(processes)).toEqual([]);
    expect(start.hasRuntime()).toBe(false);
    await removeDataDir(variables);
  },
);
