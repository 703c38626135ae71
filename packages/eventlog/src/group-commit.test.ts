import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GroupCommit } from './group-commit.ts';

/** A writer whose groups end when they are told to. */
function heldWriter() {
  const groups: { items: readonly string[]; end: (error?: Error) => void }[] = [];
  const write = (items: readonly string[]) =>
    new Promise<void>((resolve, reject) => {
      groups.push({ items, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  return { groups, write };
}

const itemSize = (item: string) => item.length;
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('what comes while a group is being written shares the next, in order', async () => {
  const { groups, write } = heldWriter();
  const commit = new GroupCommit({ write, sizeOf: itemSize, maxGroup: 100 });
  const first = commit.add('a');
  await turn();
  const others = Promise.all([commit.add('bb'), commit.add('ccc')]);
  await turn();
  expect(groups.map(({ items }) => items)).toEqual([['a']]);
  expect([commit.waiting, commit.size]).toEqual([5, 6]);
  groups[0]?.end();
  await first;
  await turn();
  expect(groups.map(({ items }) => items)).toEqual([['a'], ['bb', 'ccc']]);
  expect([commit.waiting, commit.size]).toEqual([0, 5]);
  groups[1]?.end();
  await others;
  await commit.idle();
  expect(commit.size).toBe(0);
});

test('a group that fails fails for those who share it, and for nobody else', async () => {
  const { groups, write } = heldWriter();
  const commit = new GroupCommit({ write, sizeOf: itemSize, maxGroup: 2 });
  const results = Promise.allSettled([commit.add('a'), commit.add('b'), commit.add('c')]);
  await turn();
  groups[0]?.end(new Error('the disk is full'));
  await turn();
  groups[1]?.end();
  expect(await results).toMatchObject([
    { status: 'rejected', reason: { message: 'the disk is full' } },
    { status: 'rejected', reason: { message: 'the disk is full' } },
    { status: 'fulfilled' },
  ]);
  expect(commit.size).toBe(0);
});

test('after a crowd the next group waits for as many again, and goes as soon as they are there', async () => {
  const { groups, write } = heldWriter();
  const crowd = { items: 2, gatherMs: 60_000, lastsMs: 60_000 };
  const commit = new GroupCommit({ write, sizeOf: itemSize, maxGroup: 100, crowd });
  void commit.add('a');
  void commit.add('b');
  await turn();
  groups[0]?.end();
  await turn();
  void commit.add('c');
  await turn();
  expect(groups).toHaveLength(1);
  const last = commit.add('d');
  await turn();
  expect(groups[1]?.items).toEqual(['c', 'd']);
  groups[1]?.end();
  await last;
});

test('every item is written once, in order, in groups no larger than allowed unless one item is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 20 }),
      async (items, maxGroup) => {
        const groups: (readonly string[])[] = [];
        const write = async (group: readonly string[]) => void groups.push(group);
        const commit = new GroupCommit({ write, sizeOf: itemSize, maxGroup });
        await Promise.all(items.map((item) => commit.add(item)));
        expect(groups.flat()).toEqual(items);
        const sizes = groups.map((group) => group.reduce((sum, item) => sum + item.length, 0));
        expect(groups.every((group, at) => group.length === 1 || (sizes[at] ?? 0) <= maxGroup)).toBe(true);
      },
    ),
  );
});

/** Items `owner:text`. */
const byOwner = { sizeOf: itemSize, readOwner: (item: string) => item.split(':', 1)[0] as string };

test('where more waits than a group holds, who sends little does not wait behind who sends much', async () => {
  const { groups, write } = heldWriter();
  const commit = new GroupCommit({ write, ...byOwner, maxGroup: 40 });
  void commit.add('first:');
  await turn();
  const large = Array.from({ length: 100 }, (_, n) => `large:${n}`.padEnd(10, '.'));
  for (const item of large) void commit.add(item);
  void commit.add('small:1');
  void commit.add('small:2');
  groups[0]?.end();
  await turn();
  // Whoever waits longest has its half.
  expect(groups[1]?.items).toEqual([large[0], large[1], 'small:1', 'small:2']);
});

test('items of one owner stay in order, and none is left behind', async () => {
  const item = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(30));
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 60 }), async (given) => {
      const written: string[] = [];
      const write = async (items: readonly string[]) => void written.push(...items);
      const commit = new GroupCommit({ write, ...byOwner, maxGroup: 40 });
      const items = given.map(([owner, length], n) => `${owner}:${n}:${'.'.repeat(length)}`);
      await Promise.all(items.map((one) => commit.add(one)));
      expect(written.toSorted()).toEqual(items.toSorted());
      for (const owner of ['a', 'b', 'c']) {
        const isOwn = (one: string) => one.startsWith(owner);
        expect(written.filter(isOwn)).toEqual(items.filter(isOwn));
      }
      expect(commit.size).toBe(0);
    }),
  );
});
