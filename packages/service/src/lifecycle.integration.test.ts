import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const FIXTURE = fileURLToPath(new URL('./lifecycle.fixture.ts', import.meta.url));

type Ended = {
  code: number | null;
  lines: { level: string; msg: string; err?: { stack: string } }[];
  stderr: string;
};

function begin(way: string): { child: ChildProcess; ended: Promise<Ended> } {
  const child = fork(FIXTURE, [way], { silent: true });
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) =>
    stream === null ? '' : text(stream),
  );
  const ended = once(child, 'exit').then(async ([code]) => ({
    code: code as number | null,
    lines: ((await stdout) ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Ended['lines'][number]),
    stderr: (await stderr) ?? '',
  }));
  return { child, ended };
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'tells its port when it is ready, and stops on %s',
  async (signal) => {
    const { child, ended } = begin('runs');
    expect(await once(child, 'message')).toEqual([{ type: 'ready', port: 7 }, undefined]);
    child.kill(signal);
    const { code, lines } = await ended;
    expect([code, lines.map(({ msg }) => msg)]).toEqual([0, ['ready', 'stopping', 'stopped']]);
  },
);

test.each(['runs', 'slow'])('ends with its supervisor (%s)', async (way) => {
  const { child, ended } = begin(way);
  if (way === 'runs') await once(child, 'message');
  child.disconnect();
  const { code, lines } = await ended;
  expect([code, lines.at(-1)?.msg]).toEqual([0, 'stopped']);
});

test('runs without a supervisor, too', async () => {
  const child = spawn(process.execPath, [FIXTURE, 'runs'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  ['refuses', 'there is no log: refused; start the log'],
  ['misconfigured', 'TEST_PORT must be a port, for example TEST_PORT=1'],
])(
  'a start that an operator can mend (%s) is one line without a stack, and exit code 1',
  async (way, msg) => {
    const { code, lines, stderr } = await begin(way).ended;
    expect([code, stderr]).toEqual([1, '']);
    expect(lines).toEqual([expect.objectContaining({ level: 'fatal', msg })]);
    expect(JSON.stringify(lines)).not.toMatch(/\.ts|stack/);
  },
);

test('a start that fails by a fault of ours shows where', async () => {
  const { code, lines } = await begin('bug').ended;
  expect([code, lines[0]?.msg]).toEqual([1, 'x is not a function']);
  expect(lines[0]?.err?.stack).toContain('lifecycle.fixture.ts');
});

test('a failed stop and a fault that nothing caught end with exit code 1, and say so', async () => {
  const { child, ended } = begin('bad stop');
  await once(child, 'message');
  child.kill('SIGTERM');
  const stopped = await ended;
  expect([stopped.code, stopped.lines.at(-1)?.msg]).toEqual([1, 'failed to stop']);
  const threw = await begin('throws').ended;
  expect([threw.code, threw.lines.at(-1)]).toMatchObject([1, { err: { message: 'out of nowhere' } }]);
});
