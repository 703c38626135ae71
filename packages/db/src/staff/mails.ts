import type { Pool } from '@footfall/postgres/pool';
import { askRows, type Cursor, PAGE_ROWS, type Page, pageFrom } from './page.ts';

/** What can be the matter with a mail; `kept`: there is no mail server, and the operator hands it on. */
export const MAIL_STATES = ['queued', 'sent', 'kept', 'failed'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A mail without what it says. */
export type MailRow = {
  id: string;
  aboutTenant: string | null;
  recipient: string;
  locale: string;
  template: string;
  subject: string;
  state: MailState;
  attempts: number;
  /** Why it has not been taken. */
  error: string | null;
  createdAt: Date;
  sentAt: Date | null;
};

const ROW = `
SELECT id, about_tenant AS "aboutTenant", recipient, locale, template, subject, state, attempts, error,
  created_at AS "createdAt", sent_at AS "sentAt" FROM staff.mail`;

const LIST = `${ROW}
WHERE ($1::text IS NULL OR state = $1) AND ($2::timestamptz IS NULL OR (created_at, id) < ($2::timestamptz, $3::text))
ORDER BY created_at DESC, id DESC LIMIT ${PAGE_ROWS + 1}`;

/** Mails of the installation, latest first: all, or those of a state. */
export async function listMails(
  pool: Pool,
  { state, after }: { state: MailState | null; after: Cursor | null },
): Promise<Page<MailRow>> {
  const values = [state, after?.at ?? null, after?.id ?? null];
  return pageFrom(await askRows<MailRow>(pool, LIST, values));
}

/** A mail, with its body, sealed, where it is kept; null where there is none of this id. */
export async function findMail(
  pool: Pool,
  id: string,
): Promise<{ mail: MailRow; sealed: Uint8Array | null } | null> {
  const text = `SELECT m.*, staff.kept_mail_body(m.id) AS sealed FROM (${ROW} WHERE id = $1) AS m`;
  const [row] = await askRows<MailRow & { sealed: Buffer | null }>(pool, text, [id]);
  if (row === undefined) return null;
  const { sealed, ...mail } = row;
  return { mail, sealed };
}

/** Mails that did not go out: given up within the last day, and waiting for longer than an hour. `since`: the first of them, epoch milliseconds. */
export type MailTrouble = { failed: number; late: number; since: number | null };

const TROUBLE = `
SELECT count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE state = 'queued') AS late,
  (extract(epoch FROM min(created_at)) * 1000)::float8 AS since FROM staff.mail
WHERE (state = 'failed' AND created_at > now() - interval '1 day') OR (state = 'queued' AND created_at < now() - interval '1 hour')`;

export async function findMailTrouble(pool: Pool): Promise<MailTrouble> {
  const [row] = await askRows<MailTrouble>(pool, TROUBLE, []);
  return row ?? { failed: 0, late: 0, since: null };
}
