import { PLATFORM_AUDIT, type PlatformAct, platformAuditValues } from '@footfall/db/platform-audit';
import type { Pool } from '@footfall/postgres/pool';
import { askProvider } from './publish.ts';

/** Writes an entry into the audit of the platform. */
export const note = (pool: Pool, act: PlatformAct) => pool.query(PLATFORM_AUDIT, platformAuditValues(act));

/**
 * Asks the payment provider for something that is noted first: money that moved is never without an entry. What it refuses is noted too.
 * @throws Failure `stripe_away`, `stripe_refused`
 */
export async function askNoted(pool: Pool, act: PlatformAct, work: () => Promise<void>): Promise<void> {
  await note(pool, act);
  try {
    await askProvider(work);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'internal';
    await note(pool, { ...act, action: `${act.action}_failed`, details: { ...act.details, code } });
    throw error;
  }
}
