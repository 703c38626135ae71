import { Failure } from '@footfall/core/failure';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeLog, useFakeServices } from '#runtime/services.fixture.ts';
import { apiFailure } from './errors.ts';
import { failureResponse, handler, json, refuseMethods } from './respond.ts';

let log = fakeLog();
beforeEach(() => {
  log = fakeLog();
});
useFakeServices(() => ({ log }));

/** What an asker gets: the status, the headers that matter and the error. */
async function answered(error: unknown) {
  const response = failureResponse(error);
  const { error: said } = (await response.json()) as {
    error: { code: string; message: string; path?: string };
  };
  return { status: response.status, headers: response.headers, ...said };
}

const storeAway = (remedy?: string) =>
  new Failure(
    'report_store_unavailable',
    { status: 503, retriable: true, ...(remedy === undefined ? {} : { remedy }) },
    'ch-3.internal:9000 refused',
  );

describe('an answer', () => {
  it('is kept by no cache, unless it says otherwise', () => {
    expect(json({}).headers.get('cache-control')).toBe('no-store');
    const own = json({}, { status: 201, headers: { 'cache-control': 'private' } });
    expect([own.status, own.headers.get('cache-control')]).toEqual([201, 'private']);
  });

  it('is JSON', async () => {
    const response = json({ a: 1 });
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({ a: 1 });
  });
});

describe('a failure of the asker', () => {
  it('is answered as it is, with its place', async () => {
    const failure = apiFailure('invalid_parameter', 'to lies before from', { where: 'to' });
    expect(await answered(failure)).toMatchObject({
      status: 400,
      code: 'invalid_parameter',
      message: 'to lies before from',
      path: 'to',
    });
    expect(log.warn).not.toHaveBeenCalled();
    expect(log.error).not.toHaveBeenCalled();
  });

  it('has no place where it is about the request as a whole', async () => {
    expect(await answered(apiFailure('invalid_json', 'no'))).not.toHaveProperty('path');
  });

  it.each([
    // RFC 9110 asks for it.
    { code: 'unauthorized', status: 401, header: 'www-authenticate', value: 'Bearer' },
    { code: 'forbidden', status: 403, header: 'www-authenticate', value: null },
    { code: 'invalid_json', status: 400, header: 'retry-after', value: null },
  ] as const)('$code has the headers of $status', async ({ code, status, header, value }) => {
    const { headers, status: given } = await answered(apiFailure(code, 'no'));
    expect([given, headers.get(header)]).toEqual([status, value]);
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('trouble on our side', () => {
  it('that passes says when to come again, not what our machines are called', async () => {
    const { status, code, message, headers } = await answered(storeAway());
    expect([status, code]).toEqual([503, 'report_store_unavailable']);
    expect(message).toBe('report store unavailable; try again in a moment');
    expect(headers.get('retry-after')).toBe('5');
    expect(log.warn).toHaveBeenCalledTimes(1);
  });

  it('says what to do, where there is something', async () => {
    expect((await answered(storeAway('ask for fewer days'))).message).toBe(
      'report store unavailable; ask for fewer days',
    );
  });

  it('is a database that does not answer, by its driver’s code', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.3:5432'), { code: 'ECONNREFUSED' });
    const { status, message } = await answered(refused);
    expect(status).toBe(503);
    expect(message).not.toContain('10.0.0.3');
  });

  it.each([
    ['a bug', new TypeError('x is undefined')],
    ['a failure that does not pass', new Failure('corrupt', { status: 500, retriable: false }, 'segment 7')],
    ['what is not an error', 'segment 7'],
    ['nothing', undefined],
  ])('is %s: a number to ask about, under which the log has all', async (_, error) => {
    const { status, code, message } = await answered(error);
    expect([status, code]).toEqual([500, 'internal']);
    const [id] = /[0-9a-f-]{36}$/.exec(message) ?? [];
    expect(log.error).toHaveBeenCalledWith({ err: error, id }, 'request failed');
    expect(message).not.toMatch(/segment|undefined/);
  });

  it('has another number each time', async () => {
    const [one, other] = [await answered(undefined), await answered(undefined)];
    expect(one.message).not.toBe(other.message);
  });
});

describe('a handler', () => {
  it('answers what it makes, from what it is given', async () => {
    const handle = handler(async (request: Request, id: string) => json([request.method, id]));
    expect(await (await handle(new Request('http://a.example'), 'x')).json()).toEqual(['GET', 'x']);
  });

  it('answers what it throws', async () => {
    const handle = handler(async () => {
      throw apiFailure('not_found', 'nothing');
    });
    expect((await handle()).status).toBe(404);
  });
});

describe('a method that an address does not have', () => {
  it.each([
    ['GET', 'DELETE'],
    ['POST', 'GET'],
  ] as const)('is told of %s', async (allowed, method) => {
    const response = refuseMethods(allowed)(new Request('http://a.example', { method }));
    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
    expect(await response.json()).toMatchObject({
      error: { code: 'method_not_allowed', message: `${method} is not possible here; use ${allowed}` },
    });
  });
});
