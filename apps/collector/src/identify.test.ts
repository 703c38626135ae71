import type { RawEvent } from '@footfall/core/raw-event';
import type { ValidEvent } from '@footfall/core/validate';
import { expect, test } from 'vitest';
import { type DatedEvent, type IdentityKeys, identify, type Sender } from './identify.ts';

const KEYS: IdentityKeys = {
  salts: new Map([
    ['2026-01-07', new Uint8Array(32).fill(1)],
    ['2026-01-08', new Uint8Array(32).fill(2)],
  ]),
  statedKeyFor: () => new Uint8Array(32).fill(3),
};

type More = Partial<ValidEvent & { day: string }>;

const event = ({ day = '2026-01-07', ...more }: More = {}): DatedEvent => ({
  day,
  event: {
    id: 'e1',
    siteId: 'site_1',
    name: 'pageview',
    url: 'https://shop.example/',
    occurredAt: 1,
    receivedAt: 2,
    ...more,
  },
});

const browser = (ip: string, userAgent: string | undefined = 'Firefox'): Sender => ({
  kind: 'browser',
  id: 'site_key',
  ip,
  userAgent,
});
const server: Sender = { kind: 'server', id: 'key_1' };

const who = (sender: Sender, more: More = {}) => identify(event(more), sender, KEYS).visitor;

test('an event leaves with its visitor and the network of the address, and nothing else of who it was', () => {
  const raw: RawEvent = identify(event(), browser('203.0.113.99'), KEYS);
  expect(raw).toEqual({
    id: 'e1',
    siteId: 'site_1',
    name: 'pageview',
    url: 'https://shop.example/',
    occurredAt: 1,
    receivedAt: 2,
    visitor: expect.stringMatching(/^[\w-]{16}$/),
    ip: '203.0.113.0',
    userAgent: 'Firefox',
    sender: 'site_key',
  });
});

test('a server names its customers; its own address and agent are not theirs', () => {
  const stated = { statedIp: '2001:DB8:1:2::3', userAgent: 'Shop app', statedVisitor: 'customer-1' };
  const raw = identify(event(stated), server, KEYS);
  expect(raw).toMatchObject({ ip: '2001:db8:1::', userAgent: 'Shop app' });
  expect(Object.keys(raw)).not.toEqual(expect.arrayContaining(['statedIp']));
  expect(JSON.stringify(raw)).not.toMatch(/customer-1|2::3/);
});

test.each([
  ['address', browser('203.0.113.1'), browser('203.0.113.2'), {}],
  ['agent', browser('203.0.113.1'), browser('203.0.113.1', 'Chrome'), {}],
  ['day', browser('203.0.113.1'), browser('203.0.113.1'), { day: '2026-01-08' }],
  ['site', browser('203.0.113.1'), browser('203.0.113.1'), { siteId: 'site_2' }],
])('another %s is another visitor', (_, first, second, more) => {
  expect(who(first)).toBe(who(first));
  expect(who(second, more)).not.toBe(who(first));
});

test('a stated visitor is the same from any address, another on another day, and needs no salt', () => {
  const first = who(server, { statedVisitor: 'c', statedIp: '203.0.113.1' });
  expect(who(server, { statedVisitor: 'c', statedIp: '203.0.113.2', userAgent: 'x' })).toBe(first);
  expect(who(server, { statedVisitor: 'c', day: '2020-01-01' })).not.toBe(first);
  expect(who(server, { statedVisitor: 'd' })).not.toBe(first);
});

test('one address written in two ways is one visitor', () => {
  expect(who(server, { statedIp: '2001:DB8:0::1' })).toBe(who(server, { statedIp: '2001:db8::1' }));
});

test('a server that says nothing of a customer is counted all the same, as one visitor', () => {
  expect(identify(event(), server, KEYS)).not.toHaveProperty('ip');
  expect(who(server, { id: 'a' })).toBe(who(server, { id: 'b' }));
});

test('what is not an address is nobody’s, and an agent has an end', () => {
  expect(identify(event({ statedIp: 'localhost' }), server, KEYS)).not.toHaveProperty('ip');
  expect(identify(event(), browser('', 'x'.repeat(5_000)), KEYS).userAgent).toHaveLength(1_000);
  expect(
    identify(event(), { kind: 'browser', id: 'site_key', ip: '', userAgent: undefined }, KEYS),
  ).not.toHaveProperty('userAgent');
});

test('nobody is identified without a salt', () => {
  expect(() => who(browser('203.0.113.1'), { day: '2019-01-01' })).toThrow('salt');
});
