import type { Failure } from '@footfall/core/failure';
import { type EmbedKey, findEmbedKey } from '@footfall/db/tenant/embed-key';
import { inTenant } from '@footfall/db/tenant/scope';
import type { Site } from '@footfall/db/tenant/site';
import type { EmbedClaims } from '@footfall/embed/token/claims';
import { embedFailure } from '@footfall/embed/token/errors';
import { openToken, verifyToken } from '@footfall/embed/token/verify';
import { findLock } from '#access/lock.ts';
import { CLIENT_HEADER } from '#auth/client-header.ts';
import { bearerToken } from '#runtime/bearer-token.ts';
import { services } from '#runtime/services.ts';
import { apiFailure, reportsLocked } from '../errors.ts';
import { isOwnRequest } from '../own-request.ts';

/** Faults of whoever tries keys and signatures. */
const GUESSES: readonly string[] = ['token_key_unknown', 'token_signature'];

async function countGuess(request: Request, error: unknown): Promise<void> {
  if (!GUESSES.includes((error as Failure).code)) return;
  await services().refusedKeys.refuse(request.headers.get(CLIENT_HEADER) ?? '');
}

/**
 * The key that the request's token names, and what checks the rest of it. The token comes in the header alone: no cookie, no session
 * and no API key stands in for one.
 * @throws Failure `token_missing`, `token_malformed`, `token_algorithm`, `token_type`, `token_key_unknown`
 */
export async function findKeyOfToken(
  request: Request,
): Promise<{ key: EmbedKey; readClaims: () => Promise<EmbedClaims> }> {
  const { database, config, clock } = services();
  const token = openToken(bearerToken(request.headers.get('authorization') ?? undefined));
  const key = await findEmbedKey(database, token.kid, config.secret);
  if (key === null) {
    const error = embedFailure('token_key_unknown', 'there is no embed key of this kid, or it was revoked');
    await countGuess(request, error);
    throw error;
  }
  const readClaims = async () => {
    try {
      return verifyToken(token, { secrets: key.secrets, now: clock.now() / 1_000 });
    } catch (error) {
      await countGuess(request, error);
      throw error;
    }
  };
  return { key, readClaims };
}

/** Whether pages of the origin that a request comes from may use a key; servers send none. */
export function requireOrigin({ origins }: EmbedKey, request: Request): void {
  const origin = request.headers.get('origin');
  if (origin === null || origins.includes(origin) || isOwnRequest(request)) return;
  throw apiFailure('wrong_origin', `the embed key is for pages of ${origins.join(', ')}`);
}

/**
 * The site that is asked about, if both token and key show it.
 * @throws Failure `invalid_site_id`, `site_not_in_token`
 */
export async function requireEmbedSite(
  { tenantId, sites }: EmbedKey,
  claims: EmbedClaims,
  reference: unknown,
): Promise<Site> {
  if (typeof reference !== 'string' || reference === '')
    throw apiFailure('invalid_site_id', 'site_id must be a site of the token', { where: 'site_id' });
  const site = await inTenant(services().database, tenantId).sites.find(reference);
  const isNamed =
    site !== null && [site.id, site.siteKey, site.domain].some((name) => claims.sites.includes(name));
  if (isNamed && (sites === 'all' || sites.includes(site.id))) return site;
  // Whether there is such a site is told to nobody who may not see it.
  throw embedFailure('site_not_in_token', 'the token or its key does not show this site', {
    where: 'site_id',
  });
}

/**
 * Makes sure that the reports of a tenant are not locked, and that its plan includes embeds.
 * @throws Failure `payment_required`, `report_not_allowed`
 */
export async function requireEmbedsInPlan({ tenantId }: EmbedKey): Promise<void> {
  const state = await findLock(tenantId);
  if (state !== null) throw reportsLocked(state);
  const { features, title } = await services().findEntitlement(tenantId);
  if (features.embeds) return;
  throw embedFailure('report_not_allowed', `the plan ${title} does not include embeds`);
}
