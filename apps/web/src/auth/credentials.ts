import { authenticate, type User } from '@footfall/db/account/user';
import type { Database } from '@footfall/db/prisma';
import { Attempts } from './attempts.ts';

const QUARTER_HOUR = 15 * 60_000;

/** What one account, and one address, may get wrong. */
const LIMITS = {
  email: { most: 10, windowMs: QUARTER_HOUR },
  client: { most: 100, windowMs: QUARTER_HOUR },
} as const;

// One a process, however often this module is bundled.
const KEY = Symbol.for('footfall.web.attempts');
type Counters = Record<keyof typeof LIMITS, Attempts>;
const holder = globalThis as { [KEY]?: Counters };

function counters(): Counters {
  holder[KEY] ??= { email: new Attempts(LIMITS.email), client: new Attempts(LIMITS.client) };
  return holder[KEY];
}

export type SignInResult = { user: User } | { refused: 'wrong' } | { refused: 'wait'; seconds: number };

/** Checks an e-mail address and a password; only what is wrong counts against the limits. `client` is the asker's address. */
export async function checkCredentials(
  credentials: { email: string; password: string },
  { database, client }: { database: Database; client: string },
): Promise<SignInResult> {
  const { email, client: clients } = counters();
  const account = credentials.email.trim().toLowerCase();
  const seconds = Math.max(email.waitSeconds(account, Date.now()), clients.waitSeconds(client, Date.now()));
  if (seconds > 0) return { refused: 'wait', seconds };
  const user = await authenticate(database, credentials);
  if (user !== null) {
    email.forget(account);
    return { user };
  }
  email.count(account, Date.now());
  clients.count(client, Date.now());
  return { refused: 'wrong' };
}
