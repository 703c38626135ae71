import type { Pool } from '@footfall/postgres/pool';
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { type MailBody, openBody } from './body.ts';
import { limitProblem } from './limits.ts';
import { claimMail, endMail, failMail, type OutgoingMail } from './outgoing.ts';
import { findTemplate } from './template.ts';
import { SendError, type Sender, type Transport } from './transport.ts';

/** Between attempts, milliseconds: some twenty in two days. */
const RETRY: Backoff = { min: 30_000, max: 4 * 3_600_000, jitter: 0.2 };

/** The most mails of one call; what is left is due at the next. */
const AT_ONCE = 100;

export type MailLog = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;

export type SendOptions = {
  /** What bodies were sealed with. */
  secret: string;
  /** Null: there is no mail server, and mails are kept. */
  transport: Transport | null;
  from: Sender;
  log: MailLog;
  /** Epoch milliseconds. */
  now: () => number;
  /** Aborted: no other mail is begun. */
  signal?: AbortSignal | undefined;
};

/** The same at each attempt. Its host is the sender's, as of a mail that a person writes. */
const messageId = (id: string, { address }: Sender): string =>
  `<${id}@${address.slice(address.lastIndexOf('@') + 1)}>`;

const describe = (mail: OutgoingMail) => ({ mail: mail.id, kind: mail.template, to: mail.recipient });

/** Sends one mail. Rejects with a {@link SendError} when it was not taken. */
async function send(mail: OutgoingMail, transport: Transport, { secret, from }: SendOptions): Promise<void> {
  const { id, recipient, subject, body } = mail;
  let opened: MailBody;
  try {
    if (body === null) throw new Error('it has no body');
    opened = openBody(body, secret);
  } catch (cause) {
    throw new SendError('its body cannot be opened: FOOTFALL_SECRET is another than it was', {
      isFinal: true,
      cause,
    });
  }
  await transport.send({ id: messageId(id, from), from, to: recipient, subject, ...opened });
}

/** From when on a mail is not tried any more, epoch milliseconds. */
const findEnd = ({ template, createdAt }: OutgoingMail): number =>
  createdAt + (findTemplate(template)?.giveUpMs ?? 0);

/** When a mail that was not taken is due again; null: never. */
function nextAttempt(mail: OutgoingMail, error: unknown, now: number): number | null {
  if (error instanceof SendError && error.isFinal) return null;
  const dueAt = Math.ceil(now + backoffPause(mail.attempts, RETRY));
  return dueAt < findEnd(mail) ? dueAt : null;
}

/** Why a mail must not go out any more, or not now; null when it may. */
async function refusal(pool: Pool, mail: OutgoingMail, now: number): Promise<string | null> {
  if (now < findEnd(mail)) return limitProblem(pool, mail, now);
  const tooLate = 'it waited for so long that nobody expects it any more';
  return mail.error === null ? tooLate : `${mail.error}; then ${tooLate}`;
}

async function attempt(pool: Pool, mail: OutgoingMail, options: SendOptions): Promise<void> {
  const { transport, log, now } = options;
  const about = describe(mail);
  if (transport === null) {
    await endMail(pool, mail, { state: 'kept', now: now() });
    log.warn(about, 'a mail is kept: without SMTP_URL none is sent');
    return;
  }
  const refused = await refusal(pool, mail, now());
  if (refused !== null) {
    await failMail(pool, mail, { error: refused, dueAt: null });
    log.warn({ ...about, reason: refused }, 'a mail is not sent');
    return;
  }
  try {
    await send(mail, transport, options);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const dueAt = nextAttempt(mail, error, now());
    await failMail(pool, mail, { error: said, dueAt });
    if (dueAt === null) log.error({ ...about, reason: said }, 'a mail could not be sent, and is given up');
    else
      log.warn(
        { ...about, reason: said, attempts: mail.attempts },
        'a mail could not be sent; it is tried again',
      );
    return;
  }
  await endMail(pool, mail, { state: 'sent', now: now() });
}

/**
 * Sends the mails that are due, or keeps them for the operator where there is no mail server. Any number of processes may do so at once:
 * each mail is claimed by one. A process that dies between sending and noting it leaves a mail that is sent again minutes later, with the
 * same Message-ID. Answers how many were in hand.
 */
export async function sendDue(pool: Pool, options: SendOptions): Promise<number> {
  let count = 0;
  while (count < AT_ONCE && options.signal?.aborted !== true) {
    const mail = await claimMail(pool, options.now());
    if (mail === undefined) break;
    count += 1;
    await attempt(pool, mail, options);
  }
  return count;
}
