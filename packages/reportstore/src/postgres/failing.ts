import pg from 'pg';
import { reportStoreFailure } from '../errors.ts';

const QUERY_CANCELED = '57014';

/** Classes of SQLSTATE in which the same call may succeed later: connection, rollback by conflict, resources, shutdown. */
const PASSING = /^(08|40|53|57P)/;

/** Waits for work on Postgres; what fails and may succeed later is told apart from what is wrong with the call. */
export async function reporting<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw understood(cause);
  }
}

function understood(cause: unknown): unknown {
  if (cause instanceof pg.DatabaseError) {
    if (cause.code === QUERY_CANCELED)
      return reportStoreFailure('query_timeout', 'the report took too long', { cause });
    return PASSING.test(cause.code ?? '') ? unavailable(cause) : cause;
  }
  return isTransport(cause) ? unavailable(cause) : cause;
}

function unavailable(cause: unknown) {
  return reportStoreFailure('report_store_unavailable', 'the report store does not answer', { cause });
}

/** Errors of the socket carry the system call; those that the driver words itself have nothing but their words. */
function isTransport(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  return (
    'syscall' in cause ||
    cause instanceof AggregateError ||
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      cause.message,
    )
  );
}
