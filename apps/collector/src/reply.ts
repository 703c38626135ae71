import type { ServerResponse } from 'node:http';
import { Failure } from '@footfall/core/failure';
import { collectorFailure } from './errors.ts';
import type { IntakeAnswer } from './intake.ts';

/** An answer, before the headers that all answers share. */
export type Reply = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
  /** What became of the events, for metrics. */
  taken?: IntakeAnswer;
};

export const NO_STORE = { 'cache-control': 'no-store' } as const;

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8', ...NO_STORE } as const;

/** Long enough for a group commit or a restart of the database to pass, short enough for a page that is still open; seconds. */
const RETRY_AFTER = 2;

/** An answer in JSON. */
export function jsonReply(status: number, body: object): Reply {
  return { status, headers: JSON_HEADERS, body: JSON.stringify(body) };
}

/** The answer to events that were received, refused ones among them. */
export function acceptedReply(taken: IntakeAnswer): Reply {
  return { ...jsonReply(202, taken), taken };
}

/** The answer to a request that was refused as a whole. What is not a Failure is a fault of ours: its text stays in our log. */
export function errorReply(error: unknown): Reply {
  const { status, code, message, where, retryAfter } =
    error instanceof Failure
      ? error
      : collectorFailure('internal', 'something went wrong on our side; send the same again later');
  const seconds = retryAfter ?? (status === 503 ? RETRY_AFTER : undefined);
  return {
    status,
    headers: seconds === undefined ? JSON_HEADERS : { ...JSON_HEADERS, 'retry-after': String(seconds) },
    body: JSON.stringify({ error: { code, message, ...(where === undefined ? {} : { path: where }) } }),
  };
}

/** How an answer goes out. `isLast`: the connection cannot be used again, since part of the request is still on its way. */
export type Sending = { isLast: boolean; shared: Readonly<Record<string, string>> };

/** Writes an answer. */
export function send(
  response: ServerResponse,
  { status, headers, body }: Reply,
  { isLast, shared }: Sending,
): void {
  if (response.destroyed) return;
  if (isLast) response.shouldKeepAlive = false;
  const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...shared, ...headers, ...length });
  response.end(body);
}
