import { checkDueDomains } from '@footfall/db/tenant/sign-on';
import type { ChorePorts, ChoreRun } from './chore.ts';

/** Domains a run. */
const BATCH = 50;

/** Looks at the domains that teams sign in with, each every six hours; answers how many. */
export const checkSignOnDomains = (
  { pool, checkRecord }: ChorePorts,
  { signal }: ChoreRun,
): Promise<number> => checkDueDomains(pool, checkRecord, { limit: BATCH, signal });
