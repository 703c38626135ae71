import { recordOfUser } from '@footfall/db/account/user-audit';
import type { Services } from '#runtime/services.ts';

type Needs = Pick<Services, 'database' | 'log'>;

/**
 * Writes a sign-in, or one that failed, into the audit of the tenants that the account belongs to. Nobody waits for it: how long an
 * answer takes must not tell whether there is such an account. Limits of attempts bound how many there are.
 */
export function noteSignIn(
  { database, log }: Needs,
  { email, client, succeeded }: { email: string; client: string; succeeded: boolean },
): void {
  const action = succeeded ? 'user.sign_in' : 'user.sign_in_failed';
  recordOfUser(database, { email }, { action, address: client }).catch((err: unknown) =>
    log.warn({ err }, 'a sign-in is missing in the audit'),
  );
}
