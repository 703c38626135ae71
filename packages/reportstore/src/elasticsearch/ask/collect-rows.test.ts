import type { GroupBound, GroupKey } from '@footfall/core/part-query';
import { expect, test } from 'vitest';
import { collectRows } from './collect-rows.ts';

const PAGE: GroupKey = { kind: 'dimension', dimension: { kind: 'column', name: 'event:page' } };

function collect(rows: readonly [string[], number][], bound?: GroupBound, groupBy: GroupKey[] = [PAGE]) {
  const collected = collectRows({ groupBy, ...(bound === undefined ? {} : { bound }) });
  for (const [key, events] of rows) collected.add({ key, counts: { events } });
  return collected.rows().map(({ key, counts }) => [key, counts.events]);
}

test('rows of one key are added up', () => {
  expect(
    collect([
      [['/a'], 1],
      [['/b'], 2],
      [['/a'], 3],
    ]),
  ).toEqual([
    [['/a'], 4],
    [['/b'], 2],
  ]);
});

test('of many groups no more than twice the bound are held, the largest among them, and there is one more than the bound', () => {
  const many = Array.from({ length: 1_000 }, (_, n): [string[], number] => [[`/${n}`], (n * 7_919) % 1_000]);
  const rows = collect(many, { kind: 'largest', count: 10, by: 'events' });
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.length).toBeLessThanOrEqual(20);
  const values = rows.map(([, events]) => events);
  for (let value = 990; value < 1_000; value += 1) expect(values).toContain(value);
});

test('groups that do not stand alone are one, of the same day', () => {
  const rows: [string[], number][] = [
    [['2026-01-01', '/a'], 1],
    [['2026-01-01', '/b'], 2],
    [['2026-01-02', '/b'], 4],
    [['2026-01-02', '/c'], 8],
  ];
  const bound: GroupBound = { kind: 'only', keys: [['2026-01-01', '/a']] };
  expect(collect(rows, bound, [{ kind: 'day' }, PAGE])).toEqual([
    [['2026-01-01', '/a'], 1],
    [['2026-01-01', '(other)'], 2],
    [['2026-01-02', '(other)'], 12],
  ]);
});

test('days are added up to the weeks that are asked for, before they are counted as groups', () => {
  const days: [string[], number][] = [
    [['2025-12-29'], 1],
    [['2026-01-04'], 2],
    [['2026-01-05'], 4],
  ];
  expect(collect(days, { kind: 'largest', count: 2, by: null }, [{ kind: 'day', each: 'week' }])).toEqual([
    [['2025-12-29'], 3],
    [['2026-01-05'], 4],
  ]);
});
