import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StreamPartition } from '../../event-log.ts';
import { partitionName } from '../client/topic-partition.ts';
import { type Assignment, assign, type Member, target } from './assignment.ts';

const member = (id: string, holds: readonly StreamPartition[] = [], generation = 1): Member => ({
  id,
  streams: ['a', 'b', 'c'],
  holds,
  generation,
});
const ids = ['m1', 'm2', 'm3', 'm4', 'm5'];
const arbitraryCounts = fc
  .record({ a: fc.nat(13), b: fc.nat(13), c: fc.nat(3) })
  .map((counts) => new Map(Object.entries(counts)));

/** A group in which any partition, and some that are gone, is held by any member that reads its stream, or by none. */
const arbitraryGroup = fc
  .tuple(
    arbitraryCounts,
    fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1 }),
    fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(14), fc.nat(4)), { maxLength: 40 }),
    fc.subarray(['a', 'b', 'c']),
  )
  .map(([counts, group, held, ofFirst]) => {
    const owners = new Map(
      held.map(([stream, partition, owner]) => [partitionName({ stream, partition }), owner]),
    );
    const members = group.map((id, index) => {
      const streams = index === 0 ? ofFirst : ['a', 'b', 'c'];
      const holds = held
        .map(([stream, partition]) => ({ stream, partition }))
        .filter(
          (topicPartition, at, all) =>
            all.findIndex((one) => partitionName(one) === partitionName(topicPartition)) === at,
        )
        .filter(
          (topicPartition) =>
            owners.get(partitionName(topicPartition)) === index && streams.includes(topicPartition.stream),
        );
      return { id, streams, holds, generation: 1 };
    });
    return { counts, members };
  });

const sizes = (assignment: Assignment, stream: string, among: readonly string[]) =>
  among.map(
    (id) => assignment.get(id)?.filter((topicPartition) => topicPartition.stream === stream).length ?? 0,
  );
const spread = (numbers: readonly number[]) => Math.max(...numbers) - Math.min(...numbers);
const all = (counts: ReadonlyMap<string, number>, streams: ReadonlySet<string>) =>
  [...counts].flatMap(([stream, count]) =>
    streams.has(stream)
      ? Array.from({ length: count }, (_, partition) => partitionName({ stream, partition }))
      : [],
  );

/** The fewest partitions of a stream that must leave their holder for the sake of fairness. */
function fewestMoves(count: number, held: readonly number[]): number {
  const each = Math.floor(count / held.length);
  const extra = count - each * held.length;
  const above = held.map((n) => Math.max(0, n - each)).sort((a, b) => b - a);
  return above.reduce((sum, n, index) => sum + (n > 0 && index < extra ? n - 1 : n), 0);
}

describe('the target', () => {
  test('gives each partition to one reader, each stream alike to all of them', () => {
    fc.assert(
      fc.property(arbitraryGroup, ({ counts, members }) => {
        const assignment = target(counts, members);
        const read = new Set(members.flatMap(({ streams }) => streams));
        expect([...assignment.values()].flat().map(partitionName).sort()).toEqual(all(counts, read).sort());
        for (const stream of read) {
          const readers = members.filter(({ streams }) => streams.includes(stream)).map(({ id }) => id);
          expect(spread(sizes(assignment, stream, readers))).toBeLessThanOrEqual(1);
          const others = members.map(({ id }) => id).filter((id) => !readers.includes(id));
          expect(sizes(assignment, stream, others).every((size) => size === 0)).toBe(true);
        }
      }),
    );
  });

  test('moves as few partitions as fairness allows', () => {
    fc.assert(
      fc.property(arbitraryGroup, ({ counts, members }) => {
        const assignment = target(counts, members);
        for (const [stream, count] of counts) {
          const readers = members.filter(({ streams }) => streams.includes(stream));
          if (readers.length === 0) continue;
          const held = readers.map(({ holds }) =>
            holds.filter(
              (topicPartition) => topicPartition.stream === stream && topicPartition.partition < count,
            ),
          );
          const lost = readers.flatMap(({ id }, index) => {
            const now = new Set(assignment.get(id)?.map(partitionName));
            return (held[index] ?? []).filter((topicPartition) => !now.has(partitionName(topicPartition)));
          });
          expect(lost).toHaveLength(
            fewestMoves(
              count,
              held.map(({ length }) => length),
            ),
          );
        }
      }),
    );
  });

  test('is the same for whoever leads, and stays when it is reached', () => {
    fc.assert(
      fc.property(arbitraryGroup, ({ counts, members }) => {
        const assignment = target(counts, members);
        const reversed = target(new Map([...counts].reverse()), members.toReversed());
        const reached = members.map((one) => ({ ...one, holds: assignment.get(one.id) ?? [] }));
        const again = target(counts, reached);
        for (const { id } of members) {
          const partitions = assignment.get(id)?.map(partitionName).sort();
          expect(reversed.get(id)?.map(partitionName).sort()).toEqual(partitions);
          expect(again.get(id)?.map(partitionName).sort()).toEqual(partitions);
        }
      }),
    );
  });

  test('gives new members as much as any other has, over all streams', () => {
    fc.assert(
      fc.property(arbitraryCounts, fc.integer({ min: 1, max: 5 }), (counts, size) => {
        const group = ids.slice(0, size);
        const assignment = target(
          counts,
          group.map((id) => member(id)),
        );
        expect(spread(group.map((id) => assignment.get(id)?.length ?? 0))).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the assignment of one round', () => {
  test('never gives away what another holds, and withholds nothing else', () => {
    fc.assert(
      fc.property(arbitraryGroup, ({ counts, members }) => {
        const [now, inTheEnd] = [assign(counts, members), target(counts, members)];
        for (const { id } of members) {
          const elsewhere = new Set(
            members.filter((other) => other.id !== id).flatMap(({ holds }) => holds.map(partitionName)),
          );
          const expected = inTheEnd
            .get(id)
            ?.map(partitionName)
            .filter((topicPartition) => !elsewhere.has(topicPartition));
          expect(now.get(id)?.map(partitionName)).toEqual(expected);
        }
      }),
    );
  });

  test('leads to the target when members let go and join again', () => {
    fc.assert(
      fc.property(arbitraryGroup, ({ counts, members }) => {
        const first = assign(counts, members);
        // What a member holds and is not given any more, it has let go of when it joins again.
        const second = members.map((one) => ({ ...one, holds: first.get(one.id) ?? [], generation: 2 }));
        const result = assign(counts, second);
        const read = new Set(members.flatMap(({ streams }) => streams));
        expect([...result.values()].flat().map(partitionName).sort()).toEqual(all(counts, read).sort());
        for (const [id, partitions] of first)
          for (const topicPartition of partitions) expect(result.get(id)).toContainEqual(topicPartition);
      }),
    );
  });

  test('of two who hold the same, believes the one that heard of it last', () => {
    const topicPartition = { stream: 'a', partition: 0 };
    const members = [member('m1', [topicPartition], 7), member('m2', [topicPartition], 8)];
    const result = assign(new Map([['a', 1]]), members);
    expect(result).toEqual(
      new Map([
        ['m1', []],
        ['m2', [topicPartition]],
      ]),
    );
  });
});
