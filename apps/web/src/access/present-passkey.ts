import type { User } from '@footfall/db/account/user';
import type { Asker } from '#auth/credentials.ts';
import { authFailure, tooManyAttempts } from '#auth/errors.ts';
import { checkAssertion } from '#auth/passkey.ts';
import type { PasskeyPurpose } from '#auth/passkey-challenge.ts';
import { noteAttempt } from '#auth/sign-in-audit.ts';
import type { Services } from '#runtime/services.ts';
import { takeChallenge } from './passkey-challenge.ts';
import { requireParty } from './passkeys.ts';

type Presented = {
  purpose: PasskeyPurpose;
  /** Whose it has to be; null: whoever's it is. */
  userId: string | null;
  /** The device makes sure who holds it. */
  needsUser: boolean;
};

/** What the audit calls it. A proof that was right is told by its action. */
const EVENTS = {
  sign_in: { right: 'user.sign_in', wrong: 'user.sign_in_failed' },
  second_factor: { right: 'user.sign_in', wrong: 'user.sign_in_failed' },
  prove: { right: null, wrong: 'user.proof_failed' },
} as const;

const refused = () => authFailure('passkey_refused', 'this passkey could not be used. Try again');

/**
 * Who has answered the challenge of this browser with their passkey. Counted as an attempt to sign in is, before anything is looked at.
 * @throws Failure `passkey_refused`, `too_many_attempts`, `no_passkeys_here`
 */
export async function presentPasskey(
  response: string,
  { purpose, userId, needsUser }: Presented & { purpose: keyof typeof EVENTS },
  { services, asker: { client } }: { services: Services; asker: Asker },
): Promise<User> {
  const party = requireParty();
  const { attempts, database } = services;
  const seconds = await attempts.countEntry(client);
  if (seconds > 0) throw tooManyAttempts(seconds);
  const challenge = await takeChallenge({ purpose, userId });
  if (challenge === null) throw refused();
  const result = await checkAssertion(response, database, { party, challenge, needsUser, userId });
  const { right, wrong } = EVENTS[purpose];
  if ('refused' in result) {
    if (result.refused !== null)
      noteAttempt(services, { email: result.refused.email, client, action: wrong });
    throw refused();
  }
  const { user } = result;
  await attempts.forgiveEntry(client);
  if (right !== null) noteAttempt(services, { email: user.email, client, action: right });
  return user;
}
