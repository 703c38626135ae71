import { readToken, type TokenPurpose } from '@footfall/db/account/user-token';
import { services } from '#runtime/services.ts';
import { readLink } from './open-link.ts';
import type { SearchParams } from './page.ts';
import type { Account } from './session.ts';

/** Whether there is a mail server; without one mails are kept for the operator. */
export const sendsMail = (): boolean => services().config.smtp !== null;

/**
 * The token of the link that led here, if it is valid still; null otherwise. It is not used up: programs that look for malware open
 * every link of a mail, so only a form does something.
 */
export async function validToken({ token }: SearchParams, purpose: TokenPurpose): Promise<string | null> {
  if (typeof token !== 'string') return null;
  return (await readToken(services().database, { token, purpose })) === null ? null : token;
}

/** As {@link validToken}, of a link that signs in: whom, and what is asked besides of this browser. */
export async function findLink({ token }: SearchParams) {
  const link = typeof token === 'string' ? await readLink(token, services()) : null;
  return link && { token: String(token), email: link.user.email, besides: link.besides };
}

/** As {@link validToken}, of a link that proves who is in front of this session: null in any other. */
export async function findProofToken({ token }: SearchParams, { session }: Account): Promise<string | null> {
  if (typeof token !== 'string') return null;
  const proven = await readToken(services().database, { token, purpose: 'prove', browser: session.id });
  return proven?.isSameBrowser ? token : null;
}
