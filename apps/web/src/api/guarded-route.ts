import type { GuardedApiAddress } from '#access/api-routes.ts';
import { services } from '#runtime/services.ts';
import { type Caller, requireCaller } from './caller.ts';
import { apiFailure } from './errors.ts';
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
      : handle(caller, request, ...rest);
    const response = await answered.catch((error: unknown) => failureResponse(error, shape));
    for (const [name, value] of Object.entries(allowanceHeaders(allowance)))
      response.headers.set(name, value);
    return response;
  }, shape);
}
