import type { VisitorDayFacts } from '@footfall/core/fact';
import type { FactFilter, FactScope } from '@footfall/core/part-query';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAYS, filters, visitorDays } from '../../facts.fixture.ts';
import { expectedFlow, expectedFunnel, expectedRows } from '../../oracle.fixture.ts';
import { createTextTest } from '../../text-test.fixture.ts';
import { packFacts, type StoredFact, unpackFacts } from '../schema/stored-fact.ts';
import * as evaluate from './evaluate.ts';
import { countSteps, pagesAround } from './paths.ts';

/** Of any filter, resolved or not. */
const createJudge = (filter: FactFilter) => evaluate.createJudge(filter, createTextTest);

const scope = { siteId: 's', generation: 1, days: [{ from: DAYS[0], to: DAYS[4] }], between: null };

const stored = ({ facts }: VisitorDayFacts) => unpackFacts(packFacts(facts));

test('keeps the events that counting one by one keeps', () => {
  fc.assert(
    fc.property(visitorDays('s'), filters, (days, filter) => {
      const judge = createJudge(filter);
      const kept = days
        .map(stored)
        .flatMap((facts) => facts.filter((fact, at) => evaluate.isEvent(fact) && judge(facts, at)));
      const question = {
        ...scope,
        filter,
        source: 'facts',
        relation: 'counts',
        groupBy: [],
        parts: ['events'],
      } as const;
      expect(kept.length).toBe(expectedRows(days, question)[0]?.counts.events ?? 0);
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('goes the steps of a funnel as far as counting one by one goes them', () => {
  fc.assert(
    fc.property(
      visitorDays('s'),
      filters,
      fc.array(filters, { minLength: 1, maxLength: 4 }),
      (days, filter, steps) => {
        const judges = steps.map(createJudge);
        const keeps = createJudge(filter);
        const reached = days
          .map(stored)
          .map((facts) =>
            countSteps(facts, (all, at) => evaluate.isEvent(all[at] as StoredFact) && keeps(all, at), judges),
          );
        const query: FactScope & { steps: typeof steps } = { ...scope, filter, steps };
        expect(steps.map((_, step) => reached.filter((count) => count > step).length)).toEqual(
          expectedFunnel(days, query),
        );
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);

test('finds the pages around a page that counting one by one finds', () => {
  fc.assert(
    fc.property(visitorDays('s'), filters, (days, page) => {
      const judge = createJudge(page);
      const rows = days.map(stored).flatMap((facts) => pagesAround(facts, judge));
      const counted = Map.groupBy(rows, (row) => JSON.stringify([row.direction, row.page]));
      expect(new Map([...counted].map(([name, own]) => [name, own.length]))).toEqual(
        new Map(
          expectedFlow(days, { ...scope, filter: null, page }).map((row) => [
            JSON.stringify([row.direction, row.page]),
            row.pageviews,
          ]),
        ),
      );
    }),
    { numRuns: 100 },
  );
}, 60_000);
