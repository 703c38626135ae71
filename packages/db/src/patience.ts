import { postgresFailure } from '@footfall/postgres/errors';

/**
 * What was asked, unless the database takes longer than `patience` (milliseconds) to answer: then it counts as away.
 * @throws Failure `database_unreachable`
 */
export function within<T>(patience: number, asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(postgresFailure('database_unreachable', `the database did not answer within ${patience} ms`));
    }, patience);
    asked.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
