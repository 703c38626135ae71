import { errors } from '@elastic/elasticsearch';
import { Failure } from '@footfall/core/failure';
import { reportStoreFailure } from '../errors.ts';

/** What a cluster answers when it is busy, has no master or is starting. */
const PASSING = new Set([408, 429, 502, 503, 504]);

const isTransport = (cause: unknown): boolean =>
  cause instanceof errors.ConnectionError ||
  cause instanceof errors.NoLivingConnectionsError ||
  cause instanceof errors.TimeoutError;

/** Whether the same request may succeed later. */
export function isPassing(cause: unknown): boolean {
  return isTransport(cause) || (cause instanceof errors.ResponseError && PASSING.has(cause.statusCode ?? 0));
}

/** The type of what Elasticsearch refused; empty when it is something else. */
export function errorType(cause: unknown): string {
  if (!(cause instanceof errors.ResponseError)) return '';
  const error = (cause.body as { error?: { type?: string } } | undefined)?.error;
  return error?.type ?? '';
}

function unavailable(cause: unknown): Failure {
  return reportStoreFailure('report_store_unavailable', 'the report store does not answer', { cause });
}

function understood(cause: unknown): unknown {
  if (cause instanceof Failure) return cause;
  if (isPassing(cause)) return unavailable(cause);
  if (errorType(cause) === 'index_not_found_exception')
    return reportStoreFailure('report_store_unprepared', 'an index of the report store is missing', {
      cause,
    });
  return cause;
}

/** Waits for work on Elasticsearch; what fails and may succeed later is told apart from what is wrong with the call. */
export async function reporting<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw understood(cause);
  }
}

const tookTooLong = (cause: unknown) =>
  reportStoreFailure('query_timeout', 'the report took too long', { cause });

/** As {@link reporting}, of a question, which has its time. */
export async function answering<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw cause instanceof errors.TimeoutError ? tookTooLong(cause) : understood(cause);
  }
}
