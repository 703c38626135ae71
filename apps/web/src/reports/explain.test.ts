import type { PartQuery } from '@footfall/core/part-query';
import type { PartSource } from '@footfall/core/query/sources';
import { expect, it } from 'vitest';
import { type AskContext, answer } from './answer.ts';

const DAYS = ['2026-01-05', '2026-01-06', '2026-01-07'];
const NOW = Date.parse('2026-01-07T12:00:00Z');

/** A store that has sealed all days but the last, with one visitor in each answer. */
function contextWith(asked: PartQuery[], remembered: string[]): AskContext {
  const source: PartSource = {
    dayStates: async () =>
      DAYS.map((day) => ({
        day,
        version: 1,
        sealedVersion: day === '2026-01-07' ? null : 1,
        dirtySince: null,
      })),
    run: async (query) => {
      asked.push(query);
      return [{ key: query.groupBy.map(() => 'x'), counts: { visitors: 1 } }];
    },
  };
  return {
    site: { id: 'site_a', timezone: 'Etc/UTC', generation: 1, currency: 'EUR', goals: [] },
    now: NOW,
    labels: 'footfall',
    dataThrough: NOW,
    perEuro: async () => new Map(),
    read: (use) => use(source),
    remember: async (key, make) => {
      remembered.push(key);
      return (await make()).body;
    },
  };
}

const QUERY = { metrics: ['visitors'], date_range: ['2026-01-05', '2026-01-07'] };

it('a query that asks for it is told each question to the report store, and nothing comes from memory', async () => {
  const [asked, remembered]: [PartQuery[], string[]] = [[], []];
  const { results, meta } = await answer({ ...QUERY, explain: true }, contextWith(asked, remembered));
  expect(results[0]?.metrics).toEqual([2]);
  expect(meta.explain?.questions).toHaveLength(asked.length);
  expect(
    meta.explain?.questions.map(({ source, days, rows, filtered }) => [source, days, rows, filtered]),
  ).toEqual([
    ['rollUps', 2, 1, false],
    // People are told from bots.
    ['facts', 1, 1, true],
  ]);
  const times = [meta.explain?.ms, ...(meta.explain?.questions.map(({ ms }) => ms) ?? [])];
  expect(times.every((ms) => ms !== undefined && ms >= 0)).toBe(true);
  expect(remembered).toEqual([]);
});

it('groups are named as the API spells them', async () => {
  const query = { ...QUERY, dimensions: ['time:day', 'event:props:size'], explain: true };
  const { meta } = await answer(query, contextWith([], []));
  expect(meta.explain?.questions[0]?.group_by).toEqual(['day', 'event:props:size']);
});

it('others are told nothing of it', async () => {
  const remembered: string[] = [];
  for (const explain of [undefined, false]) {
    const { meta } = await answer({ ...QUERY, explain }, contextWith([], remembered));
    expect(meta).not.toHaveProperty('explain');
  }
  expect(remembered).toHaveLength(2);
});
