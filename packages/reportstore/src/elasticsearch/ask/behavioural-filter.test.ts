import type { FactFilter } from '@footfall/core/part-query';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filters, visitorDays } from '../../facts.fixture.ts';
import { createTextTest } from '../../text-test.fixture.ts';
import { packFacts, type StoredFact, unpackFacts } from '../schema/stored-fact.ts';
import { type BehaviouralFilter, splitBranches } from './behavioural-filter.ts';
import * as evaluate from './evaluate.ts';

/** Of any filter, resolved or not. */
const createJudge = (filter: FactFilter) => evaluate.createJudge(filter, createTextTest);

const match = (page: string): FactFilter => ({
  type: 'match',
  op: 'is',
  dimension: { kind: 'column', name: 'event:page' },
  values: [page],
  caseSensitive: true,
});
const hasDone = (of: FactFilter): FactFilter => ({ type: 'has_done', of });

const holdsFor = (facts: readonly StoredFact[], { filter, done }: BehaviouralFilter): boolean =>
  facts.some((fact, at) => evaluate.isEvent(fact) && createJudge(filter)(facts, at)) === done;

const isBehavioural = (filter: FactFilter): boolean => JSON.stringify(filter).includes('"has_done"');

test('a visitor-day belongs to one branch, in which its events are kept as before; or to none, and none is', () => {
  fc.assert(
    fc.property(visitorDays('s'), filters, filters, (days, filter, goal) => {
      const branches = splitBranches([filter, goal]);
      for (const { behavioural, filters: left } of branches)
        expect([...behavioural.map((one) => one.filter), ...left].some(isBehavioural)).toBe(false);
      for (const day of days) {
        const facts = unpackFacts(packFacts(day.facts));
        const own = branches.filter(({ behavioural }) => behavioural.every((one) => holdsFor(facts, one)));
        expect(own.length).toBeLessThanOrEqual(1);
        const [branch] = own;
        facts.forEach((_, at) => {
          const whole = createJudge(filter)(facts, at);
          expect(branch !== undefined && createJudge(branch.filters[0] as FactFilter)(facts, at)).toBe(whole);
          if (branch !== undefined)
            expect(createJudge(branch.filters[1] as FactFilter)(facts, at)).toBe(
              createJudge(goal)(facts, at),
            );
        });
      }
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('what all must have done, and any of many behavioural filters, does not multiply', () => {
  const many = Array.from({ length: 20 }, (_, n) => hasDone(match(`/${n}`)));
  expect(splitBranches([{ type: 'and', of: many }])).toHaveLength(1);
  expect(splitBranches([{ type: 'or', of: many }])).toHaveLength(20);
  expect(splitBranches([{ type: 'not', of: { type: 'or', of: many } }])).toHaveLength(1);
  expect(splitBranches([match('/a')])).toEqual([{ behavioural: [], filters: [match('/a')] }]);
});

test('the same behavioural filter twice is decided once, also inside another', () => {
  const seen = hasDone(match('/a'));
  const twice: FactFilter = {
    type: 'or',
    of: [
      { type: 'and', of: [seen, match('/b')] },
      { type: 'not', of: seen },
    ],
  };
  expect(splitBranches([twice])).toHaveLength(2);
  const inside = hasDone({ type: 'and', of: [seen, match('/b')] });
  expect(splitBranches([{ type: 'and', of: [seen, inside] }])).toEqual([
    {
      behavioural: [
        { filter: match('/a'), done: true },
        { filter: { type: 'and', of: [match('/b')] }, done: true },
      ],
      filters: [{ type: 'and', of: [] }],
    },
  ]);
});

test('more ways than can be asked for are refused by name', () => {
  const mixed = Array.from(
    { length: 12 },
    (_, n): FactFilter => ({ type: 'or', of: [hasDone(match(`/${n}`)), match(`/x${n}`)] }),
  );
  expect(() => splitBranches([{ type: 'and', of: mixed }])).toThrow(
    expect.objectContaining({ code: 'filter_too_complex', retriable: false }),
  );
});
