import { reportStoreFailure } from '../../errors.ts';
import type { DayState } from '../../report-store.ts';

/** One month of a site in a generation: the unit of sealing, and so of what changes at once. */
export type MonthKey = { siteId: string; generation: number; month: string };

/** A day as {@link DayState} has it, and the build that answers for it, since when (epoch milliseconds). */
export type Day = {
  version: number;
  sealedVersion: number | null;
  dirtySince: number | null;
  build: string;
  since: number;
  /** When it was sealed for the first time, epoch milliseconds; null while it is open. */
  closedAt: number | null;
  /** Version of the scheme that it was sealed by; absent: 1. See {@link import('../schema/history.ts').History}. */
  scheme?: number;
};

/** Who seals a month right now, and until when others leave it to them, epoch milliseconds. */
export type Sealer = { owner: string; until: number };

/** Clocks of those who share a store differ by less. Milliseconds. */
export const SKEW_MS = 600_000;

/** Whether a sealer has a month, which it takes for `lastsMs` at a time: not until later than any clock that is right can have said. */
export function holds({ until }: Sealer, now: number, lastsMs: number): boolean {
  return until > now && until <= now + lastsMs + SKEW_MS;
}

/** A month's document; days by their local date. */
export type Month = { days: Readonly<Record<string, Day>>; sealing: Sealer | null };

export const EMPTY_MONTH: Month = { days: {}, sealing: null };

export const monthName = (day: string): string => day.slice(0, 7);

const isStale = ({ version, sealedVersion }: Day): boolean => version !== sealedVersion;

/** The build of a day from its first event until it is sealed: who writes first need not ask what others have called it. */
const firstBuild = (day: string, { generation }: Pick<MonthKey, 'generation'>): string =>
  `open-${generation}-${day}`;

const oldest = (a: number | null, b: number): number => (a === null ? b : Math.min(a, b));

function withDays(
  month: Month | null,
  days: readonly string[],
  change: (day: Day, name: string) => Day,
  key: MonthKey,
): Month {
  const before = month ?? EMPTY_MONTH;
  const changed = { ...before.days };
  for (const name of days) {
    const unknown: Day = {
      version: 0,
      sealedVersion: null,
      dirtySince: null,
      build: firstBuild(name, key),
      since: 0,
      closedAt: null,
    };
    changed[name] = change(changed[name] ?? unknown, name);
  }
  return { ...before, days: changed };
}

/** Whoever writes facts of a day makes it known before: nobody drops what a known open day may have. */
export function announce(month: Month | null, days: readonly string[], key: MonthKey): Month {
  return withDays(month, days, (day) => day, key);
}

/** A day and when the oldest event that changed it was received. */
export type Change = { day: string; receivedAt: number };

const receiptAmong = (changes: readonly Change[], name: string): number =>
  Math.floor(Math.min(...changes.filter(({ day }) => day === name).map(({ receivedAt }) => receivedAt)));

const dayNames = (changes: readonly Change[]): string[] => [...new Set(changes.map(({ day }) => day))];

/** Raises the versions of days that are over. */
export function touch(month: Month | null, changes: readonly Change[], key: MonthKey): Month {
  const raise = (day: Day, name: string): Day => ({
    ...day,
    version: day.version + 1,
    dirtySince: oldest(day.dirtySince, receiptAmong(changes, name)),
  });
  return withDays(month, dayNames(changes), raise, key);
}

/** Whether a day is sealed, or waits to be: it may lack more than what is replaced in it. */
const isBehind = ({ sealedVersion, dirtySince }: Day): boolean =>
  sealedVersion !== null || dirtySince !== null;

/** Those of some days that are sealed, or wait to be. */
export function daysBehind(month: Month | null, days: readonly string[]): string[] {
  return days.filter((name) => {
    const day = month?.days[name];
    return day !== undefined && isBehind(day);
  });
}

/** Open days lack nothing any more; null when that is known. */
export function settle(month: Month | null, days: readonly string[]): Month | null {
  const waiting = daysBehind(month, days).filter((name) => month?.days[name]?.sealedVersion === null);
  if (month === null || waiting.length === 0) return null;
  const settled = waiting.map((name) => [name, { ...(month.days[name] as Day), dirtySince: null }] as const);
  return { ...month, days: { ...month.days, ...Object.fromEntries(settled) } };
}

/**
 * Raises the versions of days whose facts were replaced. One that is sealed lacks them; so may one that waits to be sealed for the
 * first time.
 */
export function replaced(month: Month | null, changes: readonly Change[], key: MonthKey): Month {
  const raise = (day: Day, name: string): Day => {
    const dirtySince = isBehind(day) ? oldest(day.dirtySince, receiptAmong(changes, name)) : null;
    return { ...day, version: day.version + 1, dirtySince };
  };
  return withDays(month, dayNames(changes), raise, key);
}

/** A day, the version that was read before its facts, and the build they were written to. */
export type Sealed = { day: string; version: number; build: string };

/** Whether an open day was changed since it was read: sealing it would lose facts that are in no event that waits. */
function isLost(state: Day | undefined, version: number): boolean {
  if (state === undefined) return true;
  return state.sealedVersion === null && state.version !== version && state.dirtySince === null;
}

