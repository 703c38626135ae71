import type { Installation } from '@footfall/testkit/installation';
import { expect } from '@playwright/test';
import type { QueryAnswer } from './support/client.ts';
import { newMerchant } from './support/merchant.ts';
import { test } from './support/test.ts';

let installation: Installation;
test.beforeAll(({ shared }) => {
  installation = shared;
});

const view = (visitor: string, timestamp: string, path = '/') => ({
  name: 'pageview',
  visitor,
  timestamp,
  url: `https://shop.example${path}`,
});

type Merchant = Awaited<ReturnType<typeof newMerchant>>;

/** Sends events and waits until all of them are in the reports. */
async function take({ client }: Merchant, events: readonly object[]): Promise<void> {
  await client.send(events);
  const sent = Date.now();
  const query = { metrics: ['events'], date_range: 'all' };
  await expect
    .poll(async () => Date.parse(String((await client.query(query)).meta.data_through)), { timeout: 30_000 })
    .toBeGreaterThan(sent);
}

/** Sends events to a new site and answers what a query says once all of them are in the reports. */
async function report(events: readonly object[], query: object, timezone?: string): Promise<QueryAnswer> {
  const merchant = await newMerchant(installation, timezone === undefined ? {} : { timezone });
  await take(merchant, events);
  return merchant.client.query(query);
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

const event = (visitor: string, name: string, timestamp: string, more: object = {}) => ({
  ...view(visitor, timestamp),
  name,
  ...more,
});

test('6: conversion rates, of all and by source', async () => {
  const merchant = await newMerchant(installation);
  await installation.admin([
    'create-goal',
    '--site',
    merchant.siteId,
    '--name',
    'Signup',
    '--event',
    'Signup',
  ]);
  const from = (visitor: string, referrer: string) => ({ ...view(visitor, `${DAY}T10:00:00Z`), referrer });
  await take(merchant, [
    from('A', 'https://www.google.com/'),
    from('B', 'https://www.google.com/'),
    from('C', 'https://www.bing.com/'),
    from('D', 'https://www.bing.com/'),
    event('A', 'Signup', `${DAY}T10:01:00Z`),
    event('A', 'Signup', `${DAY}T10:02:00Z`),
  ]);
  const filters = [['is', 'event:goal', ['Signup']]];
  const metrics = ['visitors', 'events', 'conversion_rate'];
  const { results: all } = await merchant.client.query({ ...oneDay, metrics, filters });
  expect(all).toEqual([{ dimensions: [], metrics: [1, 2, 25] }]);
  const { results: goals } = await merchant.client.query({ ...oneDay, metrics, dimensions: ['event:goal'] });
  expect(goals).toEqual([{ dimensions: ['Signup'], metrics: [1, 2, 25] }]);
  const { results: sources } = await merchant.client.query({
    ...oneDay,
    metrics: ['visitors', 'conversion_rate', 'group_conversion_rate'],
    dimensions: ['visit:source'],
    filters,
  });
  expect(sources).toEqual([{ dimensions: ['Google'], metrics: [1, 25, 50] }]);
});

test('7: exit rates', async () => {
  const events = [
    view('A', `${DAY}T10:00:00Z`, '/a'),
    view('A', `${DAY}T10:01:00Z`, '/b'),
    view('A', `${DAY}T10:02:00Z`, '/a'),
    view('B', `${DAY}T10:00:00Z`, '/b'),
  ];
  const query = { ...oneDay, metrics: ['pageviews', 'exit_rate'], dimensions: ['event:page'] };
  expect((await report(events, query)).results).toEqual([
    { dimensions: ['/a'], metrics: [2, 50] },
    { dimensions: ['/b'], metrics: [2, 50] },
  ]);
});

test('a visit of /a and /b ends on /b: all of its pageviews, by either dimension', async () => {
  const merchant = await newMerchant(installation);
  await take(merchant, [view('A', `${DAY}T10:00:00Z`, '/a'), view('A', `${DAY}T10:01:00Z`, '/b')]);
  const ask = async (dimension: string) =>
    (await merchant.client.query({ ...oneDay, metrics: ['exit_rate'], dimensions: [dimension] })).results;
  expect(await ask('visit:exit_page')).toEqual([{ dimensions: ['/b'], metrics: [100] }]);
  expect(await ask('event:page')).toEqual([
    { dimensions: ['/b'], metrics: [100] },
    { dimensions: ['/a'], metrics: [0] },
  ]);
});

test('a filter on a goal shows the row of that goal alone', async () => {
  const merchant = await newMerchant(installation);
  for (const [name, page] of [
    ['Cart', '/cart'],
    ['Any', '/**'],
  ] as const)
    await installation.admin(['create-goal', '--site', merchant.siteId, '--name', name, '--page', page]);
  await take(merchant, [view('A', `${DAY}T10:00:00Z`, '/cart'), view('B', `${DAY}T10:00:00Z`, '/')]);
  const ask = async (...filters: unknown[]) => {
    const query = { ...oneDay, metrics: ['visitors' as const], dimensions: ['event:goal'], filters };
    return (await merchant.client.query(query)).results.map((row) => [row.dimensions[0], row.metrics[0]]);
  };
  const goal = (name: string) => ['is', 'event:goal', [name]];
  expect(await ask()).toEqual([
    ['Any', 2],
    ['Cart', 1],
  ]);
  expect(await ask(goal('Cart'))).toEqual([['Cart', 1]]);
  expect(await ask(['or', [goal('Cart'), goal('Cart')]])).toEqual([['Cart', 1]]);
  expect(await ask(['not', goal('Cart')])).toEqual([['Any', 1]]);
  expect(await ask(['has_done', goal('Cart')])).toEqual([
    ['Any', 1],
    ['Cart', 1],
  ]);
});

test('what is read past midnight is of the visit and the day of its page view', async () => {
  const merchant = await newMerchant(installation);
  await take(merchant, [
    view('A', `${DAY}T23:50:00Z`, '/a'),
    event('A', 'engagement', '2026-01-08T00:10:00Z', {
      url: 'https://shop.example/a',
      engaged_ms: 60_000,
      scroll: 80,
      since_ms: 20 * 60_000,
    }),
  ]);
  const query = { metrics: ['visitors', 'time_on_page', 'scroll_depth'], dimensions: ['time:day'] };
  const days = await merchant.client.query({ ...query, date_range: [DAY, '2026-01-08'] });
  expect(days.results).toEqual([
    { dimensions: [DAY], metrics: [1, 60, 80] },
    { dimensions: ['2026-01-08'], metrics: [0, null, null] },
  ]);
});

test('a page is its text, however its address and the filter are written', async () => {
  const merchant = await newMerchant(installation);
  const at = (visitor: string, path: string, more: object = {}) => ({
    ...view(visitor, `${DAY}T10:00:00Z`, path),
    ...more,
  });
  await take(merchant, [
    at('A', '/gr%c3%bc%C3%9Fe'),
    at('B', '/grüße?x=1#top'),
    at('C', '/%7Euser'),
    at('D', '/a%2fb/caf%e9'),
    at('E', '/#/cart', { hash: true }),
    at('F', '/#/cart'),
    { ...at('G', '/'), url: 'https://www.münchen.example./' },
  ]);
  const ask = async (dimension: string, ...filters: unknown[]) => {
    const query = { ...oneDay, metrics: ['visitors' as const], dimensions: [dimension], filters };
    return (await merchant.client.query(query)).results.map((row) => [row.dimensions[0], row.metrics[0]]);
  };
  expect(await ask('event:page')).toEqual([
    ['/', 2],
    ['/grüße', 2],
    ['/#/cart', 1],
    ['/a%2Fb/caf%E9', 1],
    ['/~user', 1],
  ]);
  for (const page of ['/gr%c3%bc%C3%9Fe', '/grüße', '/GR%C3%BC%c3%9fe'])
    expect(await ask('visit:entry_page', ['is', 'event:page', [page], { case_sensitive: false }])).toEqual([
      ['/grüße', 2],
    ]);
  expect(await ask('event:hostname')).toEqual([
    ['shop.example', 6],
    ['münchen.example', 1],
  ]);
  expect(await ask('event:page', ['is', 'visit:hostname', ['WWW.xn--mnchen-3ya.example']])).toEqual([
    ['/', 1],
  ]);
});

test('times and values as people send them', async () => {
  const merchant = await newMerchant(installation);
  const at = (visitor: string, timestamp: string, more: object = {}) => ({
    ...view(visitor, timestamp),
    ...more,
  });
  await take(merchant, [
    at('A', '2026-01-07T11:00:00+01', { ip: '192.0.2.1:5678', props: { plan: '' } }),
    at('B', '20260107T110000,5+0100', { ip: '[2001:db8::1]:443', props: { plan: '\ufeffpro' } }),
    at('C', '2026-01-07t09:59:60z', { props: { plan: 'pro' } }),
  ]);
  const { results: hours } = await merchant.client.query({
    metrics: ['visitors'],
    date_range: ['20260107T100000Z', '2026-01-07T11:59:59+01'],
    dimensions: ['time:hour'],
  });
  expect(hours).toEqual([{ dimensions: ['2026-01-07T10:00:00+00:00'], metrics: [3] }]);
  const { results: plans } = await merchant.client.query({
    ...oneDay,
    metrics: ['visitors'],
    dimensions: ['event:props:plan'],
  });
  expect(plans.map(({ dimensions }) => dimensions[0])).toEqual(['(none)', 'pro', '\ufeffpro']);
  const filters = [['is', 'event:props:plan', ['']]];
  const { results: none } = await merchant.client.query({ ...oneDay, metrics: ['visitors'], filters });
  expect(none[0]?.metrics).toEqual([1]);
});

test('8: changes against another period', async () => {
  const before = ['A', 'B', 'C'].map((visitor) => view(visitor, '2026-01-01T10:00:00Z', '/old'));
  const now = view('A', '2026-01-08T10:00:00Z', '/old');
  const fresh = ['A', 'B', 'C', 'D'].map((visitor) => view(visitor, '2026-01-09T10:00:00Z', '/new'));
  const query = {
    metrics: ['visitors'],
    date_range: ['2026-01-08', '2026-01-14'],
    dimensions: ['event:page'],
    order_by: [['event:page', 'desc']],
    include: { comparisons: { mode: 'previous_period' } },
  };
  expect((await report([...before, now, ...fresh], query)).results).toEqual([
    { dimensions: ['/old'], metrics: [1], comparison: { metrics: [3], change: [-67] } },
    { dimensions: ['/new'], metrics: [4], comparison: { metrics: [0], change: [100] } },
  ]);
});

test('9: an order counts once, whoever sends it again, and a refund on its own day', async () => {
  const revenue = { amount: '20.00', currency: 'EUR' };
  const events = [
    event('A', 'purchase', '2026-01-07T10:00:00Z', { order: '7', revenue }),
    event('A', 'purchase', '2026-01-07T10:05:00Z', { order: '7', revenue }),
    event('A', 'refund', '2026-01-08T10:00:00Z', {
      order: '7',
      revenue: { amount: '5.00', currency: 'EUR' },
    }),
  ];
  const metrics = ['total_revenue', 'orders', 'refunded_revenue', 'net_revenue'];
  const days = ['2026-01-07', '2026-01-08'];
  const merchant = await newMerchant(installation);
  await take(merchant, events);
  // The mail's link on another device, the next day.
  await take(merchant, [event('B', 'purchase', '2026-01-08T09:00:00Z', { order: ' 7 ', revenue })]);
  expect((await merchant.client.query({ metrics, date_range: days })).results).toEqual([
    { dimensions: [], metrics: ['20.00', 1, '5.00', '15.00'] },
  ]);
  const daily = await merchant.client.query({ metrics, date_range: days, dimensions: ['time:day'] });
  expect(daily.results).toEqual([
    { dimensions: ['2026-01-07'], metrics: ['20.00', 1, '0.00', '20.00'] },
    { dimensions: ['2026-01-08'], metrics: ['0.00', 0, '5.00', '-5.00'] },
  ]);
});

test('10: a funnel counts who did its steps in order', async () => {
  const merchant = await newMerchant(installation);
  for (const [name, ...of] of [
    ['View', '--page', '/p/*'],
    ['Cart', '--event', 'add_to_cart'],
    ['Buy', '--event', 'purchase'],
  ] as const)
    await installation.admin(['create-goal', '--site', merchant.siteId, '--name', name, ...of]);
  const look = (visitor: string, time: string) => view(visitor, `${DAY}T${time}Z`, '/p/mug');
  const cart = (visitor: string, time: string) => event(visitor, 'add_to_cart', `${DAY}T${time}Z`);
  const buy = (visitor: string, time: string) => event(visitor, 'purchase', `${DAY}T${time}Z`);
  await take(merchant, [
    look('A', '10:00:00'),
    cart('A', '10:01:00'),
    buy('A', '10:02:00'),
    look('B', '10:00:00'),
    buy('B', '10:01:00'),
    cart('C', '10:00:00'),
    look('C', '10:01:00'),
  ]);
  const { results } = await merchant.client.funnel({ ...oneDay, steps: ['View', 'Cart', 'Buy'] });
  expect(results.map(({ visitors }) => visitors)).toEqual([3, 1, 1]);
});

test('what a site measures can be asked for a year back the day it is named', async () => {
  const merchant = await newMerchant(installation);
  await take(merchant, [view('A', '2025-02-03T10:00:00Z', '/thanks'), view('B', '2025-02-03T10:00:00Z')]);
  await installation.admin([
    'create-goal',
    '--site',
    merchant.siteId,
    '--name',
    'Thanks',
    '--page',
    '/thanks',
  ]);
  const query = {
    metrics: ['visitors', 'conversion_rate'],
    date_range: ['2025-01-01', '2025-12-31'],
    dimensions: ['event:goal'],
  };
  expect((await merchant.client.query(query)).results).toEqual([
    { dimensions: ['Thanks'], metrics: [1, 50] },
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
