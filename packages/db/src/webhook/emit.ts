import type { Pool } from '@footfall/postgres/pool';

/** How long what is known of deliveries is kept, days. Nothing is told that is older, so that nothing is told twice. */
const KEPT_DAYS = 30;

// Each says once what there is to say: the endpoints of a tenant, and a key by which the same thing is told once.
const QUEUE = `
INSERT INTO webhook_delivery (id, tenant_id, endpoint_id, event, dedupe_key, data)
SELECT 'delivery_' || replace(gen_random_uuid()::text, '-', ''), e.tenant_id, e.id, found.event, found.key, found.data
FROM found JOIN webhook_endpoint e ON e.tenant_id = found.tenant_id AND e.enabled AND found.event = ANY (e.events)
ON CONFLICT (endpoint_id, dedupe_key) DO NOTHING`;

const STORED_DAYS = `
SELECT s.id, s.tenant_id, s.domain, min(l.day) AS first, max(l.day) AS last
FROM site s JOIN ledger_day l ON l.site_id = s.id AND l.outcome = 'stored' AND l.count > 0
WHERE s.enabled AND s.deleted_at IS NULL AND s.tenant_id IN (SELECT tenant_id FROM webhook_endpoint WHERE enabled)
GROUP BY s.id, s.tenant_id, s.domain`;

const ofSite = (event: string, key: string, data: string, when: string) => `
WITH days AS (${STORED_DAYS}), found AS (
  SELECT tenant_id, '${event}' AS event, '${event} ' || id || ${key} AS key,
    jsonb_build_object('site_id', id, 'domain', domain${data}) AS data
  FROM days WHERE ${when})
${QUEUE}`;

/** The first day of a site's events is today or yesterday. */
const FIRST_EVENT = ofSite(
  'site.first_event',
  `''`,
  '',
  `first >= ((now() AT TIME ZONE 'UTC')::date - 1)::text`,
);

/** The last day of a site's events ended a day ago, and not longer than three: an endpoint that is new is not told of shops that closed. */
const SILENT = ofSite(
  'site.silent',
  `' ' || last`,
  `, 'last_day', last`,
  `last < ((now() AT TIME ZONE 'UTC')::date - 1)::text AND last >= ((now() AT TIME ZONE 'UTC')::date - 4)::text`,
);

/** From this share of the plan's events on a tenant is warned, as the portal does. */
const WARNED_FROM = 0.8;

const QUOTA = `
WITH used AS (
  SELECT t.id, u.month, u.events, p.event_limit_per_month AS most
  FROM usage_month u JOIN tenant t ON t.id = u.tenant_id JOIN plan p ON p.name = t.plan
  WHERE u.month = to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM') AND p.event_limit_per_month > 0
), found AS (
  SELECT id AS tenant_id, event, event || ' ' || month AS key,
    jsonb_build_object('month', month, 'events', events, 'limit', most) AS data
  FROM used, (VALUES ('quota.warning', ${WARNED_FROM}), ('quota.exceeded', 1)) AS level(event, share)
  WHERE events >= most * share)
${QUEUE}`;

const FORGET = `DELETE FROM webhook_delivery WHERE created_at < now() - ${KEPT_DAYS} * interval '1 day'`;

/** Queues what there is to tell tenants, each thing once, and forgets deliveries of a month ago. May be done again. */
export async function emitWebhooks(pool: Pool): Promise<void> {
  for (const statement of [FIRST_EVENT, SILENT, QUOTA, FORGET]) await pool.query(statement);
}
