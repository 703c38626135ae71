import type { Pool } from '@footfall/postgres/pool';
import { askRows } from './page.ts';

/** What is wrong with what is counted for money. */
export type UsageTrouble = {
  /** Of the last check: differences that it has found, and tenants that it could not compare; null: there was none yet. */
  lastCheck: { at: number; differences: number; unread: number } | null;
  /** Hours that should have been told by now. */
  overdue: number;
  /** Hours that cannot be told any more. */
  givenUp: number;
  /** What the payment provider has said in a week that it could not use. */
  reports: number;
};

const READ = `
SELECT
  (SELECT jsonb_build_object('at', (extract(epoch FROM checked_at) * 1000)::float8, 'differences', differences, 'unread', unread)
   FROM usage_check ORDER BY checked_at DESC LIMIT 1) AS "lastCheck",
  (SELECT count(*) FROM meter_hour WHERE sent_at IS NULL AND due_at < now() - interval '1 hour')::float8 AS overdue,
  (SELECT count(*) FROM meter_hour WHERE sent_at IS NULL AND due_at = 'infinity')::float8 AS "givenUp",
  (SELECT count(*) FROM payment_event WHERE type = 'v1.billing.meter.error_report_triggered'
     AND received_at > now() - interval '7 days')::float8 AS reports`;

/** What somebody should look at in what is counted for money. */
export async function findUsageTrouble(pool: Pool): Promise<UsageTrouble> {
  const [found] = await askRows<UsageTrouble>(pool, READ, []);
  return found ?? { lastCheck: null, overdue: 0, givenUp: 0, reports: 0 };
}
