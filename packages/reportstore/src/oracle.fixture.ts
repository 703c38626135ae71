import { DIMENSIONS, type Dimension } from '@footfall/core/dimension';
import type { EventFact, VisitorDayFacts } from '@footfall/core/fact';
import { PARTS, type Part } from '@footfall/core/part';
import type { FactFilter, GroupKey, PartQuery, PartRow } from '@footfall/core/part-query';

/** Answers questions by counting one by one in memory: slow, plain, and written without a look at any engine. */

type Known = { of: VisitorDayFacts; fact: EventFact };

function textOf(fact: EventFact, dimension: Dimension): string {
  if (dimension.kind === 'prop')
    return Object.hasOwn(fact.props, dimension.prop) ? (fact.props[dimension.prop] as string) : '(none)';
  return fact[DIMENSIONS[dimension.name].column];
}

function matches(fact: EventFact, filter: FactFilter): boolean {
  switch (filter.type) {
    case 'and':
      return filter.of.every((one) => matches(fact, one));
    case 'or':
      return filter.of.some((one) => matches(fact, one));
    case 'not':
      return !matches(fact, filter.of);
    case 'match': {
      const fold = (text: string) => (filter.caseSensitive ? text : text.toLowerCase());
      const text = fold(textOf(fact, filter.dimension));
      const wanted = filter.values.map(fold);
      return wanted.some((value) => (filter.op === 'is' ? text === value : text.includes(value)));
    }
  }
}

function isAsked({ of, fact }: Known, query: PartQuery): boolean {
  if (of.siteId !== query.siteId || of.generation !== query.generation) return false;
  if (!query.days.some(({ from, to }) => from <= of.day && of.day <= to)) return false;
  // Roll-ups are of people.
  if (query.source === 'rollUps') return fact.bot === 'false';
  if (query.between !== null && (fact.at < query.between.start || fact.at >= query.between.end)) return false;
  return query.filter === null || matches(fact, query.filter);
}

function keyOf({ of, fact }: Known, key: GroupKey, part: Part): string {
  if (key.kind === 'day') return of.day;
  if (key.kind === 'dimension') return textOf(fact, key.dimension);
  return String(PARTS[part].family === 'event' ? fact.hour : fact.visitHour);
}

const visitorKey = ({ of }: Known) => `${of.day} ${of.visitor}`;

function countOf(part: Part, group: readonly Known[]): number {
  const visits = [
    ...new Map(group.map((one) => [`${visitorKey(one)} ${one.fact.visit}`, one.fact])).values(),
  ];
  switch (part) {
    case 'events':
      return group.length;
    case 'pageviews':
      return group.filter(({ fact }) => fact.name === 'pageview').length;
    case 'visitors':
      return new Set(group.map(visitorKey)).size;
    case 'visits':
      return visits.length;
    case 'bounces':
      return visits.filter(({ visitBounced }) => visitBounced).length;
    case 'durationMs':
      return visits.reduce((sum, { visitDurationMs }) => sum + visitDurationMs, 0);
  }
}

/** The rows that a store holding exactly these visitor-days must answer. */
export function expectedRows(visitorDays: readonly VisitorDayFacts[], query: PartQuery): PartRow[] {
  const asked = visitorDays
    .flatMap((of) => of.facts.map((fact) => ({ of, fact })))
    .filter((one) => isAsked(one, query));
  const rows = new Map<string, PartRow>();
  for (const part of query.parts) {
    const keyed = (one: Known) => query.groupBy.map((key) => keyOf(one, key, part));
    for (const [id, group] of Map.groupBy(asked, (one) => JSON.stringify(keyed(one)))) {
      const row = rows.get(id) ?? { key: keyed(group[0] as Known), parts: {} };
      row.parts[part] = countOf(part, group);
      rows.set(id, row);
    }
  }
  return [...rows.values()];
}

/** Rows in an order of their own, so that two answers can be compared. */
export function comparable(rows: readonly PartRow[]): string[] {
  return rows.map(({ key, parts }) => JSON.stringify([key, Object.entries(parts).sort()])).sort();
}

/** Roll-ups may hold rows in which nothing of what is asked for was counted: they say no more than their absence. */
export function withoutZeros(rows: readonly PartRow[]): PartRow[] {
  return rows
    .map(({ key, parts }) => ({
      key,
      parts: Object.fromEntries(Object.entries(parts).filter(([, count]) => count !== 0)),
    }))
    .filter(({ parts }) => Object.keys(parts).length > 0);
}
