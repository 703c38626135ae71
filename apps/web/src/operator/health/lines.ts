import type { UsageTrouble } from '@footfall/db/staff/usage';
import { spaceWarnings } from '@footfall/installation/space-warnings';
import type { Part } from '@footfall/installation/status/part';
import { isBehind } from '@footfall/jobs/chore-state';
import type { Known } from './known.ts';
import type { Found } from './look.ts';

/** `away`: it does not work; `attention`: it does, and somebody should look; `unknown`: what would tell is away itself. */
export type LineState = 'ok' | 'attention' | 'away' | 'unknown';

/** The parts that there are words for; a service of another name is called by it. */
export const PARTS = [
  'database',
  'eventLog',
  'eventStore',
  'reportStore',
  'collector',
  'processor',
  'aggregator',
  'scheduler',
  'web',
  'processing',
  'aggregating',
  'reports',
  'spools',
  'chores',
  'space',
  'clock',
  'proxies',
  'mails',
  'usage',
] as const;
export type PartName = (typeof PARTS)[number];

export type Line = {
  name: string;
  state: LineState;
  /** What is wrong, as the part says it itself: in English. */
  problem: string | null;
  /** Since when, epoch milliseconds; null: it does not say. */
  since: number | null;
};

/** What is found wrong: null when nothing is. */
type Trouble = { problem: string | null; since?: number | null } | null;

/** More than this, and somebody should look, milliseconds. */
const LATE_MS = 5 * 60_000;
/** Clocks are told to differ from here on, milliseconds. */
const SET_BACK_TOLD_MS = 7 * 24 * 3_600_000;

const OK: Pick<Line, 'state' | 'problem' | 'since'> = { state: 'ok', problem: null, since: null };

/** A line about something that works or does not. */
const working = (name: string, { problem }: Known<unknown>): Line => ({
  name,
  ...(problem === null ? OK : { state: 'away', problem, since: null }),
});

/** A line about what `find` may find wrong in something that is known. */
function judged<T>(name: PartName, known: Known<T>, find: (value: T) => Trouble): Line {
  if (known.problem !== null) return { name, state: 'unknown', problem: known.problem, since: null };
  const trouble = find(known.value as T);
  if (trouble === null) return { name, ...OK };
  return { name, state: 'attention', problem: trouble.problem, since: trouble.since ?? null };
}

function waiting(name: PartName, group: string, { lag, now }: Found): Line {
  return judged(name, lag, (lags) => {
    const { pending = 0, oldest_received_at: oldest = null } = lags[group] ?? {};
    const since = oldest === null ? now : Date.parse(oldest);
    return now - since < LATE_MS ? null : { problem: `${pending} batches wait`, since };
  });
}

const service = ([name, { healthy, problem, restarts = 0 }]: [string, Part]): Line => ({
  name,
  ...(healthy
    ? OK
    : {
        state: 'away',
        problem: `${problem ?? ''}${restarts > 0 ? `; restarts: ${restarts}` : ''}`,
        since: null,
      }),
});

const earliest = (times: readonly number[]): number | null =>
  times.length === 0 ? null : Math.min(...times);

/** What differs or could not be told of what is counted for money. */
function findUsage({ lastCheck, overdue, givenUp, reports }: UsageTrouble): Trouble {
  const counts = [
    [lastCheck?.differences ?? 0, 'differences'],
    [lastCheck?.unread ?? 0, 'tenants not compared'],
    [overdue, 'hours not told'],
    [givenUp, 'hours given up'],
    [reports, 'reports of errors'],
  ] as const;
  const wrong = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return wrong.length === 0 ? null : { problem: wrong.join(', '), since: lastCheck?.at ?? null };
}

/** One line a part: engines, services, and what flows between them. */
export function describeParts(found: Found): Line[] {
  const { now } = found;
  const services = found.services.value ?? {};
  return [
    working('database', found.database),
    working('eventLog', found.eventLog),
    working('eventStore', found.eventStore),
    working('reportStore', found.reportStore),
    ...Object.entries(services).map(service),
    waiting('processing', 'processor', found),
    waiting('aggregating', 'aggregator', found),
    judged('reports', found.freshness, ({ data_through }) => {
      const since = Date.parse(data_through);
      return now - since < LATE_MS ? null : { problem: null, since };
    }),
    judged('spools', found.spools, (spools) => {
      const held = spools.filter(({ records }) => records > 0);
      if (held.length === 0) return null;
      const problem = held.map(({ place, records }) => `${place}: ${records} events`).join('; ');
      return { problem, since: earliest(held.map(({ oldestReceivedAt }) => oldestReceivedAt)) };
    }),
    judged('chores', found.chores, (chores) => {
      const behind = chores.filter((chore) => isBehind(chore, now));
      if (behind.length === 0) return null;
      const problem = behind
        .map(({ name, error }) => (error === null ? name : `${name}: ${error}`))
        .join('; ');
      return { problem, since: earliest(behind.map(({ succeededAt, dueAt }) => succeededAt ?? dueAt)) };
    }),
    judged('space', found.space, (space) => {
      const warnings = spaceWarnings(space);
      return warnings.length === 0 ? null : { problem: warnings.join('; ') };
    }),
    judged('clock', found.clock, ({ behindMs, setBack }) => {
      if (behindMs > 0)
        return { problem: `${Math.round(behindMs / 1_000)} s behind what it has said before` };
      if (setBack === null || Math.abs(now - setBack.at) > SET_BACK_TOLD_MS) return null;
      return { problem: `set back by ${Math.round(setBack.byMs / 1_000)} s`, since: setBack.at };
    }),
    judged('proxies', found.proxies, (warnings) =>
      warnings.length === 0 ? null : { problem: warnings.join('; ') },
    ),
    judged('mails', found.mails, ({ failed, late, since }) =>
      failed + late === 0 ? null : { problem: `${failed} given up, ${late} late`, since },
    ),
    judged('usage', found.usage, findUsage),
  ];
}
