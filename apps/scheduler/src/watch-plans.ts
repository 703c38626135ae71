import { watchPlans as watch } from '@footfall/billing/usage/watch-plans';
import type { ChorePorts, ChoreRun } from './chore.ts';

/** Judges the months of tenants, and tells them of plans and payments; nothing without billing. */
export async function watchPlans(
  { pool, billing, mails }: ChorePorts,
  { now, signal }: ChoreRun,
): Promise<void> {
  if (billing !== null) await watch(pool, { mails, log: billing.log, now, signal });
}
