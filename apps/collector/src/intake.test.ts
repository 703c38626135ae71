import type { RawEvent, RejectedEvent } from '@footfall/core/raw-event';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { expect, test } from 'vitest';
import { takeEvents } from './intake.ts';
import type { CollectorPorts, IntakeSite } from './ports.ts';

const NOW = Date.parse('2026-01-07T23:30:00Z');
const HOUR = 3_600_000;

const SITE: IntakeSite = {
  id: 'site_1',
  tenantId: 'tenant_1',
  domain: 'shop.example',
  timezone: 'Europe/Berlin',
  currency: 'EUR',
  enabled: true,
  allowedOrigins: [],
  retentionDays: 365,
};

function collector(with_: Partial<CollectorPorts> = {}) {
  const appended: LogRecord[][] = [];
  const salted: string[] = [];
  const ports: CollectorPorts = {
    log: { append: async (records) => void appended.push([...records]) },
    findSite: async () => SITE,
    findSiteByDomain: async () => SITE,
    findApiKey: async () => null,
    saltOf: async (day) => {
      salted.push(day);
      return new Uint8Array(32).fill(day.length);
    },
    statedVisitorKey: new Uint8Array(32),
    trustedProxies: new Set(),
    now: () => NOW,
    script: null,
    ...with_,
  };
  const browser = { kind: 'browser', ip: '203.0.113.9', userAgent: 'Firefox' } as const;
  const take = (events: readonly unknown[], more: Partial<Parameters<typeof takeEvents>[0]> = {}) =>
    takeEvents({ site: SITE, sender: browser, events, ...more }, ports);
  return { take, appended, salted };
}

const view = (more: object = {}) => ({ id: 'e1', name: 'pageview', url: 'https://shop.example/', ...more });

test('accepted and refused go to the log together, in order, each under its topic, key and day of receipt', async () => {
  const { take, appended } = collector();
  const answer = await take([view(), view({ id: 'e2', url: 'x' }), 'nonsense']);
  expect(answer).toEqual({
    accepted: 1,
    rejected: [
      { index: 1, id: 'e2', reason: 'invalid_url', message: expect.any(String) },
      { index: 2, id: null, reason: 'invalid_event', message: expect.any(String) },
    ],
  });
  const [records = []] = appended;
  expect(appended).toHaveLength(1);
  const raw = JSON.parse(records[0]?.value ?? '') as RawEvent;
  // In Berlin it is the 8th already.
  const shared = { receivedAt: NOW, tally: { siteId: 'site_1', day: '2026-01-08' } };
  expect(records).toEqual([
    { ...shared, topic: 'events', category: 'hits', key: `site_1:${raw.visitor}`, value: expect.any(String) },
    { ...shared, topic: 'rejected', key: 'site_1', value: expect.any(String) },
    { ...shared, topic: 'rejected', key: 'site_1', value: expect.any(String) },
  ]);
  expect(raw).toMatchObject({ id: 'e1', siteId: 'site_1', receivedAt: NOW, ip: '203.0.113.0' });
  expect(records.slice(1).map(({ value }) => JSON.parse(value) as RejectedEvent)).toEqual([
    { siteId: 'site_1', id: 'e2', reason: 'invalid_url', receivedAt: NOW },
    { siteId: 'site_1', reason: 'invalid_event', receivedAt: NOW },
  ]);
});

test('the salt is of the local day on which an event happened; each is asked for once', async () => {
  const { take, salted } = collector();
  await take([view(), view(), view({ ts: NOW - 2 * HOUR })]);
  expect(salted.toSorted()).toEqual(['2026-01-07', '2026-01-08']);
});

test('stated visitors and refused events need no salt', async () => {
  const { take, salted } = collector();
  await take([view({ visitor: 'c', timestamp: '2025-06-01' }), 7], { sender: { kind: 'server' } });
  expect(salted).toEqual([]);
});

test('an id that comes twice is received twice: the store knows what it has', async () => {
  const { take, appended } = collector();
  expect(await take([view(), view()])).toEqual({ accepted: 2, rejected: [] });
  expect(appended[0]).toHaveLength(2);
});

test('a site that is switched off refuses every event, the invalid too', async () => {
  const { take, appended } = collector();
  const answer = await take([view(), view({ id: 'e2', url: 'x' }), null], {
    site: { ...SITE, enabled: false },
  });
  const refused = { reason: 'site_disabled', message: expect.any(String) };
  expect(answer).toEqual({
    accepted: 0,
    rejected: [
      { index: 0, id: 'e1', ...refused },
      { index: 1, id: 'e2', ...refused },
      { index: 2, id: null, ...refused },
    ],
  });
  expect(appended[0]?.map(({ topic }) => topic)).toEqual(['rejected', 'rejected', 'rejected']);
});

test('no answer before the log has it', async () => {
  const { promise: durable, resolve } = Promise.withResolvers<void>();
  const { take } = collector({ log: { append: () => durable } });
  const answer = take([view()]).then(() => 'answered');
  expect(await Promise.race([answer, new Promise((wait) => setImmediate(wait, 'waiting'))])).toBe('waiting');
  resolve();
  expect(await answer).toBe('answered');
});

test.each([
  ['cannot be asked for', () => Promise.reject(new Error('database away'))],
  ['was destroyed', async () => new Uint8Array()],
])('a salt that %s refuses the request for now, and nothing reaches the log', async (_, saltOf) => {
  const { take, appended } = collector({ saltOf });
  await expect(take([view()])).rejects.toMatchObject({ code: 'unavailable', status: 503, retriable: true });
  expect(appended).toEqual([]);
});
