import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { orAfter, within } from './deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<never>(() => undefined);
const late = () => new Error('late');

describe('what is in time', () => {
  test('counts, with its result or its error, and leaves no timer', async () => {
    expect(await within(60_000, Promise.resolve(1), late)).toBe(1);
    await expect(within(60_000, Promise.reject(new Error('no')), late)).rejects.toThrow('no');
    expect(await orAfter(60_000, Promise.resolve(1), 2)).toBe(1);
    await expect(orAfter(60_000, Promise.reject(new Error('no')), 2)).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what is late', () => {
  test('is an error that is made then, not before', async () => {
    const make = vi.fn(late);
    const asked = within(5, never, make);
    const failed = expect(asked).rejects.toThrow('late');
    await vi.advanceTimersByTimeAsync(4);
    expect(make).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await failed;
    expect(make).toHaveBeenCalledOnce();
  });

  test('is the fallback', async () => {
    const asked = orAfter(5, never, 'fallback');
    await vi.advanceTimersByTimeAsync(5);
    expect(await asked).toBe('fallback');
  });

  test('may fail afterwards without anybody having to hear of it', async () => {
    const { promise, reject } = Promise.withResolvers<number>();
    const asked = orAfter(5, promise, 2);
    await vi.advanceTimersByTimeAsync(5);
    expect(await asked).toBe(2);
    reject(new Error('nobody hears it'));
    await vi.advanceTimersByTimeAsync(1);
  });
});
