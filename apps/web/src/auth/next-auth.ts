import NextAuth, { type NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { apiFailure } from '#api/errors.ts';
import { failureResponse } from '#api/respond.ts';
import type { Services } from '#runtime/services.ts';
import { CLIENT_HEADER } from './client-header.ts';
import { checkCredentials } from './credentials.ts';
import { nextPath } from './next-path.ts';
import { SESSION_SECONDS, sessionCookie, sessionSecret } from './token.ts';

type Needs = Pick<Services, 'config' | 'database'>;

const provider = ({ database }: Needs) =>
  Credentials({
    name: 'E-mail and password',
    credentials: {
      email: { label: 'Email', type: 'email' },
      password: { label: 'Password', type: 'password' },
    },
    async authorize(credentials, request) {
      if (credentials === undefined) return null;
      const { email = '', password = '' } = credentials;
      const client = String(request.headers?.[CLIENT_HEADER] ?? '');
      const result = await checkCredentials({ email, password }, { database, client });
      return 'user' in result ? result.user : null;
    },
  });

/** next-auth as the portal uses it: e-mail and password, sessions in encrypted tokens that a user's epoch can end. */
function options(needs: Needs): NextAuthOptions {
  const { config } = needs;
  const cookie = sessionCookie(config.webUrl);
  return {
    secret: sessionSecret(config.secret),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: cookie.options.secure,
    cookies: { sessionToken: cookie },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/' },
    providers: [provider(needs)],
    callbacks: {
      jwt: ({ token, user }) =>
        user ? { sub: user.id, epoch: (user as { sessionEpoch?: number }).sessionEpoch } : token,
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
    return (await NextAuth(request as never, context as never, options(needs))) as Response;
  } catch (error) {
    // next-auth reads the body itself, and lets what is wrong with it through.
    if (error instanceof SyntaxError || error instanceof TypeError)
      return failureResponse(apiFailure('invalid_json', 'the body cannot be read', { cause: error }));
    throw error;
  }
}
