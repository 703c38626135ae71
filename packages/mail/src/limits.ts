import type { Pool } from '@footfall/postgres/pool';
import { TEMPLATE_NAMES, TEMPLATES, type TemplateName } from './template.ts';

/** Mails that strangers can have sent: with our forms nobody floods somebody else's mailbox, or gets our server's name onto a list of senders of spam. */
export const MAIL_LIMITS = {
  /** To one address, in an hour. */
  recipientPerHour: 10,
  /** For one tenant, in a day. */
  tenantPerDay: 500,
} as const;

const LIMITED: readonly TemplateName[] = TEMPLATE_NAMES.filter((name) => TEMPLATES[name].isAskedByStrangers);

/** What a limit is asked about. */
type LimitedMail = { recipient: string; aboutTenant: string | null; template: string };

// What was sent, by whichever scheduler.
const SENT = `
SELECT count(*) FILTER (WHERE recipient = $1 AND sent_at > to_timestamp($4 / 1000.0) - interval '1 hour') AS recipient,
  count(*) FILTER (WHERE about_tenant = $2) AS tenant
FROM mail
WHERE state = 'sent' AND template = ANY ($3) AND created_at > to_timestamp($4 / 1000.0) - interval '4 days'
  AND sent_at > to_timestamp($4 / 1000.0) - interval '1 day' AND (recipient = $1 OR about_tenant = $2)`;

/** Why a mail must not go out now, in a few words; null when it may. `now` is epoch milliseconds. */
export async function limitProblem(pool: Pool, mail: LimitedMail, now: number): Promise<string | null> {
  if (!(LIMITED as readonly string[]).includes(mail.template)) return null;
  const { rows } = await pool.query<{ recipient: number; tenant: number }>(SENT, [
    mail.recipient,
    mail.aboutTenant,
    LIMITED,
    now,
  ]);
  const { recipient = 0, tenant = 0 } = rows[0] ?? {};
  const { recipientPerHour, tenantPerDay } = MAIL_LIMITS;
  if (recipient >= recipientPerHour) return `more than ${recipientPerHour} mails to this address in an hour`;
  if (tenant >= tenantPerDay) return `more than ${tenantPerDay} mails for this tenant in a day`;
  return null;
}
