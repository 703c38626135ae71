import { withAudit } from '@footfall/db/with-audit';
import type { Pool } from '@footfall/postgres/pool';
import { type Actor, changed } from './draft.ts';

/**
 * Says whether a plan may be tried without a card: in all its versions, also those to come.
 * @throws Failure `plan_changed` where it is not one that is sold in versions
 */
export function offerTrial(
  pool: Pool,
  name: string,
  { isOffered, actor }: { isOffered: boolean; actor: Actor },
): Promise<void> {
  const action = isOffered ? 'plan.offer_trial' : 'plan.end_trials';
  return withAudit(pool, { actor, action, subject: name, aboutTenant: null }, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE plan SET is_trial = $2 WHERE family = (SELECT p.family FROM plan p WHERE p.name = $1)',
      [name, isOffered],
    );
    if (rowCount === 0) throw changed(name);
  });
}
