import type { PoolClient } from '@footfall/postgres/pool';
import type { LedgerLine } from './ledger.ts';

const HOUR_MS = 3_600_000;

/** What a site has stored that is of no bot, by the hour (UTC) of receipt (epoch milliseconds), and the local day by which the ledger has it. */
export type SiteHour = { siteId: string; day: string; hour: number; events: number };

/** What an outcome adds: a stored event of a bot has a line as `stored` and one as `bot`. */
const WORTH: Readonly<Partial<Record<LedgerLine['outcome'], number>>> = { stored: 1, bot: -1 };

/** What lines of the ledger count for money. */
export function sumHours(lines: readonly LedgerLine[]): SiteHour[] {
  const sums = new Map<string, SiteHour>();
  for (const { siteId, day, outcome, receivedAt, count = 1 } of lines) {
    const worth = WORTH[outcome];
    if (worth === undefined || receivedAt === undefined) continue;
    const hour = receivedAt - (receivedAt % HOUR_MS);
    const key = `${siteId} ${day} ${hour}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { siteId, day, hour, events: worth * count });
    else sum.events += worth * count;
  }
  return [...sums.values()].filter(({ events }) => events !== 0);
}

// Sorted by the key, so that two partitions that count for the same tenants never wait for each other in a circle. A site that is gone counts
// for nobody, and the tenant is the site's at this moment: it is said nowhere else later.
const ADD = `
INSERT INTO usage_hour AS u (tenant_id, hour, site_id, day, events)
SELECT s.tenant_id, to_timestamp(l.hour / 1000.0), s.id, l.day, l.events
FROM unnest($1::text[], $2::text[], $3::float8[], $4::bigint[]) AS l(site_id, day, hour, events)
JOIN site s ON s.id = l.site_id ORDER BY 1, 2, 3, 4
ON CONFLICT (tenant_id, hour, site_id, day) DO UPDATE SET events = u.events + excluded.events`;

/** Adds what the ledger has counted, in its transaction. Nothing else writes these rows: what is taken out again later was stored, and stays counted. */
export async function countHours(
  client: Pick<PoolClient, 'query'>,
  hours: readonly SiteHour[],
): Promise<void> {
  if (hours.length === 0) return;
  await client.query(ADD, [
    hours.map(({ siteId }) => siteId),
    hours.map(({ day }) => day),
    hours.map(({ hour }) => hour),
    hours.map(({ events }) => events),
  ]);
}
