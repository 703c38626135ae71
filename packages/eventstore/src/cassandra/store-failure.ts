import { connectionProblem } from '@footfall/adapter/connection-problem';
import { Failure } from '@footfall/core/failure';
import { errors, types } from 'cassandra-driver';
import { eventStoreFailure } from '../errors.ts';

const { responseErrorCodes: codes } = types;

/** Answers after which the same request may do: nodes are slow, few, or busy. */
const PASSING = new Set<number>([
  codes.serverError,
  codes.unavailableException,
  codes.overloaded,
  codes.isBootstrapping,
  codes.truncateError,
  codes.writeTimeout,
  codes.readTimeout,
  codes.readFailure,
  codes.writeFailure,
]);

/** What Cassandra says of a keyspace, table or column that is not there. */
const MISSING = /does not exist|unconfigured table|unknown (keyspace|table|identifier)|undefined column/i;

const isSocketError = (error: unknown) =>
  error instanceof Error && 'isSocketError' in error && error.isSocketError === true;

/** Whether the same request may do better in a moment, though nobody knows what became of this one. */
export function isPassing(error: unknown): boolean {
  return (
    (error instanceof errors.ResponseError && PASSING.has(error.code)) ||
    error instanceof errors.OperationTimedOutError ||
    error instanceof errors.BusyConnectionError ||
    isSocketError(error)
  );
}

/** What the nodes that were tried said, each node once. */
function listCauses({ innerErrors }: errors.NoHostAvailableError): unknown[] {
  return Object.values((innerErrors ?? {}) as Record<string, unknown>);
}

const errorText = (error: unknown) =>
  connectionProblem(error) ?? (error instanceof Error ? error.message : String(error));

function isRefusal(error: unknown): boolean {
  return (
    error instanceof errors.AuthenticationError ||
    (error instanceof errors.ResponseError &&
      (error.code === codes.unauthorized || error.code === codes.badCredentials))
  );
}

/** The driver's errors as the package's own; one that is neither the engine's state nor the operator's stays as it is. */
export function storeFailure(error: unknown): unknown {
  if (error instanceof Failure) return error;
  const options = { cause: error };
  if (error instanceof errors.NoHostAvailableError) {
    const causes = listCauses(error);
    // The driver's word for a data center that none of the nodes is in; it names those that they are in.
    if (/localDataCenter/.test(error.message))
      return eventStoreFailure('bad_url', error.message, { ...options, where: 'EVENT_STORE_URL' });
    const refusal = causes.find(isRefusal);
    if (refusal !== undefined) return storeFailure(refusal);
    const reasons = [...new Set(causes.filter((cause) => cause !== null).map(errorText))];
    const why = reasons.length === 0 ? error.message : reasons.join('; ');
    return eventStoreFailure('store_unavailable', `no node of Cassandra answers: ${why}`, options);
  }
  if (isRefusal(error))
    return eventStoreFailure('bad_url', `Cassandra refuses: ${errorText(error)}`, {
      ...options,
      where: 'EVENT_STORE_URL',
    });
  if (isPassing(error))
    return eventStoreFailure('store_unavailable', `Cassandra: ${errorText(error)}`, options);
  if (error instanceof errors.ResponseError && error.code === codes.invalid && MISSING.test(error.message))
    return eventStoreFailure('store_unprepared', `Cassandra: ${error.message}`, options);
  return error;
}
