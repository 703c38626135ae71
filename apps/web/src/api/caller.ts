import { decideForKey, scopesThatAllow } from '@footfall/core/access/api-key-scope';
import type { Action } from '@footfall/core/access/permission';
import { findApiKey } from '@footfall/db/tenant/api-key';
import type { Actor } from '@footfall/db/tenant/audit';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import { API_ROUTES, actionOfRoute, type GuardedApiAddress } from '#access/api-routes.ts';
import { noteRefusal } from '#access/refusal-audit.ts';
import { currentAccount, currentMember, memberMay } from '#access/session.ts';
import { CLIENT_HEADER } from '#auth/client-header.ts';
import { bearerToken } from '#runtime/bearer-token.ts';
import { services } from '#runtime/services.ts';
import { apiFailure } from './errors.ts';
import { isOwnRequest } from './own-request.ts';

/** Who asks: a tenant, by one of its keys or (null) in the portal, and at which of its sites they may do what the route does. */
export type Caller = {
  tenant: TenantScope;
  apiKeyId: string | null;
  /** Who it is in the audit. */
  actor: Actor;
  /** The key or the person, by id: whose share of the reports a question is. */
  who: string;
  mayAt(siteId: string): boolean;
};

/** The address that the server has found for a request. */
const clientIn = ({ headers }: Request): string => headers.get(CLIENT_HEADER) ?? '';

async function byKey(request: Request, action: Action): Promise<Caller> {
  const authorization = request.headers.get('authorization') ?? '';
  const { database, refusedKeys, noteKeyUse } = services();
  const key = bearerToken(authorization);
  // Whether its network has presented too many others was asked at the door (runtime/portal-server.ts).
  const found = key === undefined ? null : await findApiKey(database, key);
  if (key === undefined || found === null) {
    await refusedKeys.refuse(clientIn(request));
    throw apiFailure('unauthorized', 'the API key is unknown, was revoked or has ended');
  }
  refusedKeys.accept(key);
  noteKeyUse(found.id);
  const verdict = decideForKey(found, action);
  if (verdict === 'role') {
    const needed = scopesThatAllow(action).join(' or ');
    throw apiFailure('forbidden', `this API key does not have the scope ${needed}`);
  }
  if (verdict === 'site') throw apiFailure('forbidden', 'this API key is limited to some sites');
  return {
    tenant: inTenant(database, found.tenantId),
    apiKeyId: found.id,
    actor: { id: `api:${found.id}`, address: clientIn(request) },
    who: found.id,
    mayAt: (siteId) => decideForKey(found, action, siteId) === 'allowed',
  };
}

const keyNeeded = () => apiFailure('unauthorized', 'send an API key as Authorization: Bearer <key>');

async function bySession(request: Request, action: Action): Promise<Caller> {
  if ((await currentAccount()) === null) throw keyNeeded();
  if (!isOwnRequest(request))
    throw apiFailure('wrong_origin', 'a session is good for pages of the portal only');
  const member = await currentMember();
  if (member === null) throw apiFailure('forbidden', 'this account is in no team');
  if (!memberMay(member, action)) {
    noteRefusal(action);
    throw apiFailure('forbidden', `the role ${member.role} does not allow this`);
  }
  return {
    tenant: member.tenant,
    apiKeyId: null,
    actor: { id: member.user.id, address: clientIn(request) },
    who: member.user.id,
    mayAt: (siteId) => memberMay(member, action, siteId),
  };
}

/**
 * Who calls a route of the table, by an API key with a scope that allows what the route does, or by the session of a page of ours.
 * @throws Failure `unauthorized`, `forbidden`, `wrong_origin`
 */
export async function requireCaller(address: GuardedApiAddress, request: Request): Promise<Caller> {
  const { callers } = API_ROUTES[address];
  const action = actionOfRoute(address, request.method);
  const authorization = request.headers.get('authorization');
  if (authorization === null && callers === 'keys') throw keyNeeded();
  if (authorization === null) return bySession(request, action);
  if (callers !== 'sessions') return byKey(request, action);
  throw apiFailure('forbidden', 'this address is for pages of the portal, not for API keys');
}
