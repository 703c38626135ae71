import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Directory } from './directory.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

type Answer = { version: number } | null;

/** A table that can be away, slow, and counts how often it is asked. */
function makeDirectory(options: { max?: number; believedMs?: number } = {}) {
  const table = {
    asked: 0,
    away: false,
    answers: (): Promise<Answer> => Promise.resolve({ version: table.asked }),
  };
  const find = () => {
    table.asked += 1;
    return table.away ? Promise.reject(new Error('away')) : table.answers();
  };
  const ttl = { found: 30_000, missing: 2_000 };
  return {
    table,
    directory: new Directory<NonNullable<Answer>>({
      find,
      fields: { version: true },
      ttl,
      max: options.max ?? 100,
      ...(options.believedMs === undefined ? {} : { believedMs: options.believedMs }),
    }),
  };
}

test('asks once for all who want the same key at the same time, and not again while the answer stands', async () => {
  const { table, directory } = makeDirectory();
  await Promise.all([directory.get('a'), directory.get('a'), directory.get('a')]);
  vi.advanceTimersByTime(29_999);
  expect(await directory.get('a')).toEqual({ version: 1 });
  vi.advanceTimersByTime(1);
  expect(await directory.get('a')).toEqual({ version: 2 });
  expect(table.asked).toBe(2);
});

test('remembers for a shorter time that a key is missing', async () => {
  const { table, directory } = makeDirectory();
  table.answers = () => Promise.resolve(null);
  expect(await directory.get('a')).toBeNull();
  expect(await directory.get('a')).toBeNull();
  expect(table.asked).toBe(1);
  vi.advanceTimersByTime(2_000);
  await directory.get('a');
  expect(table.asked).toBe(2);
});

test('keeps no more entries than it may', async () => {
  const { table, directory } = makeDirectory({ max: 2 });
  for (const key of ['a', 'b', 'c', 'a']) await directory.get(key);
  expect(table.asked).toBe(4);
});

test('an answer that was on its way when its key was forgotten is not remembered', async () => {
  const { table, directory } = makeDirectory();
  let answerLate: (answer: Answer) => void = () => undefined;
  table.answers = () =>
    new Promise((resolve) => {
      answerLate = resolve;
    });
  const early = directory.get('a');
  directory.forget('a');
  table.answers = () => Promise.resolve({ version: 2 });
  expect(await directory.get('a')).toEqual({ version: 2 });
  answerLate({ version: 1 });
  expect(await early).toEqual({ version: 1 });
  expect(await directory.get('a')).toEqual({ version: 2 });
});

test('what is forgotten is asked again, all of it when all is forgotten', async () => {
  const { table, directory } = makeDirectory();
  await Promise.all([directory.get('a'), directory.get('b')]);
  directory.forget('a');
  directory.forget('never seen');
  await Promise.all([directory.get('a'), directory.get('b')]);
  expect(table.asked).toBe(3);
  directory.forgetAll();
  await Promise.all([directory.get('a'), directory.get('b')]);
  expect(table.asked).toBe(5);
});

test('while the database is away, what is known is answered, however old, and the database asked every 5 s', async () => {
  const { table, directory } = makeDirectory();
  await directory.get('a');
  table.away = true;
  vi.advanceTimersByTime(3_600_000);
  directory.forget('a');
  expect(await directory.get('a')).toEqual({ version: 1 });
  expect(await directory.get('a')).toEqual({ version: 1 });
  expect(table.asked).toBe(2);
  table.away = false;
  vi.advanceTimersByTime(5_000);
  expect(await directory.get('a')).toEqual({ version: 3 });
});

test('while the database is away, what is not known is refused, so that the sender comes again', async () => {
  const { table, directory } = makeDirectory();
  table.answers = () => Promise.resolve(null);
  await directory.get('missing');
  table.away = true;
  vi.advanceTimersByTime(2_000);
  await expect(directory.get('missing')).rejects.toThrow('away');
  await expect(directory.get('new')).rejects.toThrow('away');
  table.away = false;
  expect(await directory.get('new')).toBeNull();
});

test('a database that does not answer counts as away, sooner where something is known', async () => {
  const { table, directory } = makeDirectory();
  await directory.get('known');
  directory.forget('known');
  table.answers = () => new Promise(() => undefined);
  const known = directory.get('known');
  const unknown = expect(directory.get('new')).rejects.toMatchObject({
    code: 'database_unreachable',
    retriable: true,
  });
  await vi.advanceTimersByTimeAsync(500);
  expect(await known).toEqual({ version: 1 });
  await vi.advanceTimersByTimeAsync(4_500);
  await unknown;
});

test('of what another version knew, values with fewer fields are asked for anew, and one field more does no harm', async () => {
  const { table, directory } = makeDirectory();
  const later = { version: 7, later: true };
  directory.recall([
    ['earlier', {} as { version: number }],
    ['later', later],
  ]);
  table.away = true;
  expect(await directory.get('later')).toEqual(later);
  await expect(directory.get('earlier')).rejects.toThrow('away');
});

test('keys that strangers make up drive nothing out of memory, and are remembered in a place of their own', async () => {
  const { table, directory } = makeDirectory({ max: 2 });
  await directory.get('known');
  table.answers = () => Promise.resolve(null);
  for (let n = 0; n < 100; n += 1) await directory.get(`made up ${n}`);
  expect(await directory.get('known')).toEqual({ version: 1 });
  expect(directory.known(10).map(([key]) => key)).toEqual(['known']);
  expect([directory.isKnown('known'), directory.isKnown('made up 99'), directory.isKnown('new')]).toEqual([
    true,
    true,
    false,
  ]);
  vi.advanceTimersByTime(2_000);
  expect(directory.isKnown('made up 99')).toBe(false);
});

test('questions about unknown keys that wait for the database have an end', async () => {
  const { table, directory } = makeDirectory();
  table.answers = () => new Promise(() => undefined);
  for (let n = 0; n < 2_000; n += 1) void directory.get(`key ${n}`).catch(() => undefined);
  await expect(directory.get('one more')).rejects.toThrow('waiting');
  expect(table.asked).toBe(2_000);
});

test('while the database is away, what was good is believed as long as it may be, and no longer', async () => {
  const { table, directory } = makeDirectory({ believedMs: 60_000 });
  await directory.get('a');
  table.away = true;
  vi.advanceTimersByTime(59_000);
  expect(await directory.get('a')).toEqual({ version: 1 });
  vi.advanceTimersByTime(6_000);
  await expect(directory.get('a')).rejects.toThrow('away');
  table.away = false;
  expect(await directory.get('a')).toMatchObject({ version: expect.any(Number) });
});

test('what an earlier process knew counts from when it was confirmed', async () => {
  const { table, directory } = makeDirectory({ believedMs: 60_000 });
  table.away = true;
  const now = Date.now();
  directory.recall([
    ['fresh', { version: 7 }, now - 30_000],
    ['old', { version: 7 }, now - 61_000],
    ['undated', { version: 7 }],
  ]);
  expect(await directory.get('fresh')).toEqual({ version: 7 });
  await expect(directory.get('old')).rejects.toThrow('away');
  await expect(directory.get('undated')).rejects.toThrow('away');
});
