import { randomUUID } from 'node:crypto';
import type { Failure } from '@footfall/core/failure';
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

/** A failure as an answer; of a bug only a number to ask about, under which the log has it. */
export function failureResponse(error: unknown): Response {
  const failure = asFailure(error);
  if (failure !== null && (failure.status < 500 || failure.retriable)) {
    const { code, where, status } = failure;
    const message = publicMessage(failure);
    if (status >= 500) services().log.warn({ err: error }, 'answered with a failure');
    return json(
      { error: { code, message, ...(where === undefined ? {} : { path: where }) } },
      { status, headers: statusHeaders(failure) },
    );
  }
  const id = randomUUID();
  services().log.error({ err: error, id }, 'request failed');
  const message = `something went wrong on our side; the log has it under ${id}`;
  return json({ error: { code: 'internal', message } }, { status: 500 });
}

/** A handler whose failures become answers. */
export function handler<Arguments extends unknown[]>(
  handle: (...args: Arguments) => Promise<Response>,
): (...args: Arguments) => Promise<Response> {
  return (...args) => handle(...args).catch(failureResponse);
}

/** Handlers for the methods that an address does not have. */
export function refuseMethods(allowed: 'GET' | 'POST') {
  return (request: Request): Response => {
    const response = failureResponse(
      apiFailure('method_not_allowed', `${request.method} is not possible here; use ${allowed}`),
    );
    response.headers.set('allow', allowed);
    return response;
  };
}
