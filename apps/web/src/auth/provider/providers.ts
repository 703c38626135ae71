import { AuthorizationResponseError } from 'oauth4webapi';
import type { Services } from '#runtime/services.ts';
import { authFailure } from '../errors.ts';
import type { ProviderClient, ProviderFetch, ProviderRequest, SignInProvider } from './client.ts';
import { githubClient } from './github.ts';
import { discover, oidcClient } from './oidc.ts';
import type { Profile } from './profile.ts';

const CLIENTS: Readonly<Record<SignInProvider['kind'], ProviderClient>> = {
  oidc: oidcClient,
  github: githubClient,
};

/** A provider of the installation, by its id; null: none such is set up. */
export function findProvider(
  { providers }: Pick<Services['config'], 'providers'>,
  id: string,
): SignInProvider | null {
  const found = providers.find((one) => one.id === id);
  return found === undefined ? null : { ...found, tenantId: null };
}

/**
 * How a provider stands in the table of linked accounts: the same whatever its client here is called. A tenant's own is another one than
 * the same issuer of the installation, or of another tenant: whom it vouches for, it does for that tenant alone.
 */
export const providerKey = ({
  issuer,
  tenantId = null,
}: Pick<SignInProvider, 'issuer'> & { tenantId?: string | null }): string =>
  tenantId === null ? new URL(issuer).href : `tenant:${tenantId} ${new URL(issuer).href}`;

/** Whether a provider of OpenID Connect answers at an issuer's address, as that issuer; asked anew each time. */
export async function answersAsProvider(
  { issuer, fetch }: { issuer: string; fetch: ProviderFetch },
  log: Services['log'],
): Promise<boolean> {
  try {
    const server = await discover({ provider: { id: crypto.randomUUID(), issuer }, fetch });
    return server.authorization_endpoint !== undefined && server.token_endpoint !== undefined;
  } catch (err) {
    log.info({ err }, 'a team has named an issuer that does not answer as one');
    return false;
  }
}

/**
 * Where the browser is sent to, to sign in at a provider.
 * @throws Failure `provider_unavailable` when it does not answer, or not as a provider does
 */
export async function beginAtProvider(request: ProviderRequest, log: Services['log']): Promise<URL> {
  const { kind, id, name } = request.provider;
  try {
    return await CLIENTS[kind].begin(request);
  } catch (err) {
    log.warn({ err, provider: id }, 'a provider of sign-in does not answer as one');
    throw authFailure('provider_unavailable', `${name} does not answer. Try again, or sign in another way`, {
      values: { provider: name },
      cause: err,
    });
  }
}

/**
 * Whoever a provider has sent back.
 * @throws Failure `provider_denied` when they turned back there, `provider_refused` when what came back does not hold
 */
export async function finishAtProvider(
  request: ProviderRequest & { answer: URLSearchParams },
  log: Services['log'],
): Promise<Profile> {
  const { kind, id, name } = request.provider;
  const values = { provider: name };
  try {
    return await CLIENTS[kind].finish(request);
  } catch (err) {
    if (err instanceof AuthorizationResponseError && err.error === 'access_denied')
      throw authFailure('provider_denied', `you turned back at ${name}`, { values, cause: err });
    // A stranger can send whatever they like here, so this is for the log alone.
    log.info({ err, provider: id }, 'a sign-in at a provider does not hold');
    throw authFailure('provider_refused', `signing in with ${name} did not work`, { values, cause: err });
  }
}
