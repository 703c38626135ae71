import { describe, expect, test } from 'vitest';
import { Appender } from './appender.ts';
import type { LogRecord } from './event-log.ts';

const record = (value: string, more: Partial<LogRecord> = {}): LogRecord => ({
  topic: 'events',
  key: 'a',
  value,
  receivedAt: 0,
  ...more,
});

/** An engine that flushes when it is told to. */
function engine() {
  const flushes: { values: string[]; done: PromiseWithResolvers<void> }[] = [];
  const flush = (records: readonly LogRecord[]) => {
    const done = Promise.withResolvers<void>();
    flushes.push({ values: records.map(({ value }) => value), done });
    return done.promise;
  };
  return { flush, flushes };
}

describe('group commit', () => {
  test('gathers what comes during a flush into the next, in order', async () => {
    const { flush, flushes } = engine();
    const appender = new Appender({ flush });
    const first = [appender.append([record('1')]), appender.append([record('2')])];
    await expect.poll(() => flushes.length).toBe(1);
    const second = [appender.append([record('3'), record('4')]), appender.append([record('5')])];
    flushes[0]?.done.resolve();
    await Promise.all(first);
    await expect.poll(() => flushes.length).toBe(2);
    flushes[1]?.done.resolve();
    await Promise.all(second);
    expect(flushes.map(({ values }) => values)).toEqual([
      ['1', '2'],
      ['3', '4', '5'],
    ]);
  });

  test('after a crowd the next flush waits for as many, but not for long', async () => {
    const { flush, flushes } = engine();
    const appender = new Appender({ flush });
    const send = (count: number) =>
      Array.from({ length: count }, (_, n) => appender.append([record(`${n}`)]));
    const settled = async (appends: Promise<void>[]) => {
      let isOver = false;
      const all = Promise.all(appends).then(() => {
        isOver = true;
      });
      while (!isOver) {
        for (const { done } of flushes) done.resolve();
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await all;
    };
    const crowd = send(10);
    await expect.poll(() => flushes.length).toBe(1);
    await settled(crowd);
    // They come one by one, as answers reach their senders, and leave together.
    const again: Promise<void>[] = [];
    for (let n = 0; n < 10; n += 1) {
      again.push(...send(1));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(() => flushes.length).toBeGreaterThan(1);
    expect(flushes[1]?.values.length).toBeGreaterThan(1);
    await settled(again);
    // Whoever comes alone is not kept.
    await settled(send(1));
  });

  test('a flush that fails rejects its own, and the next goes on', async () => {
    const { flush, flushes } = engine();
    const appender = new Appender({ flush });
    const first = appender.append([record('1')]);
    const cause = new Error('away');
    await expect.poll(() => flushes.length).toBe(1);
    const second = appender.append([record('2')]);
    flushes[0]?.done.reject(cause);
    await expect(first).rejects.toMatchObject({ code: 'log_unavailable', retriable: true, cause });
    await expect.poll(() => flushes.length).toBe(2);
    flushes[1]?.done.resolve();
    await second;
  });

  test('a flush is bounded, one long append goes alone', async () => {
    const { flush, flushes } = engine();
    const appender = new Appender({ flush });
    const [long, half] = ['x'.repeat(5_000_000), 'x'.repeat(2_500_000)];
    const appends = [long, half, half].map((value) => appender.append([record(value)]));
    for (let n = 0; n < 3; n += 1) {
      await expect.poll(() => flushes.length).toBe(n + 1);
      flushes[n]?.done.resolve();
    }
    await Promise.all(appends);
  });

  test('what waits is bounded in memory; when it has gone, there is room again', async () => {
    const { flush, flushes } = engine();
    const appender = new Appender({ flush });
    const value = 'x'.repeat(20 * 1024 * 1024);
    // The first leaves for the engine at once.
    const first = appender.append([record('1')]);
    await expect.poll(() => flushes.length).toBe(1);
    const waiting = [1, 2, 3].map(() => appender.append([record(value)]));
    await expect(appender.append([record(value)])).rejects.toMatchObject({
      code: 'log_overloaded',
      retriable: true,
    });
    flushes[0]?.done.resolve();
    await first;
    await expect.poll(() => flushes.length).toBe(2);
    const again = appender.append([record(value)]);
    for (let n = 1; n < 5; n += 1) {
      await expect.poll(() => flushes.length).toBe(n + 1);
      flushes[n]?.done.resolve();
    }
    await Promise.all([...waiting, again]);
  });

  test('being idle is to have everything written or refused', async () => {
    const { flush, flushes } = engine();
    const appender = new Appender({ flush });
    await appender.idle();
    const states: string[] = [];
    const append = appender.append([record('1')]).then(() => states.push('written'));
    const idle = appender.idle().then(() => states.push('idle'));
    await expect.poll(() => flushes.length).toBe(1);
    flushes[0]?.done.resolve();
    await Promise.all([append, idle]);
    expect(states).toEqual(['written', 'idle']);
  });
});

test.each([
  ['no such topic', { topic: 'other' as never }],
  ['a line break', { value: '{\n}' }],
  ['half a millisecond', { receivedAt: 0.5 }],
  ['no time at all', { receivedAt: Number.NaN }],
  ['a NUL in the site', { tally: { siteId: 'a\0', day: '2026-01-07' } }],
  ['more bytes than the engine takes', { value: 'ä'.repeat(6) }],
])('%s is refused for good, before anything is written', async (_, more) => {
  const { flush, flushes } = engine();
  const appender = new Appender({ flush, maxValueBytes: 11 });
  const append = appender.append([record('1'), record('2', more)]);
  await expect(append).rejects.toMatchObject({ code: 'invalid_record', retriable: false });
  expect(flushes).toEqual([]);
  const fits = appender.append([record('a'.repeat(11))]);
  await expect.poll(() => flushes.length).toBe(1);
  flushes[0]?.done.resolve();
  await fits;
});

test('a large append goes in pieces, and a small one of another site does not wait for all of them', async () => {
  const { flush, flushes } = engine();
  const appender = new Appender({ flush });
  const value = (n: number) => `${n}`.padEnd(100_000, '.');
  void appender.append([record('0', { key: 'first:v' })]);
  await expect.poll(() => flushes.length).toBe(1);
  const large = Array.from({ length: 100 }, (_, n) => record(value(n), { key: 'large:v' }));
  const whole = appender.append(large);
  const small = appender.append([record('small', { key: 'small:v' })]);
  flushes[0]?.done.resolve();
  await expect.poll(() => flushes.length).toBe(2);
  expect(flushes[1]?.values).toContain('small');
  expect(flushes[1]?.values.length).toBeLessThan(50);
  flushes[1]?.done.resolve();
  await small;
  for (let next = 2; next < 8; next += 1) {
    await expect.poll(() => flushes.length).toBeGreaterThan(next);
    flushes[next]?.done.resolve();
    if (flushes.flatMap(({ values }) => values).length === 102) break;
  }
  await whole;
  expect(flushes.flatMap(({ values }) => values).filter((one) => one.length > 10)).toEqual(
    large.map((one) => one.value),
  );
});
