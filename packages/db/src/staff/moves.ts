import type { Pool } from '@footfall/postgres/pool';
import { askRows } from './page.ts';

/** Subscribers who are moved from one version of a plan to another, and how far that is. */
export type MoveRow = {
  id: string;
  to: string;
  manner: 'now' | 'period_end';
  state: 'running' | 'paused' | 'cancelled' | 'done';
  reason: string;
  createdAt: Date;
  endedAt: Date | null;
  waiting: number;
  moved: number;
  skipped: number;
  failed: number;
};

/** Moves that are shown of a version. */
const SHOWN = 20;
const count = (state: string) =>
  `(SELECT count(*) FROM plan_move_tenant x WHERE x.move_id = m.id AND x.state = '${state}')::float8 AS ${state}`;
const LIST = `
SELECT m.id, m.to_plan AS "to", m.manner, m.state, m.reason, m.created_at AS "createdAt", m.ended_at AS "endedAt",
  ${['waiting', 'moved', 'skipped', 'failed'].map(count).join(', ')}
FROM plan_move m WHERE m.from_plan = $1 ORDER BY m.created_at DESC, m.id DESC LIMIT ${SHOWN}`;

/** The moves away from a version of a plan, latest first. */
export const listMoves = (pool: Pool, from: string): Promise<MoveRow[]> => askRows(pool, LIST, [from]);

/** Whoever was not moved, and why. */
export type LeftRow = { tenantId: string; name: string; state: 'skipped' | 'failed'; note: string };

const MOST_LEFT = 100;
const LEFT = `
SELECT x.tenant_id AS "tenantId", t.name, x.state, coalesce(x.note, '') AS note
FROM plan_move_tenant x JOIN plan_move m ON m.id = x.move_id JOIN tenant t ON t.id = x.tenant_id
WHERE m.from_plan = $1 AND x.state IN ('skipped', 'failed') ORDER BY m.created_at DESC, x.state, t.name, t.id LIMIT ${MOST_LEFT}`;

/** Whoever was not moved away from a version of a plan, of the latest move first. */
export const listLeft = (pool: Pool, from: string): Promise<LeftRow[]> => askRows(pool, LEFT, [from]);

/** Those who pay for a version of a plan, by what they pay with; `isPriced`: whether the other version has such a price. */
export type MoveGroup = {
  currency: string | null;
  interval: string | null;
  subscribers: number;
  isPriced: boolean;
};

const GROUPS = `
SELECT x.currency, x.interval, count(*)::float8 AS subscribers,
  EXISTS (SELECT FROM plan_price n WHERE n.plan = $2 AND n.currency = x.currency AND n.interval = x.interval AND n.stripe_id IS NOT NULL) AS "isPriced"
FROM subscription s LEFT JOIN plan_price x ON x.stripe_id = s.price_id
WHERE s.plan = $1 AND s.status NOT IN ('incomplete', 'incomplete_expired', 'canceled')
GROUP BY x.currency, x.interval ORDER BY 1 NULLS LAST, 2`;

/** Who would be moved from one version of a plan to another. */
export const countMoved = (pool: Pool, { from, to }: { from: string; to: string }): Promise<MoveGroup[]> =>
  askRows(pool, GROUPS, [from, to]);
