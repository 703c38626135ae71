import { type Installation, startInstallation } from '@footfall/testkit/installation';
import { expect, test } from '@playwright/test';
import type { QueryAnswer } from './support/client.ts';
import { newMerchant } from './support/merchant.ts';

let installation: Installation;
test.beforeAll(async () => {
  test.setTimeout(600_000);
  installation = await startInstallation();
});
test.afterAll(() => installation.stop());

const view = (visitor: string, timestamp: string, path = '/') => ({
  name: 'pageview',
  visitor,
  timestamp,
  url: `https://shop.example${path}`,
});

/** Sends events to a new site and answers what a query says once all of them are in the reports. */
async function report(events: readonly object[], query: object, timezone?: string): Promise<QueryAnswer> {
  const { client } = await newMerchant(installation, timezone === undefined ? {} : { timezone });
  await client.send(events);
  const sent = Date.now();
  await expect
    .poll(async () => Date.parse(String((await client.query(query)).meta.data_through)), { timeout: 30_000 })
    .toBeGreaterThan(sent);
  return client.query(query);
}

const DAY = '2026-01-07';
const oneDay = { date_range: [DAY, DAY] };

test('1: totals of a day', async () => {
  const events = [
    view('A', `${DAY}T00:00:00Z`),
    view('A', `${DAY}T00:25:00Z`),
    view('B', `${DAY}T00:00:00Z`),
  ];
  const metrics = ['pageviews', 'visitors', 'visits', 'views_per_visit', 'bounce_rate', 'visit_duration'];
  expect((await report(events, { ...oneDay, metrics })).results).toEqual([
    { dimensions: [], metrics: [3, 2, 2, 1.5, 50, 750] },
  ]);
});

test('2: a gap of more than 30 minutes starts the next visit', async () => {
  const events = ['10:00:00', '10:30:00', '11:00:01'].map((time) => view('A', `${DAY}T${time}Z`));
  const { results } = await report(events, {
    ...oneDay,
    metrics: ['visits', 'bounce_rate', 'visit_duration'],
  });
  expect(results).toEqual([{ dimensions: [], metrics: [2, 50, 900] }]);
});

test('3: hours of a zone that is a quarter off', async () => {
  const events = ['04:15', '05:15', '05:44', '06:14'].map((time) => view(time, `${DAY}T${time}:00Z`));
  const { results } = await report(
    events,
    { ...oneDay, metrics: ['visitors'], dimensions: ['time:hour'] },
    'Asia/Kathmandu',
  );
  expect(results.filter(({ metrics }) => metrics[0] !== 0)).toEqual([
    { dimensions: [`${DAY}T10:00:00+05:45`], metrics: [1] },
    { dimensions: [`${DAY}T11:00:00+05:45`], metrics: [3] },
  ]);
});

test('4: a visitor across midnight is one a day', async () => {
  const events = [view('A', '2026-01-07T23:50:00Z'), view('A', '2026-01-08T00:10:00Z')];
  const query = {
    metrics: ['visitors', 'visits', 'bounce_rate'],
    date_range: ['2026-01-07', '2026-01-08'],
    dimensions: ['time:day'],
  };
  const { results } = await report(events, query);
  expect(results).toEqual([
    { dimensions: ['2026-01-07'], metrics: [1, 1, 100] },
    { dimensions: ['2026-01-08'], metrics: [1, 1, 100] },
  ]);
});

test('5: days of 23 and 25 hours', async () => {
  const hours = async (day: string) => {
    const events = [view('A', '2025-10-26T00:30:00Z'), view('B', '2025-10-26T01:30:00Z')];
    const query = { metrics: ['visits'], date_range: [day, day], dimensions: ['time:hour'] };
    return (await report(events, query, 'Europe/Berlin')).results;
  };
  expect(await hours('2026-03-29')).toHaveLength(23);
  const long = await hours('2025-10-26');
  expect(long).toHaveLength(25);
  expect(long.filter(({ metrics }) => metrics[0] === 1).map(({ dimensions }) => dimensions[0])).toEqual([
    '2025-10-26T02:00:00+02:00',
    '2025-10-26T02:00:00+01:00',
  ]);
});

test('the same id again is a duplicate, an impossible event is refused by reason, and the ledger adds up', async () => {
  const { client } = await newMerchant(installation);
  const now = new Date().toISOString();
  const good = { id: 'order-1', ...view('A', now) };
  expect(
    await client.send([good, { ...good, url: 'nowhere' }, { ...good, id: 'x', name: '' }]),
  ).toMatchObject({
    accepted: 1,
    rejected: [
      { index: 1, id: 'order-1', reason: 'invalid_url' },
      { index: 2, id: 'x', reason: 'invalid_name' },
    ],
  });
  await client.send([good]);
  await expect.poll(async () => (await client.ledger()).pending, { timeout: 30_000 }).toBe(0);
  expect(await client.ledger()).toEqual({
    received: 4,
    stored: 1,
    duplicate: 1,
    rejected: { invalid_url: 1, invalid_name: 1 },
    pending: 0,
    bots: 0,
  });
});
