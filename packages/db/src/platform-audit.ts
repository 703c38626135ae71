import { truncateIp } from '@footfall/core/ip';
import { newId } from './id.ts';
import type { Transaction } from './tenant/transaction.ts';

/** Something that the platform's staff did. `aboutTenant`: whom it concerns; null: the platform alone. */
export type PlatformAct = {
  actor: { id: string; address: string };
  action: string;
  subject: string;
  aboutTenant: string | null;
  details?: Readonly<Record<string, unknown>>;
};

/** The values of an entry in the audit of the platform, in the order of {@link PLATFORM_AUDIT}. Addresses are cut to their network. */
export function platformAuditValues({ actor, action, subject, aboutTenant, details }: PlatformAct): string[] {
  const network = truncateIp(actor.address) ?? '';
  return [
    newId('audit'),
    actor.id,
    action,
    subject,
    aboutTenant ?? '',
    network,
    JSON.stringify(details ?? null),
  ];
}

// Answers nothing: who writes an entry need not be allowed to read any.
export const PLATFORM_AUDIT = `
INSERT INTO platform_audit (id, actor, action, subject, about_tenant, address, details)
VALUES ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), nullif($7, 'null')::jsonb)`;

/** Writes what staff does into the audit of the platform, in the transaction in which it is done. */
export async function notePlatformAct(transaction: Transaction, act: PlatformAct): Promise<void> {
  await transaction.$executeRawUnsafe(PLATFORM_AUDIT, ...platformAuditValues(act));
}