/** Whether all of these days may be sealed at these versions. */
export function canSeal(
  month: Month | null,
  days: readonly Pick<Sealed, 'day' | 'version'>[],
): month is Month {
  return month !== null && days.every(({ day, version }) => !isLost(month.days[day], version));
}

/** Lets days answer from their new builds, made by a version of the scheme, and the month go. */
export function seal(
  month: Month,
  sealed: readonly Sealed[],
  { now, scheme }: { now: number; scheme: number },
): Month {
  const days = { ...month.days };
  for (const { day, version, build } of sealed) {
    const before = days[day];
    if (before === undefined) throw reportStoreFailure('unanswerable', `${day} is sealed but unknown`);
    const dirtySince = before.version === version ? null : before.dirtySince;
    const closedAt = before.closedAt ?? now;
    days[day] = { ...before, sealedVersion: version, dirtySince, build, since: now, closedAt, scheme };
  }
  return { days, sealing: null };
}

/** Begin of a day in the zone that is furthest ahead: nothing of the day was received before. Epoch milliseconds. */
const earliestReceipt = (day: string): number => Date.parse(day) - 14 * 3_600_000;

/** The version of the scheme that a sealed day was sealed by. */
export const schemeOfDay = ({ scheme = 1 }: Pick<Day, 'scheme'>): number => scheme;

/** Whether a day is sealed and lacks what later versions of the scheme keep. */
const isOutdated = (day: Day, completeSince: number): boolean =>
  day.sealedVersion !== null && schemeOfDay(day) < completeSince;

/** Lets days that an earlier version sealed wait to be sealed anew; null when there are none but such as do. */
export function outdate(month: Month, completeSince: number, key: MonthKey): Month | null {
  const days = Object.entries(month.days).filter(
    ([, day]) => isOutdated(day, completeSince) && !isStale(day),
  );
  if (days.length === 0) return null;
  return touch(
    month,
    days.map(([day]) => ({ day, receivedAt: earliestReceipt(day) })),
    key,
  );
}

/**
 * Opens sealed days whose documents are lost, in builds of their own, so that they are sealed anew from the event store; until then
 * answers lack them, and say so by their dirty days. All days unless some are given.
 */
export function reopen(
  month: Month,
  build: (day: string) => string,
  { now, only = Object.keys(month.days) }: { now: number; only?: readonly string[] },
): Month {
  const days = Object.entries(month.days).map(([name, day]): [string, Day] => {
    if (day.sealedVersion === null || !only.includes(name)) return [name, day];
    const begins = earliestReceipt(name);
    const opened = { sealedVersion: null, build: build(name), since: now, closedAt: null };
    return [
      name,
      { ...day, ...opened, version: day.version + 1, dirtySince: oldest(day.dirtySince, begins) },
    ];
  });
  return { ...month, days: Object.fromEntries(days) };
}

/** Days of a month as the port has them, ascending. Answers may lack something of days that a version before `completeSince` sealed. */
export function dayStates(
  { siteId, generation }: Pick<MonthKey, 'siteId' | 'generation'>,
  month: Month,
  completeSince = 1,
): DayState[] {
  return Object.keys(month.days)
    .sort()
    .map((day) => {
      const of = month.days[day] as Day;
      const { version, sealedVersion } = of;
      const dirtySince = isOutdated(of, completeSince)
        ? oldest(of.dirtySince, earliestReceipt(day))
        : of.dirtySince;
      return { siteId, generation, day, version, sealedVersion, dirtySince };
    });
}

/** Days that were closed last, within this time of each other, milliseconds: as long as readers may still ask for open ones. */
const LATELY_MS = 3_600_000;

/** Days that were open until lately, and until when. */
function lately(days: Month['days']): { closedDays: string[]; closedAt: number } | Record<string, never> {
  const closed = Object.entries(days).flatMap(([day, { closedAt }]) =>
    closedAt === null ? [] : [{ day, closedAt }],
  );
  if (closed.length === 0) return {};
  const last = Math.max(...closed.map(({ closedAt }) => closedAt));
  return {
    closedDays: closed.filter(({ closedAt }) => closedAt > last - LATELY_MS).map(({ day }) => day),
    closedAt: last,
  };
}

/** What is stored of a month: itself, and what is looked for. */
export function monthDocument(key: MonthKey, { days, sealing }: Month): Record<string, unknown> {
  const waiting = Object.keys(days)
    .filter((day) => isStale(days[day] as Day))
    .sort();
  const { siteId, generation, month } = key;
  const [stale] = waiting;
  return {
    site: siteId,
    generation,
    month,
    days,
    sealing,
    // What the sealers of all sites ask for; a month has more days than wait.
    waiting: Object.fromEntries(waiting.map((day) => [day, days[day]])),
    ...(stale === undefined ? {} : { stale }),
    ...lately(days),
    openDays: Object.keys(days).filter((day) => days[day]?.sealedVersion === null),
    hasSealed: Object.values(days).some(({ sealedVersion }) => sealedVersion !== null),
  };
}
