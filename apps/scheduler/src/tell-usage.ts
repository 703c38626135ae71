import { checkUsage as check } from '@footfall/billing/usage/check-usage';
import { tellUsage as tell } from '@footfall/billing/usage/meter-outbox';
import type { ChorePorts, ChoreRun } from './chore.ts';

/** Tells the payment provider what was used; nothing without billing. */
export async function tellUsage({ pool, billing }: ChorePorts, { now, signal }: ChoreRun): Promise<void> {
  if (billing !== null) await tell(pool, { meters: billing.meters, log: billing.log, now, signal });
}

/** Compares the ledger, the hours and the payment provider's sums; nothing without billing. */
export async function checkUsage({ pool, billing }: ChorePorts, { now, signal }: ChoreRun): Promise<void> {
  if (billing !== null) await check(pool, { meters: billing.meters, log: billing.log, now, signal });
}
