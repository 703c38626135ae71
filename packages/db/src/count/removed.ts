import type { PoolClient } from '@footfall/postgres/pool';

/** Events that were taken out: by local day and month (UTC) of their receipt, and what they had counted for the plan. */
export type RemovedDay = { day: string; month: string; events: number; counted: number };

const COUNT = `
INSERT INTO ledger_day (site_id, day, outcome, count)
SELECT $1, day, 'removed', sum(events)::bigint FROM unnest($2::text[], $3::bigint[]) AS r(day, events) GROUP BY day ORDER BY day
ON CONFLICT (site_id, day, outcome) DO UPDATE SET count = ledger_day.count + excluded.count`;

const GIVE_BACK = `
UPDATE usage_month AS u SET counted = greatest(0, u.counted - r.counted)
FROM (SELECT month, sum(counted)::bigint AS counted FROM unnest($2::text[], $3::bigint[]) AS r(month, counted) GROUP BY month) AS r
WHERE u.month = r.month AND u.tenant_id = (SELECT tenant_id FROM site WHERE id = $1)`;

/**
 * Notes that stored events of a site were taken out again, in the transaction of a connection: the ledger keeps them as `stored` and
 * counts them as `removed` besides, and the plan has room for as many again.
 */
export async function countRemoved(
  client: PoolClient,
  siteId: string,
  removed: readonly RemovedDay[],
): Promise<void> {
  const events = removed.map(({ events }) => events);
  await client.query(COUNT, [siteId, removed.map(({ day }) => day), events]);
  const counted = removed.map(({ counted }) => counted);
  await client.query(GIVE_BACK, [siteId, removed.map(({ month }) => month), counted]);
}
