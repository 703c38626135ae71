import { postgresFailure } from '@footfall/postgres/errors';

/**
 * What was asked, unless the database takes longer than `timeoutMs` to answer: then it counts as away.
 * @throws Failure `database_unreachable`
 */
export function withTimeout<T>(timeoutMs: number, asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(postgresFailure('database_unreachable', `the database did not answer within ${timeoutMs} ms`));
    }, timeoutMs);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
