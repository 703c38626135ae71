import { type SendOptions, sendDue } from '@footfall/mail/send-due';
import type { Pool } from '@footfall/postgres/pool';
import { every } from '@footfall/timing/every';
import { throttledLog } from '@footfall/timing/throttled-log';

/** Between two looks for mails, milliseconds: somebody waits before their mailbox. */
const PAUSE_MS = 2_000;

export type Mailer = {
  /** Begins no other mail, and waits for the one in hand. */
  stop(): Promise<void>;
};

/** Sends mails as they become due, until it is stopped; with other schedulers on the same database, each mail by one of them. */
export function startMailer(pool: Pool, options: Omit<SendOptions, 'signal'>, pauseMs = PAUSE_MS): Mailer {
  const stopping = new AbortController();
  const onError = throttledLog<unknown>((err, leftOut) =>
    options.log.warn({ err, leftOut }, 'mails wait for the database'),
  );
  const sending = every(
    pauseMs,
    async () => {
      await sendDue(pool, { ...options, signal: stopping.signal });
    },
    (err) => onError('database', err),
  );
  return {
    stop: async () => {
      stopping.abort();
      await sending.stop();
      options.transport?.close();
    },
  };
}
