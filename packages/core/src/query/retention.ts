import type { FactScope, UserDay } from '../part-query.ts';
import { roundedRatio } from '../ratio.ts';
import { addDays, countDays, monthStart } from '../zone.ts';
import {
  answerBehaviour,
  type Behaviour,
  type BehaviourAnswer,
  type BehaviourContext,
  type BehaviourSource,
  parseBehaviour,
} from './behaviour.ts';
import { bucketStart, listBuckets } from './bucket.ts';
import { daysOfRange } from './date-range.ts';
import { queryFailure } from './errors.ts';
import { mergeDays } from './plan.ts';
import type { KnownRange, QuerySite } from './query.ts';
import { inSlices, NO_PAUSE, type Pause } from './slices.ts';

export const PERIODS = ['day', 'week', 'month'] as const;
type Period = (typeof PERIODS)[number];

/** Periods of a range at most, and how many days make one at least: cohorts times periods is what an answer holds. */
const MAX_PERIODS = 400;
const DAYS: Readonly<Record<Period, number>> = { day: 1, week: 7, month: 28 };

export type Retention = { behaviour: Behaviour; period: Period };

/** Users who were first seen in one period of the range, and never before the range. */
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

type Periods = {
  period: Period;
  /** Ascending. */
  periods: readonly string[];
  /** Users who were seen before the first of them: they are in no cohort. */
  known?: ReadonlySet<string>;
};

/** The cohorts of users by the days on which they were seen. */
export async function buildCohorts(
  days: readonly UserDay[],
  { period, periods, known = new Set() }: Periods,
  pause: Pause = NO_PAUSE,
): Promise<Cohort[]> {
  const place = new Map(periods.map((first, index) => [first, index]));
  const seen = new Map<string, Set<number>>();
  await inSlices(days, pause, ({ day, userId }) => {
    const index = place.get(bucketStart(day, period));
    if (index === undefined || known.has(userId)) return;
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

/** What lies before a range: whole days, and the hours before it where it begins within a day. */
function beforeRange({ site }: Behaviour, scope: FactScope, range: KnownRange): FactScope {
  const { from } = daysOfRange(range, site.timezone);
  if (range.kind === 'days') return { ...scope, days: [{ from: '', to: addDays(from, -1) }], between: null };
  return { ...scope, days: [{ from: '', to: from }], between: { start: 0, end: range.start } };
}

/** Which of the users were seen in a scope. Months are asked for one by one, the latest first, so that few rows are held at a time. */
async function findKnown(
  users: ReadonlySet<string>,
  source: BehaviourSource,
  before: FactScope,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  if (users.size === 0) return known;
  const states = await source.dayStates(before.siteId, before.generation, null, before.days[0]?.to ?? null);
  const months = Map.groupBy(
    states.map(({ day }) => day),
    monthStart,
  );
  for (const days of [...months.values()].reverse()) {
    if (known.size === users.size) break;
    const seen = await source.userDays({ ...before, days: mergeDays(days) });
    for (const { userId } of seen) if (users.has(userId)) known.add(userId);
  }
  return known;
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
      const seen = await source.userDays(scope);
      const users = new Set(seen.map(({ userId }) => userId));
      const known = await findKnown(users, source, beforeRange(behaviour, scope, range));
      return buildCohorts(seen, { period, periods, known }, source.pause);
    },
  });
}
