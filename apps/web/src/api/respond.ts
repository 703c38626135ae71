import { randomUUID } from 'node:crypto';
import type { Failure } from '@footfall/core/failure';
import type { Method } from '#access/api-routes.ts';
import { asFailure } from '#runtime/failure.ts';
import { services } from '#runtime/services.ts';
import { apiFailure } from './errors.ts';

/** JSON that no cache keeps: every answer is of its moment and of its asker. */
export function json(
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return Response.json(body, { ...init, headers: { 'cache-control': 'no-store', ...init.headers } });
}

const RETRY_SECONDS = 5;

/** Headers that belong to a status. */
function statusHeaders({ status, retryAfter = RETRY_SECONDS }: Failure): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer' };
  return status === 429 || status === 503 ? { 'retry-after': String(retryAfter) } : {};
}

/** What an asker reads; of trouble on our side only what to do, since the rest names our machines. */
function publicMessage({ status, code, message, remedy }: Failure): string {
  return status < 500 ? message : `${code.replaceAll('_', ' ')}; ${remedy ?? 'try again in a moment'}`;
}

/** How a failure is written in an answer. */
export type FailureShape = (failure: { code: string; message: string; path?: string }) => object;

const OWN_SHAPE: FailureShape = (failure) => ({ error: failure });

/** A failure as an answer; of a bug only a number to ask about, under which the log has it. */
export function failureResponse(error: unknown, shape: FailureShape = OWN_SHAPE): Response {
  const failure = asFailure(error);
  if (failure !== null && (failure.status < 500 || failure.retriable)) {
    const { code, where, status } = failure;
    const message = publicMessage(failure);
    if (status >= 500) services().log.warn({ err: error }, 'answered with a failure');
    return json(shape({ code, message, ...(where === undefined ? {} : { path: where }) }), {
      status,
      headers: statusHeaders(failure),
    });
  }
  const id = randomUUID();
  services().log.error({ err: error, id }, 'request failed');
  const message = `something went wrong on our side; the log has it under ${id}`;
  return json(shape({ code: 'internal', message }), { status: 500 });
}

/** A handler whose failures become answers. */
export function handler<Arguments extends unknown[]>(
  handle: (...args: Arguments) => Promise<Response>,
  shape?: FailureShape,
): (...args: Arguments) => Promise<Response> {
  return (...args) => handle(...args).catch((error: unknown) => failureResponse(error, shape));
}

/** Handlers for the methods that an address does not have. */
export function refuseMethods(allowed: Method | readonly Method[], shape?: FailureShape) {
  const methods = [allowed].flat();
  return (request: Request): Response => {
    const message = `${request.method} is not possible here; use ${methods.join(' or ')}`;
    const response = failureResponse(apiFailure('method_not_allowed', message), shape);
    response.headers.set('allow', methods.join(', '));
    return response;
  };
}
