import type { UserDay } from '../part-query.ts';
import { roundedRatio } from '../ratio.ts';
import { countDays } from '../zone.ts';
import {
  answerBehaviour,
  type Behaviour,
  type BehaviourAnswer,
  type BehaviourContext,
  parseBehaviour,
} from './behaviour.ts';
import { bucketStart, listBuckets } from './bucket.ts';
import { daysOfRange } from './date-range.ts';
import { queryFailure } from './errors.ts';
import type { KnownRange, QuerySite } from './query.ts';
import { inSlices, NO_PAUSE, type Pause } from './slices.ts';

export const PERIODS = ['day', 'week', 'month'] as const;
type Period = (typeof PERIODS)[number];

/** Periods of a range at most, and how many days make one at least: cohorts times periods is what an answer holds. */
const MAX_PERIODS = 400;
const DAYS: Readonly<Record<Period, number>> = { day: 1, week: 7, month: 28 };

export type Retention = { behaviour: Behaviour; period: Period };

/** Users who were first seen in one period of the range. */
export type Cohort = {
  /** First day of the period. */
  cohort: string;
  users: number;
  /** How many of them were seen in this period, the next, and so on to the end of the range. */
  returned: number[];
  /** The same in percent of the cohort, to 1 place; null of nobody. */
  rates: (number | null)[];
};

/**
 * Reads a question for retention as it came.
 * @throws Failure `invalid_period`, and those of {@link parseBehaviour}
 */
export function parseRetention(body: unknown, context: { site: QuerySite; now: number }): Retention {
  const { behaviour, fields } = parseBehaviour(body, ['period'], context);
  const { period = 'week' } = fields;
  if (!(PERIODS as readonly unknown[]).includes(period)) {
    const message = `${JSON.stringify(period)} is not a period; allowed are ${PERIODS.join(', ')}`;
    throw queryFailure('invalid_period', message, { where: 'period' });
  }
  return { behaviour, period: period as Period };
}

/** The cohorts of users by the days on which they were seen; `periods` are ascending. */
export async function buildCohorts(
  days: readonly UserDay[],
  { period, periods }: { period: Period; periods: readonly string[] },
  pause: Pause = NO_PAUSE,
): Promise<Cohort[]> {
  const place = new Map(periods.map((first, index) => [first, index]));
  const seen = new Map<string, Set<number>>();
  await inSlices(days, pause, ({ day, userId }) => {
    const index = place.get(bucketStart(day, period));
    if (index === undefined) return;
    const own = seen.get(userId) ?? new Set();
    seen.set(userId, own.add(index));
  });
  const cohorts = periods.map((_, start) => Array.from({ length: periods.length - start }, () => 0));
  await inSlices(seen.values(), pause, (own) => {
    const first = Math.min(...own);
    const cohort = cohorts[first] ?? [];
    for (const index of own) cohort[index - first] = (cohort[index - first] ?? 0) + 1;
  });
  return periods.map((cohort, index) => {
    const returned = cohorts[index] ?? [];
    const users = returned[0] ?? 0;
    const rates = returned.map((count) => roundedRatio(count, users, { factor: [100, 1], places: 1 }));
    return { cohort, users, returned, rates };
  });
}

function listPeriods(range: KnownRange, period: Period, zone: string): string[] {
  const { from, to } = daysOfRange(range, zone);
  if (countDays(from, to) > MAX_PERIODS * DAYS[period]) {
    const message = `the range has more than ${MAX_PERIODS} times a ${period}; ask for a shorter one, or for longer periods`;
    throw queryFailure('too_many_buckets', message, { where: 'period' });
  }
  return listBuckets(range, period, zone);
}

/**
 * Counts in which periods identified users came back.
 * @throws Failure `too_many_buckets`, and what the report store throws
 */
export function answerRetention(
  { behaviour, period }: Retention,
  context: BehaviourContext,
): Promise<BehaviourAnswer<Cohort[]>> {
  return answerBehaviour(behaviour, context, {
    own: { period },
    results: async (source, scope, range) => {
      const periods = listPeriods(range, period, behaviour.site.timezone);
      return buildCohorts(await source.userDays(scope), { period, periods }, source.pause);
    },
  });
}
