import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { retryAfterSeconds } from './footfall-error.ts';
import { makeClient, refusal } from './portal.fixture.ts';

const good = Response.json({ visitors: 1 });
const limited = (seconds?: number) =>
  refusal(
    429,
    { code: 'rate_limited', message: 'too many' },
    seconds === undefined ? {} : { 'retry-after': String(seconds) },
  );
const away = refusal(503, { code: 'unavailable', message: 'not now' }, { 'retry-after': '5' });

describe('a question that may be asked again', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['after 429 when the portal says', limited(7), 7_000],
    ['after 503 when the portal says', away, 5_000],
    ['after a second when it says nothing', limited(), 1_000],
  ])('is asked %s, and not sooner', async (_, refused, ms) => {
    const { client, asked } = makeClient([refused, good]);
    const answer = client.realtime('s');
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual({ visitors: 1 });
    expect(asked).toHaveLength(2);
  });

  it('is posted again with its body', async () => {
    const { client, asked } = makeClient([limited(0), Response.json({ results: [] })]);
    const answer = client.query({ site_id: 's', metrics: ['visitors'], date_range: 'day' });
    await vi.runAllTimersAsync();
    await answer;
    expect(asked[1]).toEqual(asked[0]);
  });

  it('fails with the last refusal when asking does not help', async () => {
    const { client, asked } = makeClient([limited(), limited(), limited(), away], { retries: 3 });
    const answer = client.realtime('s').catch((caught: unknown) => caught);
    await vi.runAllTimersAsync();
    expect(await answer).toMatchObject({ code: 'unavailable', status: 503, retryAfter: 5 });
    expect(asked).toHaveLength(4);
  });

  it('is not waited for when that would take too long', async () => {
    const { client, asked } = makeClient([limited(3_600)]);
    await expect(client.realtime('s')).rejects.toMatchObject({ status: 429, retryAfter: 3_600 });
    expect(asked).toHaveLength(1);
  });

  it('is given up when the asker does', async () => {
    const { client, asked } = makeClient([limited(30), good]);
    const controller = new AbortController();
    const answer = client.realtime('s', { signal: controller.signal }).catch((caught: unknown) => caught);
    await vi.advanceTimersByTimeAsync(1_000);
    controller.abort(new Error('enough'));
    expect(await answer).toMatchObject({ message: 'enough' });
    expect(asked).toHaveLength(1);
  });
});

it.each([400, 401, 403, 404, 413, 500])('status %d is final', async (status) => {
  const { client, asked } = makeClient([
    refusal(status, { code: 'x', message: 'no' }, { 'retry-after': '0' }),
  ]);
  await expect(client.realtime('s')).rejects.toMatchObject({ status });
  expect(asked).toHaveLength(1);
});

it.each([
  ['a page of a proxy', new Response('<h1>Bad gateway</h1>', { status: 502 })],
  ['null', Response.json(null, { status: 502 })],
  ['another error', Response.json({ error: 'no' }, { status: 502 })],
])('%s in place of an answer says no more than its status', async (_, response) => {
  await expect(makeClient([response]).client.realtime('s')).rejects.toMatchObject({
    code: 'unreadable',
    status: 502,
    path: undefined,
  });
});

it.each([
  ['5', 5],
  ['0', 0],
  ['-3', 0],
  ['Wed, 07 Jan 2026 10:00:30 GMT', 30],
  ['Wed, 07 Jan 2026 09:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('Retry-After %s is %s seconds', (header, seconds) => {
  expect(retryAfterSeconds(header, Date.parse('2026-01-07T10:00:00Z'))).toBe(seconds);
});
