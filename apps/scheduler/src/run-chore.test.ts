import { expect, test } from 'vitest';
import type { Chore, ChorePorts } from './chore.ts';
import { type RunPorts, runChore } from './run-chore.ts';

const PORTS = {} as ChorePorts;
const signal = new AbortController().signal;

/** A run whose clock goes on by half a second with each look, with all that it told. */
function watched(over: Partial<RunPorts['record']> = {}) {
  const told: unknown[][] = [];
  const tell =
    (what: string) =>
    (...args: unknown[]) =>
      void told.push([what, ...args]);
  const recorded = (what: string) => async (chore: Chore | string) =>
    tell(what)(typeof chore === 'string' ? chore : chore.name);
  let clock = 1_000;
  const run: RunPorts = {
    ports: PORTS,
    record: {
      started: recorded('started'),
      succeeded: recorded('succeeded'),
      failed: async (name, error) => tell('failed')(name, error),
      ...over,
    },
    metrics: { ended: tell('ended') },
    logger: {
      error: (fields, message) => tell('error')(fields, message),
      warn: (fields, message) => tell('warn')(fields, message),
    },
    now: () => 1_500,
    monotonic: () => {
      clock += 500;
      return clock;
    },
  };
  return { run, told };
}

const chore = (work: Chore['run']): Chore => ({
  name: 'wash',
  cron: '* * * * *',
  timeoutSeconds: 10,
  retries: 1,
  retrySeconds: 1,
  what: 'washes the dishes',
  run: work,
});

test('a chore is given its ports, the time at which it began, and the signal', async () => {
  const { run } = watched();
  const given: unknown[] = [];
  await runChore(
    chore(async (...args) => void given.push(...args)),
    run,
    signal,
  );
  expect(given).toEqual([PORTS, { now: 1_500, signal }]);
});

test('one that succeeds is recorded and measured, and nothing is logged', async () => {
  const { run, told } = watched();
  await runChore(
    chore(async () => undefined),
    run,
    signal,
  );
  expect(told).toEqual([
    ['started', 'wash'],
    ['ended', 'wash', 'succeeded', 0.5],
    ['succeeded', 'wash'],
  ]);
});

test('one that fails is logged once with its cause, recorded with all of it in a line, and rejects', async () => {
  const { run, told } = watched();
  const cause = new Error('the disk is full');
  const error = new Error('no\nwater', { cause });
  await expect(
    runChore(
      chore(() => Promise.reject(error)),
      run,
      signal,
    ),
  ).rejects.toBe(error);
  expect(told).toEqual([
    ['started', 'wash'],
    ['ended', 'wash', 'failed', 0.5],
    ['error', { err: error, chore: 'wash' }, 'a chore failed; it is tried again'],
    ['failed', 'wash', 'no water: the disk is full'],
  ]);
});

test('of a long cause the beginning is kept', async () => {
  const { run, told } = watched();
  const failing = chore(() => Promise.reject(new Error('x'.repeat(10_000))));
  await expect(runChore(failing, run, signal)).rejects.toThrow();
  expect(told.at(-1)).toEqual(['failed', 'wash', 'x'.repeat(500)]);
});

test('a record that cannot be kept stops no chore, and hides no cause', async () => {
  const away = () => Promise.reject(new Error('the database is away'));
  const { run, told } = watched({ started: away, succeeded: away, failed: away });
  let ran = 0;
  await runChore(
    chore(async () => {
      ran += 1;
    }),
    run,
    signal,
  );
  expect(ran).toBe(1);
  const own = new Error('own');
  await expect(
    runChore(
      chore(() => Promise.reject(own)),
      run,
      signal,
    ),
  ).rejects.toBe(own);
  expect(told.filter(([what]) => what === 'warn')).toHaveLength(4);
});
