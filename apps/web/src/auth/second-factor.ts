import { takeCode } from '@footfall/db/account/second-factor';
import { readTotpCode } from '@footfall/db/account/totp';
import type { User } from '@footfall/db/account/user';
import { type MailServices, noteMail, tellOwner } from '#account/mails.ts';
import { readerLocale } from '#words/reader.ts';
import type { Asker, SignInServices } from './credentials.ts';
import { openBrowser } from './known-browser.ts';
import { noteAttempt } from './sign-in-audit.ts';

const RECOVERY_CODE_USED = { template: 'recovery_code_used', facts: {} } as const;

export type CodeResult = 'right' | { refused: 'wrong' } | { refused: 'wait'; seconds: number };

/**
 * Checks the second step of somebody whose password was right: a code of their app, or a recovery code, which is used up by it. The
 * attempt is counted before the code is looked at, apart from those at the password: who knows that one gains no attempts by it.
 */
export async function checkCode(
  { user, code }: { user: User; code: string },
  { client, browserCookie }: Asker,
  services: SignInServices & MailServices,
): Promise<CodeResult> {
  const { config, database, attempts } = services;
  const { id, email } = user;
  const browser = openBrowser(browserCookie, { email, secret: config.secret });
  const attempt = { userId: id, client, browser };
  const seconds = await attempts.countCode(attempt);
  if (seconds > 0) return { refused: 'wait', seconds };
  const isRight = await takeCode(database, { userId: id, secret: config.secret, code });
  noteAttempt(services, { email, client, action: isRight ? 'user.sign_in' : 'user.sign_in_failed' });
  if (!isRight) return { refused: 'wrong' };
  await attempts.forgiveCode(attempt);
  if (readTotpCode(code) === null) {
    const told = tellOwner(services, { user, locale: await readerLocale() }, RECOVERY_CODE_USED);
    noteMail(services, told);
  }
  return 'right';
}
