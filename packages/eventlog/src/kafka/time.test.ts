import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { patiently, Signal, within } from './time.ts';

const patience = (ms: number) => ({ ms, what: 'the flush' });
const never = new Promise(() => undefined);

test('what is in time counts, with its result or its error', async () => {
  expect(await within(Promise.resolve(1), patience(60_000))).toBe(1);
  await expect(within(Promise.reject(new Error('no')), patience(60_000))).rejects.toThrow('no');
});

test('what is late is said to be', async () => {
  await expect(within(never, patience(5))).rejects.toThrow('the flush took longer than 5 ms');
});

describe('being patient', () => {
  test('is to try again until it succeeds', async () => {
    let tries = 0;
    const third = async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
      return tries;
    };
    expect(await patiently(patience(60_000), third)).toBe(3);
  });

  test('ends with what went wrong, or with what took too long and what had gone wrong before', async () => {
    const cause = new Error('away');
    await expect(patiently(patience(120), () => Promise.reject(cause))).rejects.toBe(cause);
    let tries = 0;
    const hangsThen = () => {
      tries += 1;
      return tries === 1 ? Promise.reject(cause) : never;
    };
    await expect(patiently(patience(200), hangsThen)).rejects.toMatchObject({
      message: 'the flush took longer than 200 ms',
      cause,
    });
  });

  test('ends at once with what is permanent', async () => {
    let tries = 0;
    const refused = async () => {
      tries += 1;
      throw new Error('refused');
    };
    const options = { ...patience(60_000), isPermanent: () => true };
    await expect(patiently(options, refused)).rejects.toThrow('refused');
    expect(tries).toBe(1);
  });

  test('tells work that goes on that nobody waits any more', async () => {
    const seen: boolean[] = [];
    const late = Promise.withResolvers<void>();
    const work = async (isLate: () => boolean) => {
      seen.push(isLate());
      await sleep(100);
      seen.push(isLate());
      late.resolve();
    };
    await expect(patiently(patience(20), work)).rejects.toThrow('took longer');
    await late.promise;
    expect(seen).toEqual([false, true]);
  });
});

test('a signal ends the waits before it, and none after it', async () => {
  const signal = new Signal();
  const ended: string[] = [];
  const early = signal.wait(60_000).then(() => ended.push('early'));
  signal.notify();
  await early;
  const late = signal.wait(60_000).then(() => ended.push('late'));
  await sleep(20);
  expect(ended).toEqual(['early']);
  signal.notify();
  await late;
  await signal.wait(1);
});
