import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventOfRow, withoutQuotes } from './event-row.ts';

test('columns of CSV become an event as the API takes it', () => {
  const row = {
    id: 'e1',
    name: 'purchase',
    timestamp: '2026-10-10 13:55:36+02',
    url: 'https://shop.example/thanks',
    referrer: '',
    screen: '1440x900',
    interactive: 'false',
    visitor: 'v1',
    'props.plan': 'pro',
    'props.empty': '',
    'revenue.amount': '12.34',
    'revenue.currency': 'EUR',
    order: 'A-1',
    items: '[{"sku":"S1","quantity":2}]',
    colour: 'blue',
  };
  expect(eventOfRow(row)).toEqual({
    kind: 'event',
    event: {
      id: 'e1',
      name: 'purchase',
      timestamp: Date.parse('2026-10-10T11:55:36Z'),
      url: 'https://shop.example/thanks',
      screen: [1440, 900],
      interactive: false,
      visitor: 'v1',
      props: { plan: 'pro' },
      revenue: { amount: '12.34', currency: 'EUR' },
      order: 'A-1',
      items: [{ sku: 'S1', quantity: 2 }],
    },
  });
});

test('an object of the API goes through as it is', () => {
  const event = {
    name: 'Signup',
    ts: 1_760_000_000_000,
    url: 'https://shop.example/',
    props: { plan: 'pro', seats: 3 },
    revenue: { amount: '1.00', currency: 'EUR' },
    scroll: 40,
  };
  expect(eventOfRow(event)).toEqual({ kind: 'event', event });
});

test('a line of our own export is the event that it was, and a bot is none', () => {
  const line = {
    id: 'e1',
    name: 'pageview',
    occurred_at: '2026-10-10T13:55:36.250+02:00',
    received_at: '2026-10-10T13:55:37.000+02:00',
    visitor: 'abc',
    url: 'https://shop.example/',
    language: 'de',
    screen: '(none)',
    user_agent: 'Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36',
    device_model: 'Pixel 8',
    network: '203.0.113.0',
    browser: 'Chrome',
    bot: false,
    revenue_amount: '5',
    revenue_currency: 'EUR',
  };
  expect(eventOfRow(line)).toEqual({
    kind: 'event',
    event: {
      id: 'e1',
      name: 'pageview',
      timestamp: Date.parse('2026-10-10T11:55:36.250Z'),
      visitor: 'abc',
      url: 'https://shop.example/',
      lang: 'de',
      user_agent: line.user_agent,
      hints: { model: 'Pixel 8' },
      ip: '203.0.113.0',
      revenue: { amount: '5', currency: 'EUR' },
    },
  });
  expect(eventOfRow({ ...line, bot: 'true' })).toMatchObject({ event: { user_agent: line.user_agent } });
});

test('a line of an export that had no agents has the agent that its texts say, and a bot is none', () => {
  const line = {
    id: 'e1',
    name: 'engagement',
    occurred_at: '2026-10-10T13:55:36.250+02:00',
    received_at: '2026-10-10T13:55:37.000+02:00',
    visitor: 'abc',
    url: 'https://shop.example/#/cart',
    browser: 'Firefox',
    os: 'Windows',
    os_version: '(none)',
    bot: false,
  };
  expect(eventOfRow(line)).toMatchObject({
    event: {
      user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/. Firefox/.',
      hash: true,
      since_ms: 0,
    },
  });
  expect(eventOfRow({ ...line, bot: 'true', bot_kind: 'Search engine' })).toEqual({
    kind: 'skipped',
    why: 'bot',
  });
  expect(eventOfRow({ ...line, bot: 'true', bot_kind: 'Referrer spam' })).toMatchObject({ kind: 'event' });
});

test('cells that were made safe for spreadsheets lose their quote in a CSV of ours, and in no other', () => {
  const ours = { occurred_at: 'x', received_at: 'x', title: "'=1", order: "'-7", name: "'twas" };
  expect(withoutQuotes(ours)).toMatchObject({ title: '=1', order: '-7', name: "'twas" });
  expect(withoutQuotes({ title: "'=1" })).toEqual({ title: "'=1" });
});

test('what cannot be read goes on as it is, so that the collector names the reason', () => {
  const row = { name: 'a', url: 'b', timestamp: 'yesterday', items: '[', interactive: 'perhaps' };
  expect(eventOfRow(row)).toEqual({ kind: 'event', event: row });
});

test('what has no time is not an event of history', () => {
  expect(eventOfRow({ name: 'pageview', url: 'https://shop.example/' })).toMatchObject({ kind: 'bad' });
});

test('no row makes it throw', () => {
  const names = fc.constantFrom(
    'name',
    'url',
    'timestamp',
    'props',
    'props.a',
    'revenue',
    'screen',
    '__proto__',
    'x',
  );
  fc.assert(fc.property(fc.dictionary(names, fc.anything()), (row) => void eventOfRow(row)));
});
