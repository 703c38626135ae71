import { inTenant } from '@footfall/db/tenant/scope';
import { domainOfAddress, findSignOnTenant } from '@footfall/db/tenant/sign-on';
import type { Services } from '#runtime/services.ts';
import { authFailure } from '../errors.ts';
import type { SignInProvider } from './client.ts';

const PREFIX = 'team-';

/** What names a tenant's own provider in addresses and forms. */
export const teamProviderId = (tenantId: string): string => PREFIX + tenantId;

/** What people call it, in every language. */
export const TEAM_PROVIDER_NAME = 'Single sign-on';

type Needs = Pick<Services, 'config' | 'database'>;

/** A tenant's own provider, by {@link teamProviderId}; null: it has none, or this names none. */
export async function findTeamProvider(
  { config, database }: Needs,
  id: string,
): Promise<SignInProvider | null> {
  if (!id.startsWith(PREFIX)) return null;
  const tenantId = id.slice(PREFIX.length);
  const { signOn } = inTenant(database, tenantId);
  const [settings, clientSecret] = [await signOn.read(), await signOn.readSecret(config.secret)];
  if (settings === null || clientSecret === null) return null;
  const { issuer, clientId } = settings;
  return { id, kind: 'oidc', name: TEAM_PROVIDER_NAME, issuer, clientId, clientSecret, tenantId };
}

/**
 * The id of the provider that the domain of an address has. The answer depends on the domain alone, not on whether anybody has the
 * address.
 * @throws Failure `no_sign_on` at the field `email`
 */
export async function providerOfAddress({ config, database }: Needs, email: string): Promise<string> {
  const domain = domainOfAddress(email);
  const tenantId = domain === null ? null : await findSignOnTenant(database, domain);
  const id = tenantId === null ? null : teamProviderId(tenantId);
  if (id !== null && (await findTeamProvider({ config, database }, id)) !== null) return id;
  throw authFailure('no_sign_on', 'no team signs in with addresses of this domain', { where: 'email' });
}
