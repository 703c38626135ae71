import { findUser } from '@footfall/db/account/user';
import { cookies, headers } from 'next/headers';
import NextAuth, { type NextAuthOptions } from 'next-auth';
import { decode, type JWT } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { apiFailure } from '#api/errors.ts';
import { failureResponse } from '#api/respond.ts';
import type { Services } from '#runtime/services.ts';
import { CLIENT_HEADER } from './client-header.ts';
import { checkCredentials } from './credentials.ts';
import { browserCookie, sealBrowser } from './known-browser.ts';
import { tellOfNewBrowser } from './new-browser.ts';
import { nextPath } from './next-path.ts';
import { checkCode } from './second-factor.ts';
import { readClaims, sessionCookie, sessionSecret, TOKEN_SECONDS } from './token.ts';

type Needs = Pick<
  Services,
  | 'config'
  | 'settings'
  | 'database'
  | 'sessions'
  | 'attempts'
  | 'passwords'
  | 'log'
  | 'queueMail'
  | 'describeBrowser'
>;

type Headers = Readonly<Record<string, unknown>> | undefined;
const clientIn = (headers: Headers) => String(headers?.[CLIENT_HEADER] ?? '');

const provider = (needs: Needs) =>
  Credentials({
    name: 'E-mail and password',
    credentials: {
      email: { label: 'Email', type: 'email' },
      password: { label: 'Password', type: 'password' },
      code: { label: 'Code', type: 'text' },
    },
    async authorize(credentials, request) {
      if (credentials === undefined) return null;
      const { email = '', password = '', code = '' } = credentials;
      const client = clientIn(request.headers);
      const known = (await cookies()).get(browserCookie(needs.config.webUrl).name)?.value;
      const asker = { client, browserCookie: known };
      const result = await checkCredentials(
        { email: String(email), password: String(password) },
        asker,
        needs,
      );
      if ('user' in result) return result.user;
      // The code comes along, or nobody is signed in.
      if (!('needsCode' in result) || code === '') return null;
      const user = result.needsCode;
      return (await checkCode({ user, code: String(code) }, asker, needs)) === 'right' ? user : null;
    },
  });

/** The token of somebody who has just signed in: their session has a row. */
async function newToken(needs: Needs, userId: string): Promise<JWT> {
  const { database, sessions, config } = needs;
  const user = await findUser(database, userId);
  if (user === null) return {};
  await tellOfNewBrowser(user, needs);
  const { name, options } = browserCookie(config.webUrl);
  (await cookies()).set(name, sealBrowser(user.email, config.secret), options);
  const sent = await headers();
  const origin = {
    userAgent: sent.get('user-agent') ?? undefined,
    address: sent.get(CLIENT_HEADER) ?? undefined,
  };
  return { sub: user.id, epoch: user.sessionEpoch, sid: await sessions.begin(user.id, origin) };
}

/** next-auth as the portal uses it: e-mail and password, sessions in encrypted tokens that name a row which can end. */
function nextAuthOptions(needs: Needs): NextAuthOptions {
  const { config, sessions, log } = needs;
  const cookie = sessionCookie(config);
  const prefix = cookie.options.secure ? '__Host-' : '';
  const { maxAge: _, ...lasting } = cookie.options;
  return {
    secret: sessionSecret(config.secret),
    session: { strategy: 'jwt', maxAge: cookie.options.maxAge },
    jwt: {
      maxAge: TOKEN_SECONDS,
      // A token whose session has ended is none.
      decode: async (params) => {
        const claims = await decode(params);
        const session = readClaims(claims);
        return session !== null && (await sessions.find(session.id))?.userId === session.userId
          ? claims
          : null;
      },
    },
    useSecureCookies: cookie.options.secure,
    cookies: {
      sessionToken: cookie,
      callbackUrl: { name: `${prefix}next-auth.callback-url`, options: lasting },
      csrfToken: { name: `${prefix}next-auth.csrf-token`, options: lasting },
    },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/' },
    providers: [provider(needs)],
    // What a stranger sends is not worth more of the log.
    logger: {
      error: (code) => log.debug({ code }, 'next-auth'),
      warn: (code) => log.debug({ code }, 'next-auth'),
    },
    events: {
      signOut: async ({ token }) => {
        const session = readClaims(token);
        if (session !== null) await sessions.end(session.id);
      },
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? newToken(needs, user.id) : token),
      redirect: ({ url }) => config.webUrl + nextPath(url, config.webUrl),
    },
  };
}

/** Handles `/api/auth/*`. */
export async function handleAuth(
  needs: Needs,
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  try {
    return (await NextAuth(request as never, context as never, nextAuthOptions(needs))) as Response;
  } catch (error) {
    // next-auth reads the body itself, and lets what is wrong with it through.
    if (error instanceof SyntaxError || error instanceof TypeError)
      return failureResponse(apiFailure('invalid_json', 'the body cannot be read', { cause: error }));
    throw error;
  }
}
