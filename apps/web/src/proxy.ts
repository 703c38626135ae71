import { type NextRequest, NextResponse } from 'next/server';
import { isServedByTls, mustSignIn } from '#access/guard.ts';
import { contentSecurityPolicy } from '#runtime/content-security-policy.ts';

/** Sends to sign in where a page needs it, and gives each answer the one nonce that its scripts may carry. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  if (await mustSignIn({ pathname, cookie: (name) => request.cookies.get(name)?.value })) {
    const signIn = new URL('/sign-in', request.nextUrl);
    signIn.searchParams.set('next', pathname + search);
    return NextResponse.redirect(signIn);
  }
  const secure = isServedByTls();
  const policy = contentSecurityPolicy(crypto.randomUUID(), { secure });
  const headers = new Headers(request.headers);
  // Next reads the nonce out of the request's own policy.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  // The API and next-auth's handlers answer for themselves; files need no guard.
  matcher: ['/((?!api/|_next/static|_next/image|icon.svg|favicon.ico).*)'],
};
