import { expect, test } from 'vitest';
import { errorRecord } from './error-record.ts';

class ClientError extends Error {
  readonly meta = { request: { body: '{"path":"/a page somebody saw"}' } };
  readonly statusCode = 503;
  readonly code = 'ECONNREFUSED';
}

test('type, message, stack, scalars and causes are told; what clients hang on errors is not', () => {
  const cause = new ClientError('connect ECONNREFUSED');
  const record = errorRecord(new TypeError('the store does not answer', { cause }));
  expect(record).toMatchObject({
    type: 'TypeError',
    message: 'the store does not answer',
    stack: expect.stringContaining('error-record.test'),
    cause: { type: 'ClientError', message: 'connect ECONNREFUSED', statusCode: 503, code: 'ECONNREFUSED' },
  });
  expect(JSON.stringify(record)).not.toContain('somebody saw');
});

test('errors beside each other are told too, a few of them', () => {
  const errors = Array.from({ length: 20 }, (_, n) => new Error(`address ${n}`));
  const record = errorRecord(new AggregateError(errors, 'all refused')) as { errors: { message: string }[] };
  expect(record.errors.map(({ message }) => message)).toEqual([0, 1, 2, 3, 4].map((n) => `address ${n}`));
});

test('causes in a circle end, and texts without an end are cut', () => {
  const error: Error = new Error('x'.repeat(100_000));
  error.cause = error;
  expect(JSON.stringify(errorRecord(error)).length).toBeLessThan(50_000);
});

test('what is thrown that is not an error is told as it is', () => {
  expect(['no', 7, undefined, null, { a: 1 }].map((one) => errorRecord(one))).toEqual([
    'no',
    7,
    undefined,
    'null',
    '[object Object]',
  ]);
});
