import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'footfall-step-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const STEP = new URL('./step.mjs', import.meta.url).href;

/** A command that tries something else when its first step fails, as installing does. */
const command = (first: string) => `
  import { runStep, StepFailed } from ${JSON.stringify(STEP)};
  const step = (args) => runStep({ title: 'installing', command: 'sh', args: ['-c', args], log: ${JSON.stringify(path.join(folder, 'log'))} });
  try {
    await step(${JSON.stringify(first)});
  } catch (error) {
    if (!(error instanceof StepFailed)) { console.log(error.message); process.exit(1); }
    await step(${JSON.stringify(`touch ${path.join(folder, 'second')}`)});
  }
`;

function run(first: string) {
  const file = path.join(folder, 'command.mjs');
  writeFileSync(file, command(first));
  return spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'ignore'] });
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends the step and what would be tried after it',
  async (signal) => {
    // The signal may come while `touch` is still there: what it ends then is not followed by a minute of sleep.
    const child = run(`touch ${path.join(folder, 'first')} && sleep 60`);
    const said = text(child.stdout);
    await expect.poll(() => existsSync(path.join(folder, 'first'))).toBe(true);
    child.kill(signal);
    await once(child, 'exit');
    expect(await said).toContain(`stopped (${signal}) while installing`);
    expect(existsSync(path.join(folder, 'second'))).toBe(false);
  },
);

test('a step that fails by itself is followed by the next try', async () => {
  const child = run('exit 3');
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(existsSync(path.join(folder, 'second'))).toBe(true);
});
