import { failures } from '@footfall/core/failure';
import { eventLogFailure } from '@footfall/eventlog/errors';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Drain, type DrainHooks, type Sink } from './drain.ts';
import { MemoryFiles } from './memory-files.fixture.ts';
import { ids, large, record } from './records.fixture.ts';
import { listener, MB, openSpool } from './spool.fixture.ts';
import type { Spool } from './spool.ts';

const away = () => eventLogFailure('log_unavailable', 'away');

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** A log whose appends the test answers, and what was done to it. */
function fakeLog(append: (records: readonly LogRecord[]) => Promise<void>, isBack = () => true) {
  const taken: LogRecord[] = [];
  const log: Sink = {
    append: async (records) => {
      await append(records);
      taken.push(...records);
    },
    ping: () => (isBack() ? Promise.resolve() : Promise.reject(away())),
  };
  return { log, taken };
}

function startDrain(
  spool: Spool,
  log: Sink,
  more: Partial<DrainHooks> = {},
  mayKeep: () => void = () => undefined,
) {
  const { told, news } = listener();
  const aside: LogRecord[] = [];
  const setAside = async (records: readonly LogRecord[]) => {
    mayKeep();
    aside.push(...records);
  };
  const calls: string[] = [];
  const hooks: DrainHooks = {
    beforeAppend: async () => undefined,
    nearEnd: () => void calls.push('near end'),
    failed: () => void calls.push('failed'),
    empty: () => void calls.push('empty'),
    ...more,
  };
  const end = new AbortController();
  const drain = new Drain({
    spool,
    log,
    hooks,
    news,
    setAside,
    signal: end.signal,
  });
  return { drain, told, aside, calls, end };
}

/** Lets what waits for time wait no longer. */
async function finished(running: Promise<void>): Promise<void> {
  let isDone = false;
  void running.then(() => {
    isDone = true;
  });
  for (let turn = 0; !isDone && turn < 10_000; turn += 1) {
    await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(50);
  }
  await running;
}

async function filled(count: number): Promise<{ spool: Spool; records: LogRecord[] }> {
  const { spool } = await openSpool();
  const records = Array.from({ length: count }, () => large(20_000));
  for (const one of records) await spool.append([one]);
  return { spool, records };
}

test('hands everything over in order, in batches, and says when it is over', async () => {
  const { spool, records } = await filled(200);
  const sizes: number[] = [];
  const { log, taken } = fakeLog(async (batch) => void sizes.push(batch.length));
  const { drain, told, calls } = startDrain(spool, log);
  await finished(drain.run(false));
  expect(ids(taken)).toEqual(ids(records));
  expect(sizes.length).toBeGreaterThan(3);
  expect(Math.max(...sizes)).toBeLessThan(60);
  expect([told.drained, spool.isEmpty, calls.at(-1)]).toEqual([200, true, 'empty']);
});

test('nobody is held back before the log has taken something, nor long before the end', async () => {
  const { spool } = await filled(200);
  const { log } = fakeLog(async () => undefined);
  const unread: number[] = [];
  const { drain } = startDrain(spool, log, { nearEnd: () => void unread.push(spool.unread) });
  await finished(drain.run(false));
  expect(unread.length).toBeGreaterThan(0);
  expect(Math.max(...unread)).toBeLessThanOrEqual(1024 * 1024);
  const { spool: small } = await filled(1);
  const { log: refusing } = fakeLog(() => Promise.reject(away()));
  const { drain: vain, calls, end } = startDrain(small, refusing);
  const running = vain.run(false);
  await vi.advanceTimersByTimeAsync(20_000);
  end.abort();
  await finished(running);
  expect(new Set(calls)).toEqual(new Set(['failed']));
});

test('a batch that the log does not take comes again, the same, until it does; looks become rarer', async () => {
  const { spool, records } = await filled(3);
  let [attempts, pings] = [0, 0];
  const { log, taken } = fakeLog(
    async () => {
      attempts += 1;
      if (attempts < 4) throw away();
    },
    () => {
      pings += 1;
      return pings > 2;
    },
  );
  const { drain, calls } = startDrain(spool, log);
  await finished(drain.run(true));
  expect([ids(taken), attempts, calls.filter((call) => call === 'failed').length]).toEqual([
    ids(records),
    4,
    3,
  ]);
});

test('a log that was away is asked whether it is back before it is given anything', async () => {
  const { spool } = await filled(1);
  let isBack = false;
  const append = vi.fn(async () => undefined);
  const { drain } = startDrain(spool, fakeLog(append, () => isBack).log);
  const running = drain.run(true);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(append).not.toHaveBeenCalled();
  isBack = true;
  await finished(running);
  expect(append).toHaveBeenCalledTimes(1);
});

test('a log that does not even answer is away, and asked again', async () => {
  const { spool } = await filled(1);
  let asked = 0;
  const ping = () => {
    asked += 1;
    return asked < 3 ? new Promise<void>(() => undefined) : Promise.resolve();
  };
  const { drain } = startDrain(spool, { append: async () => undefined, ping });
  await finished(drain.run(true));
  expect([asked, spool.isEmpty]).toEqual([3, true]);
});

