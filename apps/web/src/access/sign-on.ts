import { type SignOnRecord, signOnRecord } from '@footfall/db/tenant/sign-on';
import { authFailure } from '#auth/errors.ts';
import { callbackPath } from '#auth/provider/client.ts';
import { answersAsProvider } from '#auth/provider/providers.ts';
import { teamProviderId } from '#auth/provider/team-provider.ts';
import { services } from '#runtime/services.ts';
import { portalLink } from './portal-link.ts';

/** Longest address of an issuer, characters. */
const MOST = 500;

const invalid = (issuer: string) =>
  authFailure('invalid_issuer', 'no provider of OpenID Connect answers at this address', {
    where: 'issuer',
    values: { issuer: issuer.slice(0, MOST) },
  });

/**
 * The issuer that a tenant has named, as it is kept: an address by HTTPS on the public internet (or one that the operator has named) whose
 * provider says that it is it.
 * @throws Failure `invalid_issuer`
 */
export async function checkIssuer(tenantId: string, text: string): Promise<string> {
  const { config, reachProvider, log } = services();
  const issuer = text.trim();
  if (issuer.length > MOST || !URL.canParse(issuer)) throw invalid(issuer);
  const { protocol, origin, username, password, search, hash } = new URL(issuer);
  if (protocol !== 'https:' && !config.signOnOrigins.includes(origin)) throw invalid(issuer);
  if (`${username}${password}${search}${hash}` !== '') throw invalid(issuer);
  if (!(await answersAsProvider({ issuer, fetch: reachProvider(tenantId) }, log))) throw invalid(issuer);
  return issuer;
}

/** What seals the client's secret. */
export const sealingSecret = (): string => services().config.secret;

/** Looks for a domain's record. */
export const lookForRecord = (record: SignOnRecord): Promise<boolean | null> =>
  services().checkRecord(record);

/** The record that proves a domain. */
export const recordOfDomain = (domain: { domain: string; token: string }): SignOnRecord =>
  signOnRecord(domain);

/** Where a tenant's provider sends browsers back to: what its client is registered with. */
export const signOnRedirect = (tenantId: string): string =>
  portalLink(callbackPath(teamProviderId(tenantId)));
