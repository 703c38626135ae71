import pg from 'pg';
import { expect, test } from 'vitest';
import { reporting } from './failing.ts';

function databaseError(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('something', 9, 'error');
  error.code = code;
  return error;
}

test.each([
  ['a statement past its time', databaseError('57014'), 'query_timeout'],
  ['a shutdown', databaseError('57P01'), 'report_store_unavailable'],
  ['too many connections', databaseError('53300'), 'report_store_unavailable'],
  ['a deadlock', databaseError('40P01'), 'report_store_unavailable'],
  [
    'a refused connection',
    Object.assign(new Error('no'), { syscall: 'connect' }),
    'report_store_unavailable',
  ],
  ['a cut connection', new Error('Connection terminated unexpectedly'), 'report_store_unavailable'],
])('%s may pass', async (_what, cause, code) => {
  await expect(reporting(Promise.reject(cause))).rejects.toMatchObject({ code, retriable: true, cause });
});

test.each([
  ['a mistake in SQL', databaseError('42601')],
  ['a mistake in our code', new TypeError('x is not a function')],
])('%s stays what it is', async (_what, cause) => {
  await expect(reporting(Promise.reject(cause))).rejects.toBe(cause);
});
