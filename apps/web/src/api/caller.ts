import { findApiKey } from '@footfall/db/tenant/api-key';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import { currentMember } from '#auth/session.ts';
import { services } from '#runtime/services.ts';
import { apiFailure } from './errors.ts';

/** Whether a page of ours sent a request; of a GET another site's page could not read the answer anyway. */
function isOwn(request: Request): boolean {
  if (request.method === 'GET') return true;
  const origin = request.headers.get('origin');
  if (origin === null) return request.headers.get('sec-fetch-site') === 'same-origin';
  return URL.canParse(origin) && new URL(origin).host === request.headers.get('host');
}

/** Who asks: a tenant, by one of its keys or (null) in the portal. */
export type Caller = { tenant: TenantScope; apiKeyId: string | null };

async function byKey(authorization: string): Promise<Caller> {
  const { database } = services();
  const [, key] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const found = key === undefined ? null : await findApiKey(database, key);
  if (found === null) throw apiFailure('unauthorized', 'the API key is unknown or was revoked');
  if (!found.scopes.includes('stats')) {
    throw apiFailure('forbidden', 'this API key does not have the scope stats');
  }
  return { tenant: inTenant(database, found.tenantId), apiKeyId: found.id };
}

async function bySession(request: Request): Promise<Caller> {
  const member = await currentMember();
  if (member === null) throw apiFailure('unauthorized', 'send an API key as Authorization: Bearer <key>');
  if (!isOwn(request)) throw apiFailure('wrong_origin', 'a session is good for pages of the portal only');
  return { tenant: member.tenant, apiKeyId: null };
}

/**
 * Who asks: the tenant of the API key, which needs the scope `stats`, or of the session of a page of ours.
 * @throws Failure `unauthorized`, `forbidden`, `wrong_origin`
 */
export function callerOf(request: Request): Promise<Caller> {
  const authorization = request.headers.get('authorization');
  return authorization === null ? bySession(request) : byKey(authorization);
}
