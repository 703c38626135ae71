import { findMail, listMails, MAIL_STATES, type MailRow, type MailState } from '@footfall/db/staff/mails';
import type { Cursor, Page } from '@footfall/db/staff/page';
import { recordAudit } from '@footfall/db/tenant/audit';
import { tenantTransaction } from '@footfall/db/tenant/transaction';
import { type MailBody, openBody } from '@footfall/mail/body';
import { type Account, clientOfRequest } from '#access/session.ts';
import { staffServices } from '#runtime/staff-services.ts';

export { MAIL_STATES };

/** The state that a text names; null for any other: mails of all states. */
export const mailState = (text: string): MailState | null =>
  MAIL_STATES.find((state) => state === text) ?? null;

/** A page of the installation's mails, latest first. */
export function loadMails(state: MailState | null, after: Cursor | null): Promise<Page<MailRow>> {
  return listMails(staffServices().staffPool, { state, after });
}

/** What became of a body: `none`, there is none to open; `unreadable`, it was sealed with another secret. */
export type OpenedMail = MailBody | 'none' | 'unreadable';

function open(sealed: Uint8Array | null, mail: MailRow): OpenedMail {
  if (sealed === null) return 'none';
  const { config, log } = staffServices();
  try {
    return openBody(sealed, config.secret);
  } catch (err) {
    log.error({ err, mail: mail.id }, 'a mail cannot be opened');
    return 'unreadable';
  }
}

/** Whoever reads a mail that was written to somebody else leaves a trace: in the log, and in the audit of the tenant it is about. */
async function noteOpening({ id, aboutTenant, recipient, template }: MailRow, by: Account): Promise<void> {
  const { log, database } = staffServices();
  log.warn({ mail: id, kind: template, to: recipient, by: by.user.id }, 'a kept mail was opened');
  if (aboutTenant === null) return;
  const actor = { id: by.user.id, address: await clientOfRequest() };
  const entry = { tenantId: aboutTenant, actor, action: 'mail.open', subject: id, details: { template } };
  await tenantTransaction(database, aboutTenant, (transaction) => recordAudit(transaction, entry));
}

/** A mail, opened where it is kept for the operator to hand on; null where there is none. */
export async function openMail(id: string, by: Account): Promise<{ mail: MailRow; body: OpenedMail } | null> {
  const found = await findMail(staffServices().staffPool, id);
  if (found === null) return null;
  const body = open(found.sealed, found.mail);
  if (typeof body !== 'string') await noteOpening(found.mail, by);
  return { mail: found.mail, body };
}
