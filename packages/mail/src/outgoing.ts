import type { Pool } from '@footfall/postgres/pool';

/** A mail that this process has claimed, to send it. */
export type OutgoingMail = {
  id: string;
  aboutTenant: string | null;
  recipient: string;
  template: string;
  subject: string;
  /** Sealed. */
  body: Buffer | null;
  /** Attempts, with this one. */
  attempts: number;
  /** Why the last attempt failed. */
  error: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
};

/** Longer than an attempt may take: a mail that is claimed for longer was left by a process that has died. */
export const HOLD_MS = 5 * 60_000;

const CLAIM = `
WITH due AS (
  SELECT id FROM mail
  WHERE state = 'queued' AND due_at <= to_timestamp($1 / 1000.0) AND (held_until IS NULL OR held_until <= to_timestamp($1 / 1000.0))
  ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE mail SET held_until = to_timestamp(($1 + ${HOLD_MS}) / 1000.0), attempts = attempts + 1 FROM due WHERE mail.id = due.id
RETURNING mail.id, about_tenant AS "aboutTenant", recipient, template, subject, body, attempts, error,
  (extract(epoch FROM created_at) * 1000)::bigint AS "createdAt"`;

/** Takes the mail that has been due for longest, which no other process takes then; undefined when none is due. `now`: epoch milliseconds. */
export async function claimMail(pool: Pool, now: number): Promise<OutgoingMail | undefined> {
  return (await pool.query<OutgoingMail>(CLAIM, [now])).rows[0];
}

// Each is of the attempt that it belongs to: one that took too long changes nothing of the next.
const MINE = `id = $1 AND attempts = $2 AND state = 'queued'`;

const ENDS = {
  /** Emptied: what was sent is in a mailbox now, and nobody else's to read. */
  sent: `UPDATE mail SET state = 'sent', sent_at = to_timestamp($3 / 1000.0), body = NULL, held_until = NULL, error = NULL WHERE ${MINE}`,
  kept: `UPDATE mail SET state = 'kept', held_until = NULL WHERE ${MINE} AND $3::bigint IS NOT NULL`,
};

/** A mail has left, or is kept for the operator. */
export async function endMail(
  pool: Pool,
  { id, attempts }: OutgoingMail,
  { state, now }: { state: keyof typeof ENDS; now: number },
): Promise<void> {
  await pool.query(ENDS[state], [id, attempts, now]);
}

/** Longest text of a cause that is stored. */
const MAX_ERROR = 500;

/** An attempt has failed: the mail is due again at `dueAt` (epoch milliseconds), or null: given up, and emptied. */
export async function failMail(
  pool: Pool,
  { id, attempts }: OutgoingMail,
  { error, dueAt }: { error: string; dueAt: number | null },
): Promise<void> {
  const change = dueAt === null ? "state = 'failed', body = NULL" : `due_at = to_timestamp($4 / 1000.0)`;
  const values = [
    id,
    attempts,
    error.slice(0, MAX_ERROR).replaceAll('\0', ''),
    ...(dueAt === null ? [] : [dueAt]),
  ];
  await pool.query(`UPDATE mail SET ${change}, error = $3, held_until = NULL WHERE ${MINE}`, values);
}

/** The states of a mail, for people who operate an installation. */
const STATES = ['queued', 'sent', 'kept', 'failed'] as const;

/** How many mails there are, by state; one without any is 0. */
export async function countMails(pool: Pool): Promise<{ state: string; mails: number }[]> {
  const { rows } = await pool.query<{ state: string; mails: number }>(
    'SELECT s.state, count(m.id) AS mails FROM unnest($1::text[]) AS s(state) LEFT JOIN mail m ON m.state = s.state GROUP BY s.state',
    [STATES],
  );
  return rows;
}

/** Rows that go in one statement. */
const AT_ONCE = 1_000;

/** Deletes mails that were queued before an instant (epoch milliseconds) and are not to be sent any more; answers whether some may be left. */
export async function deleteMailsBefore(pool: Pool, before: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `DELETE FROM mail WHERE id IN (
       SELECT id FROM mail WHERE created_at < to_timestamp($1 / 1000.0) AND state <> 'queued' ORDER BY created_at LIMIT ${AT_ONCE})`,
    [before],
  );
  return rowCount === AT_ONCE;
}
