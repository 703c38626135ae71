import type { VisitorDayFacts } from '@footfall/core/fact';
import type { Failure } from '@footfall/core/failure';
import { reportStoreFailure } from '../../errors.ts';
import type { DayKey, ReportStore, TouchedDay } from '../../report-store.ts';
import { documentId, newOpenBuild } from '../identity.ts';
import {
  announce,
  daysBehind,
  type Month,
  type MonthKey,
  monthName,
  reopen,
  replaced,
  settle,
  touch,
} from '../months/month.ts';
import { monthId } from '../months/months.ts';
import type { Ports } from '../ports.ts';
import { countNested, visitorDayDocument } from '../schema/document.ts';
import { MOST_NESTED } from '../schema/mappings.ts';
import { BulkWriter, type Write } from './bulk.ts';

type VisitorDay = Parameters<ReportStore['replaceVisitorDays']>[0][number];

const monthKey = ({ siteId, generation, day }: DayKey): MonthKey => ({
  siteId,
  generation,
  month: monthName(day),
});

/** Whatever has a day, by its month. */
const byMonth = <T extends DayKey>(dated: readonly T[]): T[][] => [
  ...Map.groupBy(dated, (one) => monthId(monthKey(one))).values(),
];

/** Raises the versions of days that changed: they are sealed (again) because of it. */
export async function touchDays({ months }: Ports, days: readonly TouchedDay[]): Promise<void> {
  const raise = (own: TouchedDay[]) => {
    const key = monthKey(own[0] as TouchedDay);
    return months.change(key, (month) => ({ month: touch(month, own, key), answer: undefined }));
  };
  await Promise.all(byMonth(days).map(raise));
}

/** Changes days that are known, a month at a time; null changes nothing. */
async function changeDays(
  { months }: Pick<Ports, 'months'>,
  days: readonly DayKey[],
  change: (month: Month, names: readonly string[]) => Month | null,
): Promise<void> {
  const changeOne = (own: DayKey[]) => {
    const names = own.map(({ day }) => day);
    return months.change(monthKey(own[0] as DayKey), (month) => ({
      month: month === null ? null : change(month, names),
      answer: undefined,
    }));
  };
  await Promise.all(byMonth(days).map(changeOne));
}

/** Opens sealed days, in builds of their own that hold nothing yet. */
export function reopenDays(ports: Ports, days: readonly DayKey[]): Promise<void> {
  return changeDays(ports, days, (month, only) => reopen(month, newOpenBuild, { now: ports.now(), only }));
}

/** Open days lack nothing any more. */
export function settleDays(ports: Ports, days: readonly DayKey[]): Promise<void> {
  return changeDays(ports, days, settle);
}

/** The months of visitor-days, in which their days are known. */
async function announced({ months }: Ports, visitorDays: readonly VisitorDay[]): Promise<Map<string, Month>> {
  const groups = byMonth(visitorDays);
  const keys = groups.map(([first]) => monthKey(first as VisitorDay));
  const found = await months.get(keys);
  const known = await Promise.all(
    groups.map((own, index) => {
      const month = found[index] ?? null;
      const key = keys[index] as MonthKey;
      const days = [...new Set(own.map(({ day }) => day))];
      if (month !== null && days.every((day) => month.days[day] !== undefined)) return month;
      return months.arrange(key, (now) => {
        const made = announce(now, days, key);
        return { month: made, answer: made };
      });
    }),
  );
  return new Map(keys.map((key, index) => [monthId(key), known[index] as Month]));
}

const visitorDayName = ({ siteId, generation, day, visitor }: VisitorDayFacts): string =>
  `${siteId}/${generation}/${day}/${visitor}`;

function tooLarge(of: VisitorDay): Failure {
  const where = visitorDayName(of);
  const message = `the visitor-day ${where} has ${countNested(of.facts)} visits, events and items; at most ${MOST_NESTED} can be kept`;
  return reportStoreFailure('visitor_day_refused', message, { where });
}

function buildWrite(of: VisitorDay, build: string, { names }: Ports): Write {
  const { siteId, generation, day, visitor, facts } = of;
  const id = documentId(siteId, build, visitor);
  return {
    kind: 'open',
    index: names.open(day),
    id,
    routing: siteId,
    doc: facts.length === 0 ? null : visitorDayDocument(id, { siteId, generation, day, build }, facts),
    what: visitorDayName(of),
  };
}

/** A visitor-day with the build that its day has while it is open. */
type Placed = { of: VisitorDay; build: string };

/** Writes facts until searches see them; answers what could not be kept. */
async function writeFacts(ports: Ports, placed: readonly Placed[]): Promise<Failure[]> {
  const tooMany = placed
    .filter(({ of }) => countNested(of.facts) > MOST_NESTED)
    .map(({ of }) => tooLarge(of));
  const kept = placed.filter(({ of }) => countNested(of.facts) <= MOST_NESTED);
  const writer = new BulkWriter(ports);
  for (const { of, build } of kept) await writer.add(buildWrite(of, build, ports));
  return [...tooMany, ...(await writer.end())];
}

/**
 * Replaces visitor-days, each by one document of its own. The order makes versions honest: a day is known before its facts are
 * written, and its version grows when searches see them, so that an answer of that version has them. A day that is sealed, or has
 * been when the facts are there, is touched only. Answers the days that are behind.
 * @throws Failure `visitor_day_refused` for the first that can not be kept; all others are
 */
export async function replaceVisitorDays(
  ports: Ports,
  visitorDays: readonly VisitorDay[],
): Promise<DayKey[]> {
  if (visitorDays.length === 0) return [];
  const last = [
    ...new Map(
      visitorDays.map((one) => [JSON.stringify([monthKey(one), one.day, one.visitor]), one]),
    ).values(),
  ];
  const months = await announced(ports, last);
  const placed = last.flatMap((of): Placed[] => {
    const day = months.get(monthId(monthKey(of)))?.days[of.day];
    return day === undefined || day.sealedVersion !== null ? [] : [{ of, build: day.build }];
  });
  const refusals = await writeFacts(ports, placed);
  const raise = (own: VisitorDay[]) => {
    const key = monthKey(own[0] as VisitorDay);
    const days = [...new Set(own.map(({ day }) => day))];
    return ports.months.change(key, (month) => {
      const { siteId, generation } = key;
      const behind = daysBehind(month, days).map((day): DayKey => ({ siteId, generation, day }));
      return { month: replaced(month, own, key), answer: behind };
    });
  };
  const behind = (await Promise.all(byMonth(last).map(raise))).flat();
  const [first] = refusals;
  if (first !== undefined) throw first;
  return behind;
}
