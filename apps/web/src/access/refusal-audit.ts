import { recordAudit } from '@footfall/db/tenant/audit';
import { tenantTransaction } from '@footfall/db/tenant/transaction';
import { LRUCache } from 'lru-cache';
import { services } from '#runtime/services.ts';
import { clientOfRequest, currentMember } from './session.ts';

/** The same refusal is written once in this time, milliseconds: who reloads a page a hundred times has tried one thing. */
const ONCE_IN_MS = 10 * 60_000;
const noted = new LRUCache<string, true>({ max: 10_000, ttl: ONCE_IN_MS });

async function writeRefusal(subject: string): Promise<void> {
  const member = await currentMember();
  if (member === null) return;
  const { user, tenant } = member;
  const key = `${user.id} ${subject}`;
  if (noted.has(key)) return;
  noted.set(key, true);
  const actor = { id: user.id, address: await clientOfRequest() };
  const entry = { tenantId: tenant.tenantId, actor, action: 'access.refused', subject };
  await tenantTransaction(services().database, tenant.tenantId, (transaction) =>
    recordAudit(transaction, entry),
  );
}

/** Writes into the audit that somebody asked for what their role does not include. Nobody waits for it. */
export function noteRefusal(subject: string): void {
  writeRefusal(subject).catch((err: unknown) =>
    services().log.warn({ err }, 'a refusal is missing in the audit'),
  );
}
