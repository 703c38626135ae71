import { describe, expect, test } from 'vitest';
import { retry } from './retry.ts';
import { sleep } from './sleep.ts';

const upTo = (timeoutMs: number) => ({ timeoutMs, what: 'the flush', min: 50, max: 500 });
const never = new Promise(() => undefined);

describe('a retry', () => {
  test('tries again until it succeeds', async () => {
    let tries = 0;
    const third = async () => {
      tries += 1;
      if (tries < 3) throw new Error('not yet');
      return tries;
    };
    expect(await retry(upTo(60_000), third)).toBe(3);
  });

  test('ends with what went wrong, or with what took too long and what had gone wrong before', async () => {
    const cause = new Error('away');
    await expect(retry(upTo(120), () => Promise.reject(cause))).rejects.toBe(cause);
    let tries = 0;
    const hangsThen = () => {
      tries += 1;
      return tries === 1 ? Promise.reject(cause) : never;
    };
    await expect(retry(upTo(200), hangsThen)).rejects.toMatchObject({
      message: 'the flush took longer than 200 ms',
      cause,
    });
  });

  test('ends at once with what is permanent', async () => {
    let tries = 0;
    const permanent = async () => {
      tries += 1;
      throw new Error('permanent');
    };
    const options = { ...upTo(60_000), isPermanent: () => true };
    await expect(retry(options, permanent)).rejects.toThrow('permanent');
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
    await expect(retry(upTo(20), work)).rejects.toThrow('took longer');
    await late.promise;
    expect(seen).toEqual([false, true]);
  });
});
