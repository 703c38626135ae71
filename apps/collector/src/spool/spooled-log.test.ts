import { eventLogFailure } from '@footfall/eventlog/errors';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryFiles } from './memory-files.fixture.ts';
import { ids, large, record } from './records.fixture.ts';
import { drained, MB, openSpool } from './spool.fixture.ts';
import { SpooledLog } from './spooled-log.ts';

const away = () => eventLogFailure('log_unavailable', 'away');

let open: SpooledLog[] = [];
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'performance'] }));
afterEach(() => {
  for (const log of open) log.close();
  open = [];
  vi.useRealTimers();
});

async function collector(
  append: (records: readonly LogRecord[]) => Promise<void>,
  files = new MemoryFiles(),
  maxBytes = 64 * MB,
) {
  const taken: LogRecord[] = [];
  const { spool } = await openSpool({ files, maxBytes });
  const onAway = vi.fn();
  const log = {
    append: vi.fn(async (records: readonly LogRecord[]) => {
      await append(records);
      taken.push(...records);
    }),
  };
  const spooled = new SpooledLog({ log, spool, onAway });
  open.push(spooled);
  return { spooled, spool, log, taken, onAway, files };
}

describe('with the log there', () => {
  test('records go to it, and no file is touched', async () => {
    const files = new MemoryFiles();
    const { spooled, taken } = await collector(async () => undefined, files);
    const touched = vi.fn(() => undefined);
    files.fault = touched;
    const records = [record(), record()];
    await spooled.append(records);
    expect([taken, spooled.isSpooling]).toEqual([records, false]);
    expect(touched).not.toHaveBeenCalled();
  });

  test('what it refuses for good is refused, and nothing is spooled', async () => {
    const { spooled, spool } = await collector(() =>
      Promise.reject(eventLogFailure('invalid_record', 'too long')),
    );
    await expect(spooled.append([record()])).rejects.toMatchObject({ code: 'invalid_record' });
    expect([spooled.isSpooling, spool.isEmpty]).toEqual([false, true]);
  });
});

