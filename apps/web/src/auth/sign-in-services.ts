import { type SessionEnds, sessionStore } from '@footfall/db/account/session';
import type { Database } from '@footfall/db/prisma';
import type { Pool } from '@footfall/postgres/pool';
import { Turns } from '@footfall/timing/turns';
import type { Services } from '#runtime/services.ts';
import { createAttemptLimits } from './attempt-limits.ts';
import { cachedSessions } from './cached-sessions.ts';
import { authFailure } from './errors.ts';

/** Passwords that are hashed at once, and that wait: a few seconds of work. */
const HASHING = { atOnce: 2, waiting: 64 };

const tooBusy = () =>
  authFailure('too_busy', 'too many people sign in at this moment. Try again in a few seconds', {
    retryAfter: 5,
  });

/** What signing in and up works with, one of each a process. */
export function openSignIn(
  database: Database,
  pool: Pool,
  ends: SessionEnds,
): Pick<Services, 'sessions' | 'attempts' | 'passwords'> {
  return {
    sessions: cachedSessions(sessionStore(database, ends)),
    attempts: createAttemptLimits(pool),
    passwords: new Turns({ ...HASHING, full: tooBusy }),
  };
}
