import { findUserByEmail, type User } from '@footfall/db/account/user';
import { recordOfUser } from '@footfall/db/account/user-audit';
import { issueToken } from '@footfall/db/account/user-token';
import type { MailSubject } from '@footfall/mail/render';
import type { Services } from '#runtime/services.ts';
import { type Locale, parseLocale } from '#words/locale.ts';

/** What sending a mail to somebody needs. */
export type MailServices = Pick<Services, 'database' | 'queueMail' | 'log'>;

/** Their own choice, else the language of whoever asked. */
const localeFor = (user: User, locale: Locale): Locale => parseLocale(user.locale ?? undefined) ?? locale;

/** Sends somebody a link that confirms their address. */
export async function sendVerification(
  { database, queueMail }: MailServices,
  { user, locale }: { user: User; locale: Locale },
): Promise<void> {
  const { id: userId, email } = user;
  const token = await issueToken(database, { userId, purpose: 'verify_email', email });
  await queueMail({ to: email, locale: localeFor(user, locale), template: 'verify_email', facts: { token } });
}

/** Sends whoever has an account with this address a link that sets their password; nothing where there is none. */
export async function sendReset(
  { database, queueMail }: MailServices,
  { email, client, locale }: { email: string; client: string; locale: Locale },
): Promise<void> {
  const user = await findUserByEmail(database, email);
  if (user === null) return;
  const { id: userId, email: to } = user;
  const token = await issueToken(database, { userId, purpose: 'reset_password', email: to });
  await queueMail({ to, locale: localeFor(user, locale), template: 'reset_password', facts: { token } });
  await recordOfUser(database, { id: userId }, { action: 'user.request_reset', address: client });
}

/** Sends whoever has an account with this address a link that signs them in; nothing where there is none. `browser`: the secret of the browser that asks. */
export async function sendSignInLink(
  { database, queueMail }: MailServices,
  { email, client, browser, locale }: { email: string; client: string; browser: string; locale: Locale },
): Promise<void> {
  const user = await findUserByEmail(database, email);
  if (user === null) return;
  const { id: userId, email: to } = user;
  const token = await issueToken(database, { userId, purpose: 'sign_in', email: to, browser });
  await queueMail({ to, locale: localeFor(user, locale), template: 'sign_in_link', facts: { token } });
  await recordOfUser(database, { id: userId }, { action: 'user.request_sign_in_link', address: client });
}

/** Sends somebody who is signed in a link that proves it is them, in the session whose id is `browser`. */
export async function sendProof(
  { database, queueMail }: Pick<MailServices, 'database' | 'queueMail'>,
  { user, browser, locale }: { user: User; browser: string; locale: Locale },
): Promise<void> {
  const { id: userId, email } = user;
  const token = await issueToken(database, { userId, purpose: 'prove', email, browser });
  await queueMail({ to: email, locale: localeFor(user, locale), template: 'prove_link', facts: { token } });
}

/** Sends a link to an address that somebody wants for their account, and tells the one that they have now. Nothing goes to an address that has an account. */
export async function sendChangeOfEmail(
  { database, queueMail }: Pick<MailServices, 'database' | 'queueMail'>,
  { user, email, locale }: { user: User; email: string; locale: Locale },
): Promise<void> {
  const words = localeFor(user, locale);
  await queueMail({ to: user.email, locale: words, template: 'email_change_asked', facts: { email } });
  if ((await findUserByEmail(database, email)) !== null) return;
  const token = await issueToken(database, { userId: user.id, purpose: 'change_email', email });
  await queueMail({ to: email, locale: words, template: 'change_email', facts: { token } });
}

/** That their password was changed. */
export const PASSWORD_CHANGED = { template: 'password_changed', facts: {} } as const;

/** Tells somebody what was changed of the ways into their account. */
export async function tellOwner(
  { queueMail }: Pick<MailServices, 'queueMail'>,
  { user, locale }: { user: User; locale: Locale },
  subject: MailSubject,
): Promise<void> {
  await queueMail({ to: user.email, locale: localeFor(user, locale), ...subject });
}

/** Tells the owner of an address that somebody tried to make an account with it, once a day. */
export async function tellOfAccount(
  { database, queueMail }: MailServices,
  { email, locale }: { email: string; locale: Locale },
): Promise<void> {
  const user = await findUserByEmail(database, email);
  if (user === null) return;
  const dedupeKey = `${user.email} ${new Date().toISOString().slice(0, 10)}`;
  const words = localeFor(user, locale);
  await queueMail({ to: user.email, locale: words, template: 'account_exists', facts: {}, dedupeKey });
}

/** Goes on without waiting: how long an answer takes must not tell whether there is an account. What goes wrong is in the log. */
export function noteMail({ log }: Pick<MailServices, 'log'>, queued: Promise<void>): void {
  queued.catch((err: unknown) => log.error({ err }, 'a mail could not be queued'));
}
