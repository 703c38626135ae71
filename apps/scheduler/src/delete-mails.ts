import { deleteMailsBefore } from '@footfall/mail/outgoing';
import type { ChorePorts, ChoreRun } from './chore.ts';

const KEPT_MS = 30 * 86_400_000;

/** Deletes mails of more than 30 days ago that are not to be sent any more. Done again it finds nothing. */
export async function deleteOldMails({ pool }: ChorePorts, { now, signal }: ChoreRun): Promise<void> {
  while (await deleteMailsBefore(pool, now - KEPT_MS)) signal.throwIfAborted();
}
