import { createHash } from 'node:crypto';
import { newId } from '@footfall/db/id';
import { sealBody } from './body.ts';
import { type MailSubject, renderMail } from './render.ts';
import type { MailLocale } from './words.ts';

/** A mail to somebody. */
export type NewMail = MailSubject & {
  /** The address, as it is kept of a user. */
  to: string;
  locale: MailLocale;
  /** The tenant that it is sent for; absent: a person's own matter. */
  aboutTenant?: string | undefined;
  /** Of mails with the same key one is sent. */
  dedupeKey?: string | undefined;
};

/** Anything that takes a statement: a pool, or a client in a transaction, with which the mail is queued when that is committed. */
export type Queryable = { query(text: string, values: unknown[]): Promise<unknown> };

/** What of the installation a mail needs: the secret that seals it until it is sent, and the portal's address for its links. */
export type MailInstallation = { secret: string; webUrl: string };

// ON CONFLICT names no column: that would be reading, which the portal may not. Due in whole milliseconds, which is how senders read the
// clock: by its microseconds a mail would not be due yet to one that looks within the same millisecond.
const INSERT = `
INSERT INTO mail (id, dedupe_key, about_tenant, recipient, locale, template, subject, body, due_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, date_trunc('milliseconds', now())) ON CONFLICT DO NOTHING`;

/** A key is stored as a hash: it may have an address in it. */
const hashKey = (key: string): string => createHash('sha256').update(key).digest('base64url');

/**
 * Queues a mail, which the scheduler sends. It is rendered now, in its reader's language, and sealed: it has tokens in it, and whoever
 * may read the database must not be able to use them.
 */
export async function queueMail(
  db: Queryable,
  { secret, webUrl }: MailInstallation,
  mail: NewMail,
): Promise<void> {
  const { to, locale, template, aboutTenant = null, dedupeKey } = mail;
  const { subject, ...body } = renderMail(mail, { locale, webUrl });
  const sealed = sealBody(body, secret);
  const key = dedupeKey === undefined ? null : hashKey(`${template} ${dedupeKey}`);
  await db.query(INSERT, [newId('mail'), key, aboutTenant, to, locale, template, subject, sealed]);
}
