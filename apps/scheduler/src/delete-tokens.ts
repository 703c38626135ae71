import { deleteTokensBefore } from '@footfall/db/tenant/expiry';
import type { ChorePorts, ChoreRun } from './chore.ts';

/** Deletes invitations and links of mails whose time is up: they open nothing, and have addresses in them. */
export const deleteExpiredTokens = ({ pool }: ChorePorts, { now }: ChoreRun): Promise<void> =>
  deleteTokensBefore(pool, now);
