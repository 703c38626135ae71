import type { Pool } from '@footfall/postgres/pool';
import { decideFor, findMovable, type MoveOptions } from './carry-out.ts';
import type { Skipped } from './decide.ts';
import type { NewMove } from './move.ts';

/** What a move would be for one subscriber: the next invoice in the smallest unit, or why they are not moved. */
export type PreviewedOne = {
  tenantId: string;
  name: string;
  outcome:
    | { kind: 'invoice'; total: number; currency: string; before: number | null }
    | { kind: 'left'; why: Skipped | 'no_price' | 'moved' };
};

/** Subscribers whose invoice is previewed. */
const SAMPLE = 5;

// Each time the same ones, the oldest first.
const WHO = `
SELECT s.tenant_id AS "tenantId", t.name, b.customer_id AS "customerId" FROM subscription s
JOIN tenant t ON t.id = s.tenant_id JOIN billing_account b ON b.tenant_id = s.tenant_id
WHERE s.plan = $1 AND b.customer_id IS NOT NULL AND s.status NOT IN ('incomplete', 'incomplete_expired', 'canceled')
ORDER BY s.anchor, s.tenant_id LIMIT ${SAMPLE}`;
type Who = { tenantId: string; name: string; customerId: string };

/**
 * What the next invoices of some subscribers would be after a move, as the payment provider reckons them; nothing is changed.
 * @throws Failure `provider_unavailable`, `provider_refused`
 */
export async function previewMove(
  pool: Pool,
  { from, to, trialEndsAt }: Omit<NewMove, 'manner'>,
  options: Pick<MoveOptions, 'gateway' | 'moves'>,
): Promise<PreviewedOne[]> {
  const { rows } = await pool.query<Who>(WHO, [from]);
  return Promise.all(
    rows.map(async ({ tenantId, name, customerId }): Promise<PreviewedOne> => {
      const subscription = await findMovable(customerId, options);
      const decision = await decideFor(pool, subscription, { from, to });
      if (decision.kind !== 'move' || subscription === null) {
        const why = 'why' in decision ? decision.why : 'moved';
        return { tenantId, name, outcome: { kind: 'left', why } };
      }
      const next = await options.moves.previewMove({ subscription, priceId: decision.priceId, trialEndsAt });
      return { tenantId, name, outcome: { kind: 'invoice', ...next, before: subscription.amount } };
    }),
  );
}
