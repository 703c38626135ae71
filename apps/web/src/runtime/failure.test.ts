import { Failure } from '@footfall/core/failure';
import { describe, expect, it } from 'vitest';
import { asFailure } from './failure.ts';

describe('an error on its way to the asker', () => {
  it('is a failure when it is one, of whatever copy of the class', () => {
    const own = new Failure('gone', { status: 404, retriable: false }, 'not there');
    const foreign = Object.assign(new Error('not there'), { name: 'Failure', code: 'gone', status: 404 });
    expect(asFailure(own)).toBe(own);
    expect(asFailure(foreign)).toMatchObject({ code: 'gone', status: 404 });
  });

  it.each(['ECONNREFUSED', 'P1001', '57P03'])('says to come back when the database is away (%s)', (code) => {
    expect(asFailure(Object.assign(new Error('refused'), { code }))).toMatchObject({
      status: 503,
      retriable: true,
    });
  });

  it.each([
    new Error('timeout exceeded when trying to connect'),
    new Error('Connection terminated unexpectedly'),
    Object.assign(new Error('Unable to start a transaction in the given time.'), { code: 'P2028' }),
  ])('says to come back when no connection became free, or one broke (%s)', (error) => {
    expect(asFailure(error)).toMatchObject({
      code: 'unavailable',
      status: 503,
      retriable: true,
      cause: error,
    });
  });

  it.each([new Error('bug'), Object.assign(new Error('bug'), { code: 'P2002' }), 'text', undefined])(
    'is a bug otherwise (%s)',
    (error) => expect(asFailure(error)).toBeNull(),
  );
});
