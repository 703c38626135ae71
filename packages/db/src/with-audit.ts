import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import { PLATFORM_AUDIT, type PlatformAct, platformAuditValues } from './platform-audit.ts';

/** Changes something with its entry in the audit of the platform, both or neither. Answers what the change does. */
export function withAudit<T>(
  pool: Pool,
  act: PlatformAct,
  change: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return transaction(pool, async (client) => {
    const changed = await change(client);
    await client.query(PLATFORM_AUDIT, platformAuditValues(act));
    return changed;
  });
}
