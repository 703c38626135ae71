import { randomUUID } from 'node:crypto';
import { Failure } from '@footfall/core/failure';
import { services } from '#runtime/services.ts';
import { apiFailure } from './errors.ts';

/** JSON that no cache keeps: every answer is of its moment and of its asker. */
export function json(
  body: unknown,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return Response.json(body, { ...init, headers: { 'cache-control': 'no-store', ...init.headers } });
}

const RETRY_SECONDS = '5';

/** Headers that belong to a status. */
const HEADERS: Readonly<Record<number, Record<string, string>>> = {
  401: { 'www-authenticate': 'Bearer' },
  503: { 'retry-after': RETRY_SECONDS },
};

/** What a failure says to the asker; of what is our own fault only a number to ask about, the rest is in the log. */
export function failureResponse(error: unknown): Response {
  const known = error instanceof Failure && (error.status < 500 || error.retriable);
  if (known) {
    const { code, message, where, status } = error;
    if (status >= 500) services().log.warn({ err: error }, 'answered with a failure');
    return json(
      { error: { code, message, ...(where === undefined ? {} : { path: where }) } },
      { status, headers: HEADERS[status] ?? {} },
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
