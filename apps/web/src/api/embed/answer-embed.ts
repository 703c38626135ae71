import type { Failure } from '@footfall/core/failure';
import { isJsonObject } from '@footfall/core/json';
import { queryFailure } from '@footfall/core/query/errors';
import { lockFilters } from '@footfall/core/query/lock';
import type { Query } from '@footfall/core/query/query';
import { type EmbedKey, isEmbedOrigin } from '@footfall/db/tenant/embed-key';
import type { EmbedClaims } from '@footfall/embed/token/claims';
import { embedFailure } from '@footfall/embed/token/errors';
import { requireReport } from '@footfall/embed/token/scope';
import type { OpenApiAddress } from '#access/api-routes.ts';
import { answer } from '#reports/answer.ts';
import { askContext } from '#reports/ask.ts';
import { asFailure } from '#runtime/failure.ts';
import { services } from '#runtime/services.ts';
import { readJson } from '../body.ts';
import { taggedAnswer } from '../entity-tag.ts';
import { apiFailure } from '../errors.ts';
import { type Allowance, allowanceHeaders } from '../query-limit.ts';
import { failureResponse } from '../respond.ts';
import { readSiteId } from '../site.ts';
import { allowAsking, allowOrigin } from './cors.ts';
import { findKeyOfToken, requireEmbedSite, requireEmbedsInPlan, requireOrigin } from './embed-caller.ts';

/** Puts the token's filters on a query; whoever asks is not to blame for a wrong one. */
function lockQuery(query: Query, { filters }: EmbedClaims): Query {
  try {
    return lockFilters(query, filters);
  } catch (error) {
    if ((error as Failure).code !== 'invalid_filter') throw error;
    const message =
      'filters: one of them is not a filter of this site, such as on a goal that it does not have';
    throw embedFailure('token_claims', message, { where: 'filters', cause: error });
  }
}

/** How an answer came about tells of our machines. */
function refuseExplain(body: unknown): void {
  if (!isJsonObject(body) || !Object.hasOwn(body, 'explain')) return;
  throw queryFailure('unknown_field', 'explain is not for embeds', { where: 'explain' });
}

/** Counts a question of a key, and of all keys of its tenant; answers what the key has left. */
async function countQuestion({ kid, tenantId }: EmbedKey): Promise<Allowance | null> {
  const { queryLimiter } = services();
  const own = await queryLimiter.count({ kind: 'embed', id: kid, tenantId });
  const all = own?.exceeded ? null : await queryLimiter.count({ kind: 'embeds', id: tenantId, tenantId });
  const allowance = all?.exceeded ? all : own;
  if (!allowance?.exceeded) return allowance;
  throw apiFailure('rate_limited', `${allowance.limit} questions an hour are asked already`, {
    retryAfter: allowance.resetSeconds,
  });
}

async function answerQuestion(
  key: EmbedKey,
  readClaims: () => Promise<EmbedClaims>,
  request: Request,
): Promise<Response> {
  requireOrigin(key, request);
  const claims = await readClaims();
  await requireEmbedsInPlan(key);
  const allowance = await countQuestion(key);
  const body = await readJson(request);
  refuseExplain(body);
  const site = await requireEmbedSite(key, claims, readSiteId(body));
  requireReport(body, { token: claims.reports, key: key.reports, locked: claims.filters });
  const context = await askContext(site, key.kid);
  const response = taggedAnswer(
    request,
    await answer(body, { ...context, narrow: (query) => lockQuery(query, claims) }),
  );
  for (const [name, value] of Object.entries(allowanceHeaders(allowance))) response.headers.set(name, value);
  return response;
}

/** The code under which a merchant reads what became of a question. */
const nameOutcome = (error: unknown): string => asFailure(error)?.code ?? 'internal';

/** Whose page may read the answer to a request: those of the key's origins; while there is no key, those that some key names. */
async function readableBy(request: Request, key: EmbedKey | null): Promise<string | null> {
  const origin = request.headers.get('origin');
  if (origin === null) return null;
  const isKnown =
    key === null ? await isEmbedOrigin(services().database, origin) : key.origins.includes(origin);
  return isKnown ? origin : null;
}

async function answerRequest(request: Request): Promise<Response> {
  const { noteEmbedUse } = services();
  let found: EmbedKey | null = null;
  let response: Response;
  try {
    const { key, readClaims } = await findKeyOfToken(request);
    found = key;
    response = await answerQuestion(key, readClaims, request);
    noteEmbedUse(key.kid, 'answered');
  } catch (error) {
    if (found !== null) noteEmbedUse(found.kid, nameOutcome(error));
    response = failureResponse(error);
  }
  response.headers.set('vary', 'origin, authorization');
  response.headers.set('cross-origin-resource-policy', 'cross-origin');
  const origin = await readableBy(request, found).catch(() => null);
  for (const [name, value] of Object.entries(origin === null ? {} : allowOrigin(origin)))
    response.headers.set(name, value);
  return response;
}

/** `POST /api/embed/query`. */
export const answerEmbeds = (_: OpenApiAddress) => answerRequest;

/** Tells a browser whether pages of an origin may ask: it sends no token yet, so those may that some key names. */
export const answerPreflight = async (request: Request): Promise<Response> => {
  const origin = request.headers.get('origin') ?? '';
  try {
    const isKnown = await isEmbedOrigin(services().database, origin);
    if (!isKnown) throw apiFailure('wrong_origin', 'no embed key names this origin');
    return new Response(null, { status: 204, headers: { vary: 'origin', ...allowAsking(origin) } });
  } catch (error) {
    return failureResponse(error);
  }
};
