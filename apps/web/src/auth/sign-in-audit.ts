import { recordOfUser } from '@footfall/db/account/user-audit';
import type { Services } from '#runtime/services.ts';

type Needs = Pick<Services, 'database' | 'log'>;

type AccountEvent = {
  email: string;
  client: string;
  action: 'user.sign_in' | 'user.sign_in_failed' | 'user.proof_failed';
};

/**
 * Writes what was tried with an account into the audit of the tenants that it belongs to. Nobody waits for it: how long an answer
 * takes must not tell whether there is such an account. Limits of attempts bound how many there are.
 */
export function noteAttempt({ database, log }: Needs, { email, client, action }: AccountEvent): void {
  recordOfUser(database, { email }, { action, address: client }).catch((err: unknown) =>
    log.warn({ err, action }, 'an attempt is missing in the audit'),
  );
}