describe('with the log away', () => {
  test('a flood of one site leaves room for another', async () => {
    const { spooled } = await collector(() => Promise.reject(away()), new MemoryFiles(), 2 * MB);
    const from = (siteId: string) => [{ ...large(100_000), tally: { siteId, day: '2026-01-07' } }];
    await spooled.append(from('quiet'));
    const flood = await Promise.allSettled(Array.from({ length: 40 }, () => spooled.append(from('loud'))));
    for (let n = 0; n < 30; n += 1) await spooled.append(from('loud')).catch(() => undefined);
    expect(flood.some(({ status }) => status === 'fulfilled')).toBe(true);
    await expect(spooled.append(from('loud'))).rejects.toMatchObject({ code: 'unavailable' });
    await spooled.append(from('quiet'));
  });

  test.each(['log_unavailable', 'log_overloaded'] as const)(
    '%s: records are in the spool when the append resolves',
    async (code) => {
      const { spooled, spool, onAway } = await collector(() => Promise.reject(eventLogFailure(code, 'away')));
      const records = [record(), record()];
      await spooled.append(records);
      expect(onAway).toHaveBeenCalledTimes(1);
      expect(await drained(spool)).toEqual(records);
    },
  );

  test('only the first ask it; all others go straight to the spool, and one is told', async () => {
    const { spooled, spool, log, onAway } = await collector(() => Promise.reject(away()));
    await Promise.all([spooled.append([record()]), spooled.append([record()])]);
    for (let count = 0; count < 10; count += 1) await spooled.append([record()]);
    expect(log.append).toHaveBeenCalledTimes(2);
    expect(onAway).toHaveBeenCalledTimes(1);
    expect(await drained(spool)).toHaveLength(12);
  });

  test('who is told that it is away finds something in the spool, or on its way there', async () => {
    const { spooled, spool, onAway } = await collector(() => Promise.reject(away()));
    onAway.mockImplementation(() => expect(spool.isEmpty).toBe(false));
    await spooled.append([record()]);
    expect(onAway).toHaveReturned();
  });

  test('a log that answers nothing for seconds is away for those who come next', async () => {
    const hung = Promise.withResolvers<void>();
    const { spooled, spool, onAway, log } = await collector(() => hung.promise);
    const first = spooled.append([record()]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(spooled.isSpooling).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([spooled.isSpooling, onAway.mock.calls.length]).toEqual([true, 1]);
    const next = record();
    await spooled.append([next]);
    expect(log.append).toHaveBeenCalledTimes(1);
    hung.resolve();
    await first;
    expect(await drained(spool)).toEqual([next]);
  });

  test('a log that is slow, but answers, is not', async () => {
    const { spooled } = await collector(() => new Promise((resolve) => setTimeout(resolve, 2_500)));
    for (let count = 0; count < 4; count += 1) {
      const appended = spooled.append([record()]);
      await vi.advanceTimersByTimeAsync(2_500);
      await appended;
    }
    await vi.advanceTimersByTimeAsync(10_000);
    expect(spooled.isSpooling).toBe(false);
  });

  test('and no room on the disk: refused as a whole, for now, with both causes for the operator', async () => {
    const files = new MemoryFiles();
    files.capacity = 10;
    const { spooled, spool } = await collector(() => Promise.reject(away()), files);
    const refused = spooled.append([record()]);
    await expect(refused).rejects.toMatchObject({ code: 'unavailable', status: 503, retriable: true });
    await expect(refused).rejects.toMatchObject({
      cause: { errors: [{ code: 'log_unavailable' }, { code: 'spool_full' }] },
    });
    await expect(spooled.append([record()])).rejects.toMatchObject({
      status: 503,
      cause: { code: 'spool_full' },
    });
    expect(spool.isEmpty).toBe(true);
    files.capacity = Number.POSITIVE_INFINITY;
    await spooled.append([record()]);
    expect(spool.isEmpty).toBe(false);
  });

  test('a flawed record is refused as the log would do', async () => {
    const { spooled } = await collector(() => Promise.reject(away()));
    await spooled.append([record()]);
    await expect(spooled.append([record({ value: '\n' })])).rejects.toMatchObject({ code: 'invalid_record' });
  });
});

describe('a spool with something in it', () => {
  test('of an earlier process: everything goes through it until it is empty', async () => {
    const files = new MemoryFiles();
    const { spool } = await openSpool({ files });
    const [left, next, last] = [record(), record(), record()];
    await spool.append([left]);
    const { spooled, spool: found, taken } = await collector(async () => undefined, files.afterKill());
    expect(spooled.isSpooling).toBe(true);
    await spooled.append([next]);
    expect(taken).toEqual([]);
    expect(await drained(found)).toEqual([left, next]);
    spooled.resume();
    await spooled.append([last]);
    expect(taken).toEqual([last]);
  });

  test('at its end: who is held back goes to the log when it is empty, in the order of coming', async () => {
    const { spooled, spool, taken, log } = await collector(() => Promise.reject(away()));
    await spooled.append([record()]);
    log.append.mockImplementation(async (records) => void taken.push(...records));
    spooled.hold();
    const held = [record(), record(), record()];
    const appended = Promise.all(held.map((one) => spooled.append([one])));
    await new Promise(setImmediate);
    expect(taken).toEqual([]);
    await drained(spool);
    spooled.resume();
    await appended;
    expect([ids(taken), spool.isEmpty]).toEqual([ids(held), true]);
  });

  test.each([
    ['the log is away again', (spooled: SpooledLog) => spooled.letGo()],
    ['it takes too long', () => vi.advanceTimersByTime(2_000)],
  ])('who is held back goes to the spool when %s', async (_, happens) => {
    const { spooled, spool } = await collector(() => Promise.reject(away()));
    const [first, held] = [record(), record()];
    await spooled.append([first]);
    spooled.hold();
    const appended = spooled.append([held]);
    happens(spooled);
    await appended;
    expect(await drained(spool)).toEqual([first, held]);
  });

  test('once it is empty, nobody is held back by a word that comes late', async () => {
    const { spooled, taken } = await collector(async () => undefined);
    spooled.hold();
    await spooled.append([record()]);
    expect(taken).toHaveLength(1);
  });
});
