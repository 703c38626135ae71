import { truncateIp } from '@footfall/core/ip';
import type { Prisma } from '../../generated/client.ts';
import { newId } from '../id.ts';
import type { Database } from '../prisma.ts';

/** Who did it: a user's id, `api:<key id>`, or `cli` for the operator; with the address that it came from, where there is one. */
export type Actor = string | { id: string; address: string };

/** The id of who did it. */
export const actorId = (actor: Actor): string => (typeof actor === 'string' ? actor : actor.id);

/** What a change was about: values before and after it. */
type AuditDetails = Readonly<Record<string, unknown>>;

type Entry = { tenantId: string; actor: Actor; action: string; subject: string; details?: AuditDetails };

/** Longest text of details, characters of JSON: lists of a site can be long, and the audit is kept for long. */
const MAX_DETAILS = 4_000;

function boundDetails(details: AuditDetails): Prisma.InputJsonValue {
  const isLong = JSON.stringify(details).length > MAX_DETAILS;
  return (isLong ? { too_long: Object.keys(details) } : details) as Prisma.InputJsonValue;
}

/** The entry to write in the same transaction as what it tells of. Addresses are cut to /24 and /48, as those of visitors are. */
export function auditEntry({
  tenantId,
  actor,
  action,
  subject,
  details,
}: Entry): Prisma.AuditEntryUncheckedCreateInput {
  const { id, address } = typeof actor === 'string' ? { id: actor, address: '' } : actor;
  const network = truncateIp(address);
  return {
    id: newId('audit'),
    tenantId,
    actor: id,
    action,
    subject,
    ...(network === undefined ? {} : { address: network }),
    ...(details === undefined ? {} : { details: boundDetails(details) }),
  };
}

/** Tells of what was done outside of the control plane. */
export async function recordAudit(db: Pick<Database, 'auditEntry'>, entry: Entry): Promise<void> {
  await db.auditEntry.create({ data: auditEntry(entry) });
}

type Fields = Readonly<Record<string, unknown>>;

/** What a change makes of fields: those that differ, before and after it. */
export function changedFields(before: Fields, after: Fields): { before: Fields; after: Fields } {
  const changed = Object.keys(after).filter(
    (field) => after[field] !== undefined && JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const pick = (values: Fields) => Object.fromEntries(changed.map((field) => [field, values[field] ?? null]));
  return { before: pick(before), after: pick(after) };
}
