import { checkAll } from '@footfall/core/failure';
import { checkPassword } from '@footfall/db/account/password';
import { findUser, findUserByEmail, normaliseEmail, type User } from '@footfall/db/account/user';
import { checkTenantName, createTenant } from '@footfall/db/tenant/tenant';
import { type MailServices, noteMail, sendVerification, tellOfAccount } from '#account/mails.ts';
import { asFailure } from '#runtime/failure.ts';
import type { Services } from '#runtime/services.ts';
import type { Locale } from '#words/locale.ts';
import { type Asker, checkCredentials, type SignInServices } from './credentials.ts';
import { authFailure, tooManyAttempts } from './errors.ts';

type NewAccount = { name: string; email: string; password: string; locale: Locale };

type SignUp = Services['config']['signUp'];

/** Who may sign up, as the operator has said since, else as SIGN_UP says. */
export const readSignUp = async ({
  config,
  settings,
}: {
  config: Pick<Services['config'], 'signUp'>;
  settings: Pick<Services['settings'], 'signUp'>;
}): Promise<SignUp> => (await settings.signUp()) ?? config.signUp;

/** @throws Failure `sign_up_invited`, `sign_up_closed` unless everyone may sign up */
export function checkOpen(signUp: SignUp): void {
  if (signUp === 'invited') throw authFailure('sign_up_invited', 'accounts are made by invitation here');
  if (signUp === 'closed') throw authFailure('sign_up_closed', 'no accounts are made here');
}

/** The one answer to whoever cannot have an account of this address. It says what to do, not why. */
const refused = () =>
  authFailure('sign_up_refused', 'no account could be made of this. If you have one already, sign in');

/**
 * Makes an account and its first user, or signs in whoever has one with this address and password. An address that somebody has is
 * answered as late as a new one: either way one password is hashed, and nobody waits for the mail.
 * @throws Failure `sign_up_invited`, `sign_up_closed`, `invalid_name`, `invalid_email`, `weak_password`, `common_password`,
 *   `too_many_attempts`, `too_busy`, `sign_up_refused`
 */
export async function createAccount(
  account: NewAccount,
  asker: Asker,
  services: SignInServices & MailServices & Pick<Services, 'settings' | 'billing'>,
): Promise<{ user: User; isNew: boolean } | { needsCode: User }> {
  const { database, attempts, passwords } = services;
  checkOpen(await readSignUp(services));
  const { email, password } = account;
  checkAll(
    () => checkTenantName(account.name),
    () => normaliseEmail(email),
    () => checkPassword(password, account),
  );
  const wait = await attempts.countSignUp(asker.client);
  if (wait > 0) throw tooManyAttempts(wait);
  if ((await findUserByEmail(database, email)) !== null) {
    const result = await checkCredentials({ email, password }, asker, services);
    if ('user' in result) return { user: result.user, isNew: false };
    if ('needsCode' in result) return result;
    noteMail(services, tellOfAccount(services, account));
    // That there is something to wait for would tell that there is an account.
    throw refused();
  }
  try {
    const request = { ...account, isSoldTo: services.billing !== null };
    const { userId } = await createTenant(database, request, (work) => passwords.run(work));
    const user = await findUser(database, userId);
    if (user === null) throw refused();
    noteMail(services, sendVerification(services, { user, locale: account.locale }));
    return { user, isNew: true };
  } catch (error) {
    // Somebody was faster.
    throw asFailure(error)?.code === 'email_taken' ? refused() : error;
  }
}
