import type { Outcome } from '@footfall/core/ledger';
import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import type { Queryable } from '../tenant/transaction.ts';
import { countUsage, type SiteUsage } from './usage.ts';
import { countHours, sumHours } from './usage-hour.ts';

/**
 * What became of the record at an offset of the log; see core/ledger.ts for outcomes. `count`: of how many events it tells, 1 unless said.
 * `usage`: of an event that a collector has taken, its month (UTC) and what it counts for the plan. `receivedAt` (epoch milliseconds): when it was
 * received, where that is known; stored events of no bot are counted by the hour of it, for money.
 */
export type LedgerLine = {
  offset: number;
  siteId: string;
  day: string;
  outcome: Outcome;
  count?: number;
  usage?: { month: string; counted: number };
  receivedAt?: number;
};

export type LedgerEntry = {
  /** What the partition is one of, as the log's engine calls it. */
  stream: string;
  partition: number;
  lines: readonly LedgerLine[];
  lastOffset: number;
};

export type LedgerPosition = { stream: string; partition: number; offset: number };

// A position's column is still called topic: on Postgres, which came first, topics and streams are one.

/** Locks the partition's position, so that its entries are counted one after the other; answers the last offset counted. */
async function lockPosition(client: PoolClient, { stream, partition }: LedgerEntry): Promise<number> {
  await client.query(
    'INSERT INTO ledger_position (topic, partition, "offset") VALUES ($1, $2, -1) ON CONFLICT DO NOTHING',
    [stream, partition],
  );
  const { rows } = await client.query<{ offset: number }>(
    'SELECT "offset" FROM ledger_position WHERE topic = $1 AND partition = $2 FOR UPDATE',
    [stream, partition],
  );
  return rows[0]?.offset ?? -1;
}

// Sorted, so that two partitions that count for the same sites never wait for each other in a circle.
const ADD = `
INSERT INTO ledger_day (site_id, day, outcome, count)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS l(site_id, day, outcome, count) ORDER BY 1, 2, 3
ON CONFLICT (site_id, day, outcome) DO UPDATE SET count = ledger_day.count + excluded.count`;

type Sum = Required<Omit<LedgerLine, 'offset' | 'usage' | 'receivedAt'>>;

/** The lines behind a position, added up: a batch is of few sites and days, and a statement of a thousand texts costs more than the sum. */
function sumLines(lines: readonly LedgerLine[], position: number): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { offset, siteId, day, outcome, count = 1 } of lines) {
    if (offset <= position) continue;
    const key = `${siteId} ${day} ${outcome}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { siteId, day, outcome, count });
    else sum.count += count;
  }
  return [...sums.values()];
}

/** What the lines behind a position use of plans, by site and month. */
function sumUsage(lines: readonly LedgerLine[], position: number): SiteUsage[] {
  const sums = new Map<string, SiteUsage>();
  for (const { offset, siteId, usage } of lines) {
    if (offset <= position || usage === undefined) continue;
    const key = `${siteId} ${usage.month}`;
    const sum = sums.get(key) ?? { siteId, month: usage.month, seen: 0, counted: 0 };
    sum.seen += 1;
    sum.counted += usage.counted;
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/**
 * Counts the lines of a stretch of one partition, each exactly once however often stretches are delivered or however
 * they are cut: lines up to the partition's position have been counted before.
 */
export function applyLedger(pool: Pool, entry: LedgerEntry): Promise<void> {
  return transaction(pool, async (client) => {
    const position = await lockPosition(client, entry);
    if (entry.lastOffset <= position) return;
    const sums = sumLines(entry.lines, position);
    await client.query(ADD, [
      sums.map(({ siteId }) => siteId),
      sums.map(({ day }) => day),
      sums.map(({ outcome }) => outcome),
      sums.map(({ count }) => count),
    ]);
    await countUsage(client, sumUsage(entry.lines, position));
    await countHours(client, sumHours(entry.lines.filter(({ offset }) => offset > position)));
    await client.query('UPDATE ledger_position SET "offset" = $3 WHERE topic = $1 AND partition = $2', [
      entry.stream,
      entry.partition,
      entry.lastOffset,
    ]);
  });
}

// One statement, hence one snapshot: counts and positions belong together.
const READ = `
SELECT
  (SELECT coalesce(json_agg(c), '[]') FROM (
    SELECT outcome, sum(count)::bigint AS count FROM ledger_day
    WHERE site_id = $1 AND ($2::text IS NULL OR day >= $2) AND ($3::text IS NULL OR day <= $3) GROUP BY outcome) c) AS counts,
  (SELECT coalesce(json_agg(p), '[]') FROM (SELECT topic AS stream, partition, "offset" FROM ledger_position) p) AS positions`;

// As above: one snapshot.
const READ_DAYS = `
SELECT
  (SELECT coalesce(json_agg(c), '[]') FROM (
    SELECT day, outcome, count FROM ledger_day WHERE site_id = $1 AND day >= $2 AND day <= $3) c) AS counts,
  (SELECT coalesce(json_agg(p), '[]') FROM (SELECT topic AS stream, partition, "offset" FROM ledger_position) p) AS positions`;

/** The same as {@link readLedger}, each local day of receipt by itself; days of which nothing was counted are absent. */
export async function readLedgerDays(
  tenant: Queryable,
  site: { siteId: string; from: string; to: string },
): Promise<{ days: Map<string, Map<string, number>>; positions: LedgerPosition[] }> {
  type Count = { day: string; outcome: string; count: number };
  const { rows } = await tenant.query<{ counts: Count[]; positions: LedgerPosition[] }>(READ_DAYS, [
    site.siteId,
    site.from,
    site.to,
  ]);
  const { counts = [], positions = [] } = rows[0] ?? {};
  const days = new Map<string, Map<string, number>>();
  for (const { day, outcome, count } of counts)
    days.set(day, (days.get(day) ?? new Map<string, number>()).set(outcome, count));
  return { days, positions };
}

/**
 * What was counted for a site on local days of receipt (inclusive; null: open), and up to where in the log. What lies
 * behind these positions is pending.
 */
export async function readLedger(
  tenant: Queryable,
  site: { siteId: string; from: string | null; to: string | null },
): Promise<{ counts: Map<string, number>; positions: LedgerPosition[] }> {
  const { rows } = await tenant.query<{
    counts: { outcome: string; count: number }[];
    positions: LedgerPosition[];
  }>(READ, [site.siteId, site.from, site.to]);
  const { counts = [], positions = [] } = rows[0] ?? {};
  return { counts: new Map(counts.map(({ outcome, count }) => [outcome, count])), positions };
}
