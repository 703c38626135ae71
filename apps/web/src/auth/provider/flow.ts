import { decode, encode } from 'next-auth/jwt';
import { z } from 'zod';
import { deriveKey } from '../token.ts';

/** How long somebody may be away at a provider, seconds. */
const FLOW_SECONDS = 10 * 60;

const FLOW = z.object({
  provider: z.string(),
  /** What it is for: signing in (or up); linking to an account, or proving who its owner is, of whoever is signed in. */
  purpose: z.enum(['sign-in', 'link', 'prove']),
  /** Where they go after it. */
  next: z.string(),
  /** Whose account is linked, or who is proved; null: nobody's yet. */
  userId: z.string().nullable(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
});

/** A sign-in at a provider that has begun in this browser. It opens nothing: no session is in it. */
export type ProviderFlow = z.output<typeof FLOW>;

/** The cookie of a browser that is at a provider. It comes back with it: `lax`. */
export function flowCookie(webUrl: string) {
  const secure = webUrl.startsWith('https:');
  return {
    name: `${secure ? '__Host-' : ''}footfall-provider`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: FLOW_SECONDS } as const,
  };
}

const keyFor = (secret: string) => deriveKey(secret, 'provider');

/** A flow as what its cookie says: encrypted, with a key that is for nothing else. */
export const sealFlow = (flow: ProviderFlow, secret: string): Promise<string> =>
  encode({ token: flow, secret: keyFor(secret), maxAge: FLOW_SECONDS });

/** The flow that a cookie tells of; null when it is over, or not ours. */
export async function openFlow(sealed: string | undefined, secret: string): Promise<ProviderFlow | null> {
  if (sealed === undefined || sealed === '') return null;
  const claims = await decode({ token: sealed, secret: keyFor(secret) }).catch(() => null);
  return FLOW.safeParse(claims).data ?? null;
}
