import { daysOfRange } from './date-range.ts';
import type { KnownRange, Query } from './query.ts';

/** A day as the report store tells of it; see the port. */
export type KnownDay = {
  day: string;
  version: number;
  sealedVersion: number | null;
  dirtySince: number | null;
};

export type DaySource = {
  dayStates(
    siteId: string,
    generation: number,
    from: string | null,
    to: string | null,
  ): Promise<readonly KnownDay[]>;
};

/** A range and what the store has of it right now. */
export type Moment = { range: KnownRange; days: readonly KnownDay[] };

/** The days of a site that a range meets; `all` begins with the first of them, or with `earliest` when that is before it. */
export async function resolveMoment(
  { site, range }: Pick<Query, 'site' | 'range'>,
  source: DaySource,
  earliest: string | null = null,
): Promise<Moment> {
  const { from, to } =
    range.kind === 'all' ? { from: null, to: range.to } : daysOfRange(range, site.timezone);
  const days = await source.dayStates(site.id, site.generation, from, to);
  if (range.kind !== 'all') return { range, days };
  const first = days[0]?.day ?? to;
  return {
    range: { kind: 'days', from: earliest !== null && earliest < first ? earliest : first, to },
    days,
  };
}

/**
 * Every event received before it is in an answer from these moments, ISO 8601: what has reached the store (epoch milliseconds),
 * less what waits to be sealed again.
 */
export function resolveDataThrough(moments: readonly Moment[], dataThrough: number): string {
  const waiting = moments.flatMap(({ days }) => days.flatMap(({ dirtySince }) => dirtySince ?? []));
  return new Date(waiting.reduce((through, since) => Math.min(through, since), dataThrough)).toISOString();
}
