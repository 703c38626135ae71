import { postgresFailure } from '@footfall/postgres/errors';
import { within } from '@footfall/timing/deadline';

/**
 * What was asked, unless the database takes longer than `timeoutMs` to answer: then it counts as away.
 * @throws Failure `database_unreachable`
 */
export function withTimeout<T>(timeoutMs: number, asked: Promise<T>): Promise<T> {
  return within(timeoutMs, asked, () =>
    postgresFailure('database_unreachable', `the database did not answer within ${timeoutMs} ms`),
  );
}
