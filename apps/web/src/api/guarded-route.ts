import { actionOfRoute, featureOfRoute, type GuardedApiAddress } from '#access/api-routes.ts';
import { findLock, isLockedAction } from '#access/lock.ts';
import { services } from '#runtime/services.ts';
import { type Caller, requireCaller } from './caller.ts';
import { apiFailure, reportsLocked } from './errors.ts';
import { type Allowance, allowanceHeaders } from './query-limit.ts';
import { type FailureShape, failureResponse, handler } from './respond.ts';

/**
 * Counts one question of a key or a person, and of their tenant: answers whichever is used up, else what a key has left. People are not
 * told of limits that they do not meet.
 */
async function countQuery({ tenant: { tenantId }, apiKeyId, who }: Caller): Promise<Allowance | null> {
  const { queryLimiter } = services();
  const kind = apiKeyId === null ? 'person' : 'key';
  const own = await queryLimiter.count({ kind, id: who, tenantId });
  if (own?.exceeded) return own;
  const all = await queryLimiter.count({ kind: 'tenant', id: tenantId, tenantId });
  if (all?.exceeded) return all;
  return apiKeyId === null ? null : own;
}

/**
 * Makes sure that what a route does is not locked for a tenant, and part of its plan.
 * @throws Failure `payment_required`
 */
async function requirePlan(address: GuardedApiAddress, method: string, tenantId: string): Promise<void> {
  const state = isLockedAction(actionOfRoute(address, method)) ? await findLock(tenantId) : null;
  if (state !== null) throw reportsLocked(state);
  const feature = featureOfRoute(address, method);
  if (feature === null) return;
  const { features, title } = await services().findEntitlement(tenantId);
  if (!features[feature])
    throw apiFailure(
      'payment_required',
      `the plan ${title} does not include this part of the API; an owner may choose another one at /billing`,
    );
}

/**
 * The handler of a route whose caller must be known: the table API_ROUTES says who may call it. Answers to a key whose plan has a
 * limit say how much of it is left, those that refuse a query too. `shape` is how failures are written, where that is not as ours.
 */
export function guardedRoute<Rest extends unknown[]>(
  address: GuardedApiAddress,
  handle: (caller: Caller, request: Request, ...rest: Rest) => Promise<Response>,
  shape?: FailureShape,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return handler(async (request: Request, ...rest: Rest) => {
    const caller = await requireCaller(address, request);
    const allowance = await countQuery(caller);
    const answered = allowance?.exceeded
      ? Promise.reject(apiFailure('rate_limited', `${allowance.limit} questions an hour are asked already`))
      : requirePlan(address, request.method, caller.tenant.tenantId).then(() =>
          handle(caller, request, ...rest),
        );
    const response = await answered.catch((error: unknown) => failureResponse(error, shape));
    for (const [name, value] of Object.entries(allowanceHeaders(allowance)))
      response.headers.set(name, value);
    return response;
  }, shape);
}
