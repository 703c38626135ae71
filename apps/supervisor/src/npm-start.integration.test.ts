import { expect, test } from 'vitest';
import { npmStartEnds, TIMEOUT } from './npm-start.contract.ts';
import { NPM_START, ownVariables, removeDataDir, SupervisorProcess } from './supervisor.fixture.ts';

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

// Those that carry the risk: everybody is told at once, npm alone as systemd does, and nobody. npm-start.integration.long.test.ts has the others.
npmStartEnds([
  ['Ctrl-C', (npm) => process.kill(-npm, 'SIGINT'), 'ends last'],
  ['SIGTERM', (npm) => process.kill(npm, 'SIGTERM'), 'ends last'],
  ['kill -9', (npm) => process.kill(npm, 'SIGKILL'), 'is killed'],
]);
