import { type NextRequest, NextResponse } from 'next/server';
import { openSession, sessionCookie } from '#auth/token.ts';
import { contentSecurityPolicy } from '#runtime/content-security-policy.ts';
import { services } from '#runtime/services.ts';

/** Pages that are there without signing in; all others send to `/sign-in` and come back. */
const PUBLIC = new Set(['/', '/sign-in', '/sign-up']);

/** Guards the pages and gives each answer the one nonce that its scripts may carry. What a session may see, pages decide. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { config } = services();
  const { pathname, search } = request.nextUrl;
  if (!PUBLIC.has(pathname)) {
    const token = request.cookies.get(sessionCookie(config.webUrl).name)?.value;
    if ((await openSession(token, config.secret)) === null) {
      const signIn = new URL('/sign-in', request.nextUrl);
      signIn.searchParams.set('next', pathname + search);
      return NextResponse.redirect(signIn);
    }
  }
  const secure = config.webUrl.startsWith('https:');
  const policy = contentSecurityPolicy(crypto.randomUUID(), { secure });
  const headers = new Headers(request.headers);
  // Next reads the nonce out of the request's own policy.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (secure) response.headers.set('strict-transport-security', 'max-age=31536000');
  return response;
}

export const config = {
  // The API and next-auth's handlers answer for themselves; files need no guard.
  matcher: ['/((?!api/|_next/static|_next/image|icon.svg|favicon.ico).*)'],
};