test('a batch leaves what is published before the log gets it, and returns when the log does not take it', async () => {
  const { spool } = await openSpool();
  await spool.append([record(), record()]);
  const published: number[] = [];
  const count = () => {
    const [line] = spool.backlog.takeChanged(1);
    if (line !== undefined) published.push(line.count);
  };
  count();
  const seen: number[] = [];
  let attempts = 0;
  const { log } = fakeLog(async () => {
    attempts += 1;
    seen.push(published.at(-1) ?? -1);
    if (attempts === 1) throw away();
  });
  const { drain } = startDrain(spool, log, { beforeAppend: async () => count(), failed: count });
  await finished(drain.run(false));
  expect({ published, seen }).toEqual({ published: [2, 0, 2, 0], seen: [0, 0] });
});

test('what the log refuses for good is set aside, and all else is handed over', async () => {
  const { spool, records } = await filled(30);
  const bad = new Set([ids(records)[3], ids(records)[17], ids(records)[29]]);
  const { log, taken } = fakeLog(async (batch) => {
    if (ids(batch).some((id) => bad.has(id))) throw eventLogFailure('invalid_record', 'too long');
  });
  const { drain, aside, told } = startDrain(spool, log);
  await finished(drain.run(false));
  expect(new Set(ids(aside))).toEqual(bad);
  expect(ids(taken)).toEqual(ids(records).filter((id) => !bad.has(id)));
  expect(told.refused).toHaveLength(3);
});

test('what cannot be set aside now is tried again, and all else is not handed over twice', async () => {
  const { spool, records } = await filled(10);
  const [bad] = ids(records);
  const { log, taken } = fakeLog(async (batch) => {
    if (ids(batch).some((id) => id === bad)) throw eventLogFailure('invalid_record', 'too long');
  });
  let isFull = true;
  const { drain, aside } = startDrain(spool, log, {}, () => {
    if (!isFull) return;
    isFull = false;
    throw new Error('the disk is full');
  });
  await finished(drain.run(false));
  expect([ids(aside), ids(taken)]).toEqual([[bad], ids(records).slice(1)]);
});

test('any other failure keeps the records: nothing is set aside because of a setting or a fault of ours', async () => {
  const { spool, records } = await filled(2);
  const failure = failures({ not_allowed: { status: 500, retriable: false } });
  const causes = [failure('not_allowed', 'no such user'), new TypeError('x is undefined')];
  const { log, taken } = fakeLog(async () => {
    const cause = causes.shift();
    if (cause !== undefined) throw cause;
  });
  const { drain, aside, told } = startDrain(spool, log);
  await finished(drain.run(false));
  expect([ids(taken), aside]).toEqual([ids(records), []]);
  expect(told.trouble).toHaveLength(2);
});

test('what the log has not taken yet is on the disk, whenever the process is killed', async () => {
  const files = new MemoryFiles();
  const { spool } = await openSpool({ files, maxBytes: 4 * MB });
  for (let count = 0; count < 100; count += 1) await spool.append([large(20_000)]);
  const missing: number[] = [];
  const { log } = fakeLog(async (batch) => {
    const { spool: found } = await openSpool({ files: files.afterKill(), maxBytes: 4 * MB });
    const next = await found.next();
    missing.push(...ids(batch).filter((id) => !ids(next?.records ?? []).includes(id)));
  });
  const { drain } = startDrain(spool, log);
  await finished(drain.run(false));
  expect([missing, spool.isEmpty]).toEqual([[], true]);
});

test('damage is passed over without the log, and the end is reached', async () => {
  const files = new MemoryFiles();
  const { spool } = await openSpool({ files });
  await spool.append([record()]);
  const name = files.names.find((one) => one.endsWith('.spool')) ?? '';
  files.replace(name, Buffer.alloc(files.content(name).length));
  const append = vi.fn(async () => undefined);
  const { drain } = startDrain(spool, fakeLog(append).log);
  await finished(drain.run(false));
  expect(append).not.toHaveBeenCalled();
  expect(spool.isEmpty).toBe(true);
});

test('what comes while it drains is drained, too', async () => {
  const { spool, records } = await filled(100);
  const late = Array.from({ length: 50 }, () => record());
  const { log, taken } = fakeLog(async () => {
    const one = late[waiting.length];
    if (one !== undefined) waiting.push(spool.append([one]));
  });
  const waiting: Promise<void>[] = [];
  const { drain } = startDrain(spool, log);
  await finished(drain.run(false));
  await Promise.all(waiting);
  expect(ids(taken)).toEqual([...ids(records), ...ids(late.slice(0, waiting.length))]);
  expect(waiting.length).toBeGreaterThan(2);
});

test('ends with the signal; what is left stays', async () => {
  const { spool } = await filled(200);
  const { drain, end, calls } = startDrain(spool, fakeLog(async () => end.abort()).log);
  await finished(drain.run(false));
  expect(spool.isEmpty).toBe(false);
  expect(calls).not.toContain('empty');
});
