import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { serviceEnvironment } from '@footfall/config/config';
import { isRunning, processRef } from '@footfall/installation/process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Service } from './service.ts';
import { Terminal } from './terminal.ts';

const PROGRAM = fileURLToPath(new URL('./service.fixture.mjs', import.meta.url));

let folder: string;
let err: PassThrough;
let changes: number;
const services: Service[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-service-'));
  err = new PassThrough();
  changes = 0;
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop(0)));
  await rm(folder, { recursive: true });
});

const logFile = () => path.join(folder, 'clay.log');
const logged = () => readFile(logFile(), 'utf8');
let seen = '';
/** Everything that the operator has been shown. */
function shown(): string {
  seen += String(err.read() ?? '');
  return seen;
}

/** Process ids of all lives of the program, and of its children, oldest first. */
async function lives(): Promise<number[]> {
  const text = await readFile(path.join(folder, 'lives'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

/** A program that behaves in these ways, as the supervisor keeps it. */
function service(...ways: string[]): Service {
  seen = '';
  const made = new Service(
    {
      name: 'clay',
      args: [PROGRAM, path.join(folder, 'lives'), ...ways],
      env: serviceEnvironment({}),
      port: 0,
      findReadyUrl: (port) => `http://127.0.0.1:${port}/readyz`,
    },
    {
      logFile: logFile(),
      terminal: new Terminal(new PassThrough(), err),
      onChange: () => {
        changes += 1;
      },
    },
  );
  services.push(made);
  return made;
}

/** Starts it and waits until it is ready. */
async function started(...ways: string[]): Promise<Service> {
  const made = service(...ways);
  made.start();
  await made.whenReady(new AbortController().signal);
  return made;
}

const readPid = (made: Service) => made.runtime().pid;
function kill(made: Service): void {
  process.kill(readPid(made), 'SIGKILL');
}

describe('a service that starts', () => {
  test('is ready when it answers so, at the port that it has told', async () => {
    const made = await started('serve');
    const { pid, port, restarts, identity } = made.runtime();
    expect([pid]).toEqual(await lives());
    expect(isRunning({ pid, identity })).toBe(true);
    expect(restarts).toBe(0);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    // Begun, and the port known.
    expect(changes).toBe(2);
  });

  test('and ends before it is ready fails in one line: what it said last, and where the rest is', async () => {
    const made = service('cry', 'fail');
    made.start();
    await expect(made.whenReady(new AbortController().signal)).rejects.toThrow(
      `clay did not start: something broke; see ${logFile()}`,
    );
    // Told by whoever waits, not twice, and not started again.
    expect(shown()).toBe('');
    expect(await lives()).toHaveLength(1);
    expect(made.runtime().restarts).toBe(0);
  });

  test('and ends without a word fails with its exit code', async () => {
    const made = service('fail');
    made.start();
    await expect(made.whenReady(new AbortController().signal)).rejects.toThrow(
      /^clay did not start: exit code 3; see /,
    );
  });

  test('and cannot do its work in time fails with what it said last', async () => {
    const made = service('serve', 'unready', 'warn');
    made.start();
    await expect.poll(() => logged().catch(() => '')).toContain('the log is away');
    await expect(made.whenReady(new AbortController().signal, 300)).rejects.toThrow(
      `clay does not get ready within 0.3 s: the log is away: refused; see ${logFile()}`,
    );
  });

  test('is not waited for any longer when the operator changes his mind', async () => {
    const made = service('serve', 'unready');
    made.start();
    const mind = new AbortController();
    const waiting = made.whenReady(mind.signal);
    mind.abort(new Error('stopped before it was ready'));
    await expect(waiting).rejects.toThrow('stopped before it was ready');
  });
});

describe('a service that runs', () => {
  test('has all it says in its log file, which is its owner’s alone, and its trouble on the terminal', async () => {
    await started('serve', 'talk');
    await expect.poll(logged).toBe('{"level":"info","msg":"hello"}\nplain words\n');
    expect((await stat(logFile())).mode & 0o777).toBe(0o600);
    expect(shown()).toBe('');
  });

  test('and is killed comes back as another process, and the end is told', async () => {
    const made = await started('serve');
    const first = readPid(made);
    kill(made);
    await expect.poll(() => made.runtime().restarts).toBe(1);
    expect(shown()).toBe('clay ended (SIGKILL); starting it again in 0.25 s\n');
    await expect.poll(() => readPid(made)).not.toBe(first);
    await made.whenReady(new AbortController().signal);
    expect(await lives()).toEqual([first, readPid(made)]);
  });

  test('and ends again and again is started after ever longer waits', async () => {
    const made = await started('serve');
    for (const wait of ['0.25', '0.5', '1']) {
      kill(made);
      await expect
        .poll(shown)
        .toMatch(new RegExp(`clay ended \\(SIGKILL\\); starting it again in ${wait} s\n$`));
      const before = await lives();
      await expect.poll(lives).toHaveLength(before.length + 1);
    }
    expect(made.runtime().restarts).toBe(3);
  });
});

describe('a service that is stopped', () => {
  test('ends on the first request, and is not started again', async () => {
    const made = await started('serve');
    const running = processRef(readPid(made));
    await made.stop(Date.now() + 10_000);
    expect(isRunning(running)).toBe(false);
    expect(shown()).toBe('');
    expect(made.runtime().restarts).toBe(0);
  });

  test('between two lives stays stopped', async () => {
    const made = await started('serve');
    kill(made);
    await expect.poll(() => made.runtime().restarts).toBe(1);
    await made.stop(Date.now() + 10_000);
    const before = await lives();
    // Longer than the wait before it would have been started.
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await lives()).toEqual(before);
  });

  test('and does not end is killed with what it started, once its time is up', async () => {
    const made = await started('serve', 'stubborn', 'parent');
    await expect.poll(lives).toHaveLength(2);
    const family = (await lives()).map(processRef);
    expect(family.map(isRunning)).toEqual([true, true]);
    await made.stop(Date.now());
    await expect.poll(() => family.map(isRunning)).toEqual([false, false]);
    expect(shown()).toBe('clay does not stop; killing it\n');
    expect(await logged()).toContain('"msg":"no"');
  });
});
