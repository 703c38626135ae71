import { DIMENSIONS } from '../dimension.ts';
import { PARTS, type Part, type PartFamily } from '../part.ts';
import type { FactFilter, GroupKey, PartQuery } from '../part-query.ts';
import { addDays } from '../zone.ts';
import { daysOfRange } from './date-range.ts';
import { mentions } from './filter.ts';
import type { KnownRange, Query, QueryDimension } from './query.ts';

/** A local day that has facts, and whether roll-ups may answer for it. */
export type PlannableDay = { day: string; sealed: boolean };

export type PlanInput = Pick<Query, 'site' | 'dimensions' | 'filter'> & {
  range: KnownRange;
  parts: readonly Part[];
  days: readonly PlannableDay[];
};

const NO_BOTS: FactFilter = {
  type: 'match',
  op: 'is',
  dimension: { kind: 'column', name: 'visit:bot' },
  values: ['false'],
  caseSensitive: true,
};

/** Bots are left out unless the filter asks for them. */
function withoutBots(filter: FactFilter | null): FactFilter {
  if (filter === null) return NO_BOTS;
  return mentions(filter, 'visit:bot') ? filter : { type: 'and', of: [NO_BOTS, filter] };
}

/** Weeks and months are sums of days: stores know days and hours only. */
function groupKeyOf(dimension: QueryDimension): GroupKey {
  if (dimension.kind === 'text') return { kind: 'dimension', dimension: dimension.dimension };
  return { kind: dimension.granularity === 'hour' ? 'hour' : 'day' };
}

/** Roll-ups hold one dimension, or the hours, of whole days without a filter. */
function canRollUp({ dimensions, filter, range }: PlanInput): boolean {
  if (filter !== null || range.kind !== 'days') return false;
  const texts = dimensions.filter((dimension) => dimension.kind === 'text');
  const hourly = dimensions.some(
    (dimension) => dimension.kind === 'time' && dimension.granularity === 'hour',
  );
  if (texts.length + (hourly ? 1 : 0) > 1) return false;
  return texts.every(({ dimension }) => dimension.kind === 'column' && DIMENSIONS[dimension.name].rollUp);
}

/** Days as the fewest ranges, both ends inclusive; `days` ascending. */
function rangesOf(days: readonly string[]): { from: string; to: string }[] {
  const ranges: { from: string; to: string }[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day) last.to = day;
    else ranges.push({ from: day, to: day });
  }
  return ranges;
}

/**
 * By the hour, events count at their own time and visits at their start, so each family is a question of its own;
 * a day holds whole visits, so there one question answers both.
 */
function families(parts: readonly Part[], groupBy: readonly GroupKey[]): Part[][] {
  if (!groupBy.some((key) => key.kind === 'hour')) return [[...parts]];
  const of = (family: PartFamily) => parts.filter((part) => PARTS[part].family === family);
  return [of('event'), of('visit')].filter((family) => family.length > 0);
}

/**
 * Which questions to the report store add up to the answer: sealed days from roll-ups where those can tell, all else
 * from facts. Days that have no facts are asked for nowhere. Pure; merging is addition.
 */
export function plan(input: PlanInput): PartQuery[] {
  const { site, dimensions, range, parts } = input;
  const bounds = daysOfRange(range, site.timezone);
  const days = input.days.filter(({ day }) => day >= bounds.from && day <= bounds.to);
  const rolledUp = canRollUp(input) ? days.filter(({ sealed }) => sealed) : [];
  const factual = canRollUp(input) ? days.filter(({ sealed }) => !sealed) : days;
  const groupBy = dimensions.map(groupKeyOf);
  const base = { siteId: site.id, generation: site.generation, groupBy };
  const queries: PartQuery[] = [];
  if (rolledUp.length > 0) {
    queries.push({ ...base, source: 'rollUps', parts, days: rangesOf(rolledUp.map(({ day }) => day)) });
  }
  if (factual.length > 0) {
    const between = range.kind === 'instants' ? { start: range.start, end: range.end } : null;
    const facts = {
      ...base,
      source: 'facts' as const,
      days: rangesOf(factual.map(({ day }) => day)),
      between,
    };
    for (const family of families(parts, groupBy)) {
      queries.push({ ...facts, filter: withoutBots(input.filter), parts: family });
    }
  }
  return queries;
}
