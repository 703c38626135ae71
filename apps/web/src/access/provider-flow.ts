import { hasSecondFactor } from '@footfall/db/account/second-factor';
import type { User } from '@footfall/db/account/user';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { generateRandomCodeVerifier, generateRandomNonce, generateRandomState } from 'oauth4webapi';
import { authFailure } from '#auth/errors.ts';
import { callbackPath, type ProviderFetch, type SignInProvider } from '#auth/provider/client.ts';
import { flowCookie, openFlow, type ProviderFlow, sealFlow } from '#auth/provider/flow.ts';
import { beginAtProvider, findProvider, providerKey } from '#auth/provider/providers.ts';
import { findTeamProvider } from '#auth/provider/team-provider.ts';
import { noteAttempt } from '#auth/sign-in-audit.ts';
import { services } from '#runtime/services.ts';
import { askSecondStep } from './second-step.ts';
import { beginSession, clientOfRequest } from './session.ts';

/** A provider as pages name it. */
export type ShownProvider = Pick<SignInProvider, 'id' | 'name'>;

/** The providers that the installation has set up, in the order of their buttons. */
export const listProviders = (): ShownProvider[] =>
  services().config.providers.map(({ id, name }) => ({ id, name }));

/** A provider that can be gone to, and what reaches it. */
type Reachable = { provider: SignInProvider; fetch: ProviderFetch };

/** A provider of the installation, or a tenant's own, by its id; null: there is none such. */
export async function reachProvider(id: string): Promise<Reachable | null> {
  const all = services();
  const own = findProvider(all.config, id);
  if (own !== null) return { provider: own, fetch };
  const provider = await findTeamProvider(all, id);
  if (provider === null || provider.tenantId === null) return null;
  return { provider, fetch: all.reachProvider(provider.tenantId) };
}

/**
 * Sends this browser to a provider; what it must come back with is in its cookie, for ten minutes.
 * @throws Failure `provider_refused` when no such provider is set up, `provider_unavailable`
 */
export async function goToProvider({
  provider: id,
  ...flow
}: Pick<ProviderFlow, 'provider' | 'purpose' | 'next' | 'userId'>): Promise<never> {
  const { config, log } = services();
  const { secret, webUrl } = config;
  const found = await reachProvider(id);
  // A team vouches for whom it wants: nobody ties an account to that by hand.
  if (found === null || (flow.purpose === 'link' && found.provider.tenantId !== null))
    throw authFailure('provider_refused', 'this way to sign in is not set up', { values: { provider: '' } });
  const { provider, fetch } = found;
  const challenge = {
    state: generateRandomState(),
    nonce: generateRandomNonce(),
    verifier: generateRandomCodeVerifier(),
  };
  const redirectUri = webUrl + callbackPath(provider.id);
  const again = flow.purpose !== 'sign-in';
  const to = await beginAtProvider({ provider, challenge, redirectUri, again, fetch }, log);
  const { name, options } = flowCookie(webUrl);
  (await cookies()).set(name, await sealFlow({ provider: id, ...flow, ...challenge }, secret), options);
  redirect(to.href);
}

/** What this browser went to a provider for; each is taken once. Null: it is over, or never began here. */
export async function takeFlow(): Promise<ProviderFlow | null> {
  const { secret, webUrl } = services().config;
  const { name, options } = flowCookie(webUrl);
  const jar = await cookies();
  const flow = await openFlow(jar.get(name)?.value, secret);
  jar.set(name, '', { ...options, maxAge: 0 });
  return flow;
}

/**
 * Lets in somebody whom a provider vouches for, over the second step where their account has one.
 */
export async function enter(user: User, next: string, provider: SignInProvider): Promise<never> {
  const voucher = { onlyTenant: provider.tenantId, provider: providerKey(provider) };
  const { database, ...rest } = services();
  if (await hasSecondFactor(database, user.id)) return askSecondStep(user, next, voucher);
  const client = await clientOfRequest();
  noteAttempt({ database, ...rest }, { email: user.email, client, action: 'user.sign_in' });
  await beginSession(user, { voucher });
  redirect(next);
}

/** How a provider that is set up stands in the table of linked accounts; null for any other. */
export function findProviderKey(id: string): string | null {
  const provider = findProvider(services().config, id);
  return provider === null ? null : providerKey(provider);
}
