import { describe, expect, test } from 'vitest';
import { type Asker, createSlots, shareRoom } from './slots.ts';

const LIMITS = { room: 8, perTenant: 3, perAsker: 2, waiting: 300, waitMs: 600_000 };

/** Work that ends when it is told to. */
function bench(limits: Partial<typeof LIMITS> = {}) {
  const slots = createSlots({ ...LIMITS, ...limits });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string, asker?: Asker) =>
    slots(() => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    }, asker).catch(() => undefined);
  /** Ends work and lets whatever follows from it begin. */
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  return { slots, begun, work, end };
}

const asker = (tenant: string, who = 'key'): Asker => ({ tenant, who });
const begin = () => new Promise(setImmediate);

describe('room', () => {
  test('is for so many at once, the others begin in the order in which they came', async () => {
    const { begun, work, end } = bench({ room: 2, perTenant: 2, perAsker: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) void work(name, asker('t'));
    await begin();
    expect(begun).toEqual(['a', 'b']);
    for (const name of ['b', 'a', 'c', 'd']) await end(name);
    expect(begun).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('is made by work that fails, and who waits too long is told', async () => {
    const { slots, work, end } = bench({ room: 1, waitMs: 20 });
    await expect(slots(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const long = work('long');
    await expect(slots(async () => 1)).rejects.toMatchObject({ code: 'query_timeout', retriable: true });
    await end('long');
    await long;
    expect(await slots(async () => 2)).toBe(2);
  });
});

describe('a tenant with eight heavy questions', () => {
  test('leaves room: another is answered at once, however long they take', async () => {
    const { begun, work, end } = bench();
    for (let n = 0; n < 8; n += 1) void work(`heavy ${n}`, asker('heavy', `key ${n}`));
    for (let n = 0; n < 4; n += 1) void work(`light ${n}`, asker('light', `person ${n}`));
    await begin();
    // None of the heavy ones has ended, and the other tenant has as much room as this one.
    expect(begun.filter((name) => name.startsWith('heavy'))).toHaveLength(3);
    expect(begun.filter((name) => name.startsWith('light'))).toHaveLength(3);
    await end('light 0');
    expect(begun).toContain('light 3');
  });

  test('has one of them begin for each of the other’s that begins, when there is room for one', async () => {
    const { begun, work, end } = bench({ room: 1, perTenant: 1, perAsker: 1 });
    for (let n = 0; n < 8; n += 1) void work(`heavy ${n}`, asker('heavy'));
    for (let n = 0; n < 3; n += 1) void work(`light ${n}`, asker('light'));
    await begin();
    for (let at = 0; at < 6; at += 1) await end(begun[at] ?? '');
    expect(begun.slice(0, 7)).toEqual([
      'heavy 0',
      'light 0',
      'heavy 1',
      'light 1',
      'heavy 2',
      'light 2',
      'heavy 3',
    ]);
  });

  test('of one key leaves room for its own people', async () => {
    const { begun, work } = bench();
    for (let n = 0; n < 8; n += 1) void work(`key ${n}`, asker('shop', 'key'));
    void work('person', asker('shop', 'person'));
    await begin();
    expect(begun).toEqual(['key 0', 'key 1', 'person']);
  });
});

test('people of one tenant take turns', async () => {
  const { begun, work, end } = bench({ room: 1, perTenant: 1, perAsker: 1 });
  for (const name of ['a1', 'a2', 'a3', 'b1', 'b2']) void work(name, asker('shop', name.slice(0, 1)));
  await begin();
  for (let at = 0; at < 4; at += 1) await end(begun[at] ?? '');
  expect(begun).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
});

test('more of one tenant than may wait is refused, and others still may', async () => {
  const { slots, work, begun } = bench({ room: 1, waiting: 2 });
  void work('running', asker('shop'));
  void work('first', asker('shop'));
  void work('second', asker('shop'));
  await expect(slots(async () => 1, asker('shop'))).rejects.toMatchObject({
    code: 'too_many_questions',
    status: 429,
    retryAfter: 1,
  });
  void work('other', asker('other'));
  await begin();
  expect(begun).toEqual(['running']);
});

test.each([
  [1, 1, 1],
  [2, 1, 1],
  [4, 2, 1],
  [8, 3, 2],
])('of room for %i a tenant has %i, an asker %i', (room, perTenant, perAsker) => {
  expect(shareRoom(room, 1)).toMatchObject({ room, perTenant, perAsker });
});
