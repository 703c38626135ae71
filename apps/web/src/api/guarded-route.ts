import type { GuardedApiAddress } from '#access/api-routes.ts';
import { services } from '#runtime/services.ts';
import { type Caller, requireCaller } from './caller.ts';
import { apiFailure } from './errors.ts';
import { allowanceHeaders } from './query-limit.ts';
import { failureResponse, handler } from './respond.ts';

/** Counts one question of a key; pages of the portal ask as often as they like. */
async function countQuery({ tenant: { tenantId }, apiKeyId }: Caller) {
  if (apiKeyId === null) return null;
  return services().queryLimiter.count({ id: apiKeyId, tenantId });
}

/**
 * The handler of a route whose caller must be known: the table API_ROUTES says who may call it. Answers to a key whose plan has a
 * limit say how much of it is left, those that refuse a query too.
 */
export function guardedRoute<Rest extends unknown[]>(
  address: GuardedApiAddress,
  handle: (caller: Caller, request: Request, ...rest: Rest) => Promise<Response>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return handler(async (request: Request, ...rest: Rest) => {
    const caller = await requireCaller(address, request);
    const allowance = await countQuery(caller);
    const answered = allowance?.exceeded
      ? Promise.reject(apiFailure('rate_limited', `${allowance.limit} questions an hour are asked already`))
      : handle(caller, request, ...rest);
    const response = await answered.catch(failureResponse);
    for (const [name, value] of Object.entries(allowanceHeaders(allowance)))
      response.headers.set(name, value);
    return response;
  });
}
