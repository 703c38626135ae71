import { expect, test } from 'vitest';
import { collectorFailure } from './errors.ts';
import { errorReply } from './reply.ts';

const said = (error: unknown) => {
  const { status, headers, body } = errorReply(error);
  return { status, retryAfter: headers['retry-after'], ...(JSON.parse(String(body)) as object) };
};

test('a refusal says its code, what was wrong and where', () => {
  expect(said(collectorFailure('invalid_body', 'site is missing', { where: 'site' }))).toEqual({
    status: 400,
    retryAfter: undefined,
    error: { code: 'invalid_body', message: 'site is missing', path: 'site' },
  });
});

test('what may work later says when', () => {
  expect(said(collectorFailure('unavailable', 'not now'))).toMatchObject({ status: 503, retryAfter: '2' });
});

test('a fault of ours keeps its text to itself', () => {
  expect(said(new TypeError('secret of /home/x.ts'))).toEqual({
    status: 500,
    retryAfter: undefined,
    error: { code: 'internal', message: expect.not.stringContaining('secret') },
  });
});
