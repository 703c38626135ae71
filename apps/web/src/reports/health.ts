import { selectPagePatterns } from '@footfall/core/intake-rules';
import { buildLedger, type Ledger } from '@footfall/core/ledger';
import { hasFewWildcards } from '@footfall/core/page-pattern';
import { REJECTION_REASONS, type RejectionReason } from '@footfall/core/rejection';
import { firstKeptDay } from '@footfall/core/site-retention';
import { addDays, localDay } from '@footfall/core/zone';
import { type ReportLimit, readReportLimits } from '@footfall/db/count/report-limit';
import type { Site } from '@footfall/db/tenant/site';
import { tenantRows } from '@footfall/db/tenant/transaction';
import { services } from '#runtime/services.ts';
import type { AskContext } from './answer.ts';
import { type LedgerOfDay, readLedgerByDay } from './ledger.ts';

/** Days that the ledger shows, and those that limits are told of. */
export const LEDGER_DAYS = 14;
const LIMIT_DAYS = 92;
/** Some thirty dimensions can be cut on each of these days. */
const MOST_LIMITS = 3_000;

/** A dimension of which some days had more values than reports keep apart. */
export type CutDimension = {
  dimension: string;
  /** How many days, the latest of them, and how many values stand together on that one. */
  days: number;
  lastDay: string;
  values: number;
};

export type Health = {
  now: number;
  /** The first day that the site keeps. */
  keptFrom: string;
  /** Every event received before it is in the reports, epoch milliseconds. */
  dataThrough: number;
  /** Days that are closed and have changed since: reports show them as they were. `since`: receipt of the oldest event they lack. */
  changed: { days: number; since: number | null };
  ledger: readonly LedgerOfDay[];
  total: Ledger;
  /** Reasons that occurred, most frequent first. */
  rejected: readonly { reason: RejectionReason; count: number }[];
  cut: readonly CutDimension[];
  /** Days on which visitors had more events than reports count, latest first. */
  busyVisitors: readonly { day: string; count: number }[];
  /** Days on which closing past days anew had used up its time, latest first. */
  sealing: readonly { day: string; seconds: number }[];
  leftOut: { pages: readonly string[]; goals: readonly string[] };
};

/** The ledger of several days. */
export function sumLedgers(ledgers: readonly Ledger[]): Ledger {
  const counts = new Map<string, number>();
  const add = (outcome: string, count: number) => counts.set(outcome, (counts.get(outcome) ?? 0) + count);
  let pending = 0;
  for (const { stored, duplicate, bots, removed = 0, rejected, pending: waiting } of ledgers) {
    for (const [outcome, count] of Object.entries({ stored, duplicate, bot: bots, removed }))
      add(outcome, count);
    for (const [reason, count] of Object.entries(rejected)) add(`rejected:${reason}`, count);
    pending += waiting;
  }
  return buildLedger(counts, pending);
}

/** The reasons that a ledger has, most frequent first. */
export function listRejected({ rejected }: Pick<Ledger, 'rejected'>): Health['rejected'] {
  return REJECTION_REASONS.map((reason) => ({ reason, count: rejected[reason] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** What limits come to, by dimension; those of the latest days first. */
export function groupCuts(limits: readonly ReportLimit[]): CutDimension[] {
  const groups = Map.groupBy(
    limits.filter(({ kind }) => kind === 'values'),
    ({ dimension }) => dimension,
  );
  return [...groups].map(([dimension, own]) => {
    const last = own.reduce((a, b) => (b.day > a.day ? b : a));
    return { dimension, days: own.length, lastDay: last.day, values: last.count };
  });
}

async function readChanged(site: Site, context: AskContext): Promise<Health['changed']> {
  const states = await context.read((source) => source.dayStates(site.id, site.generation, null, null));
  const changed = states.filter(
    ({ version, sealedVersion }) => sealedVersion !== null && sealedVersion !== version,
  );
  const since = changed.flatMap(({ dirtySince }) => (dirtySince === null ? [] : [dirtySince]));
  return { days: changed.length, since: since.length === 0 ? null : Math.min(...since) };
}

/** What is to be known of a site's data at the moment of a context. */
export async function loadHealth(site: Site, context: AskContext): Promise<Health> {
  const today = localDay(site.timezone, context.now);
  const { pool } = services();
  const [changed, ledger, limits] = await Promise.all([
    readChanged(site, context),
    readLedgerByDay(site, { from: addDays(today, 1 - LEDGER_DAYS), to: today }),
    readReportLimits(tenantRows(pool, site.tenantId), site.id, {
      from: addDays(today, -LIMIT_DAYS),
      most: MOST_LIMITS,
    }),
  ]);
  const total = sumLedgers(ledger);
  const ofKind = (kind: ReportLimit['kind']) => limits.filter((limit) => limit.kind === kind);
  return {
    now: context.now,
    keptFrom: firstKeptDay(site, context.now),
    dataThrough: context.dataThrough,
    changed,
    ledger,
    total,
    rejected: listRejected(total),
    cut: groupCuts(limits),
    busyVisitors: ofKind('visitor_days').map(({ day, count }) => ({ day, count })),
    sealing: ofKind('sealing').map(({ day, count }) => ({ day, seconds: count })),
    leftOut: {
      pages: selectPagePatterns(site.blockedPages).leftOut,
      goals: context.site.goals
        .filter(({ page }) => page !== null && !hasFewWildcards(page))
        .map(({ name }) => name),
    },
  };
}
