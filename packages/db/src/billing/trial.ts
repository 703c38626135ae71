import { TRIAL_DAYS, trialAddress } from '@footfall/core/billing/trial';
import type { Database } from '../prisma.ts';
import { type Actor, auditEntry } from '../tenant/audit.ts';
import { type Transaction, tenantTransaction } from '../tenant/transaction.ts';

/** What came of asking for a trial: it has begun; it, an owner's address or a shop had one before; no plan is to be tried. */
export type TrialAnswer = 'begun' | 'used' | 'none';

type Asked = { tenantId: string; actor: Actor };

async function note(transaction: Transaction, { tenantId, actor }: Asked): Promise<void> {
  await transaction.auditEntry.create({
    data: auditEntry({ tenantId, actor, action: 'billing.begin_trial', subject: tenantId }),
  });
}

/**
 * Puts a tenant that is being made on the public plan that costs nothing; where there is none, on the best one that is marked for trials,
 * with its trial if its owner's address has had none. With neither it stays on the plan that it is made with.
 */
export async function beginBasePlan(
  transaction: Transaction,
  { email, ...asked }: Asked & { email: string },
): Promise<void> {
  const addresses = [trialAddress(email)];
  const rows = await transaction.$queryRaw<{ began: TrialAnswer }[]>`
    SELECT public.begin_base_plan(${addresses}, ${TRIAL_DAYS}::integer) AS began`;
  if (rows[0]?.began === 'begun') await note(transaction, asked);
}

/**
 * Begins a tenant's trial: {@link TRIAL_DAYS} of the best public plan that is marked for it, once a tenant, an owner's address and a
 * shop's domain. Of several who ask at once one gets it.
 */
export function beginTrial(db: Database, asked: Asked): Promise<TrialAnswer> {
  return tenantTransaction(db, asked.tenantId, async (transaction) => {
    const owners = await transaction.membership.findMany({
      where: { tenantId: asked.tenantId, role: 'owner' },
      select: { user: { select: { email: true } } },
    });
    const addresses = owners.map(({ user }) => trialAddress(user.email));
    const rows = await transaction.$queryRaw<{ began: TrialAnswer }[]>`
      SELECT public.begin_trial(${addresses}, ${TRIAL_DAYS}::integer) AS began`;
    const answer = rows[0]?.began ?? 'none';
    if (answer === 'begun') await note(transaction, asked);
    return answer;
  });
}
