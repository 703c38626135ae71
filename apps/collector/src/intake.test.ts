import type { RawEvent, RejectedEvent } from '@footfall/core/raw-event';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { describe, expect, test } from 'vitest';
import { takeEvents } from './intake.ts';
import type { CollectorPorts, IntakeSite } from './ports.ts';
import { Rates } from './rates.ts';
import { OVERSIZED } from './request-body.ts';

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
  blockedIps: [],
  blockedCountries: [],
  blockedPages: [],
  excludedHostnames: [],
  keptParams: ['page'],
};

function collector(with_: Partial<CollectorPorts> = {}) {
  const appended: LogRecord[][] = [];
  const salted: string[] = [];
  const ports: CollectorPorts = {
    log: { append: async (records) => void appended.push([...records]) },
    findSite: async () => SITE,
    findSiteByDomain: async () => SITE,
    findClaimants: async () => [],
    findOnlySite: async () => SITE,
    findApiKey: async () => null,
    noteKeyUse: () => undefined,
    knows: { site: () => true, domain: () => true, apiKey: () => true },
    saltOf: async (day) => {
      salted.push(day);
      return new Uint8Array(32).fill(Number(day.slice(-2)));
    },
    allowanceOf: async () => ({ eventsPerMonth: null, eventsPerSecond: null }),
    quota: { take: async (_, events) => events, giveBack: () => undefined },
    rates: new Rates(() => 0),
    requestsPerSecond: 0,
    eventsPerSecond: 0,
    limited: () => undefined,
    folder: '',
    isSecure: false,
    refusals: { note: () => undefined },
    ownEvents: { note: () => undefined },
    formerKeys: { note: () => undefined },
    countries: async () => () => 'DE',
    statedKeyFor: () => new Uint8Array(32),
    trustedProxies: new Set(),
    watchProxy: () => undefined,
    now: () => NOW,
    script: null,
    ...with_,
  };
  const browser = { kind: 'browser', ip: '203.0.113.9', userAgent: 'Firefox', id: 'site_key' } as const;
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
  expect(raw).toMatchObject({
    id: 'e1',
    siteId: 'site_1',
    receivedAt: NOW,
    ip: '203.0.113.0',
    sender: 'site_key',
  });
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

describe('engagement after midnight', () => {
  // Half past midnight in Berlin.
  const engagement = (more: object) =>
    view({ id: 'e2', name: 'engagement', ts: NOW, engaged_ms: 4_000, ...more });
  const taken = async (timezone: string, more: object) => {
    const { take, appended, salted } = collector();
    const viewed = view({ ts: NOW - HOUR });
    await take([viewed, engagement(more)], { site: { ...SITE, timezone } });
    const [first, second] = appended.flat().map(({ value }) => JSON.parse(value) as RawEvent);
    return { first, second, salted };
  };

  test('is of the visitor, the day and the time of its page view', async () => {
    const { first, second, salted } = await taken('Europe/Berlin', { since_ms: HOUR });
    expect(salted).toEqual(['2026-01-07']);
    expect(second).toMatchObject({ visitor: first?.visitor, occurredAt: NOW - HOUR, engagedMs: 4_000 });
    expect(second).not.toHaveProperty('viewedAt');
  });

  test('is of its own time where that is on the same day', async () => {
    const { first, second } = await taken('Etc/UTC', { since_ms: HOUR });
    expect(second).toMatchObject({ visitor: first?.visitor, occurredAt: NOW });
    expect(second).not.toHaveProperty('viewedAt');
  });

  test('is of the day before without the word of the tracker, where it was read for longer', async () => {
    const { second, salted } = await taken('Europe/Berlin', { engaged_ms: 31 * 60_000 });
    expect(salted).toEqual(['2026-01-07']);
    expect(second?.occurredAt).toBe(NOW - 31 * 60_000);
  });

  test('is of its own day without any word', async () => {
    const { first, second, salted } = await taken('Europe/Berlin', {});
    expect(salted.sort()).toEqual(['2026-01-07', '2026-01-08']);
    expect(second).toMatchObject({ occurredAt: NOW });
    expect(second?.visitor).not.toBe(first?.visitor);
  });
});

test('stated visitors and refused events need no salt', async () => {
  const { take, salted } = collector();
  await take([view({ visitor: 'c', timestamp: '2025-06-01' }), 7], {
    sender: { kind: 'server', id: 'key_1' },
  });
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

const limits = (eventsPerMonth: number | null, eventsPerSecond: number | null = null) => ({
  allowanceOf: async () => ({ eventsPerMonth, eventsPerSecond }),
});

test('what a site does not want is refused, each with its reason', async () => {
  const { take } = collector();
  const site = {
    ...SITE,
    blockedIps: ['198.51.100.0/24'],
    blockedCountries: ['AT'],
    blockedPages: ['/account/**'],
    excludedHostnames: ['staging.example'],
  };
  const server = { kind: 'server', id: 'key_1' } as const;
  const answer = await take(
    [
      view(),
      view({ ip: '198.51.100.7' }),
      view({ url: 'https://shop.example/account/orders' }),
      view({ url: 'https://www.staging.example/' }),
    ],
    { site, sender: server },
  );
  expect(answer.rejected.map(({ index, reason }) => [index, reason])).toEqual([
    [1, 'blocked_ip'],
    [2, 'blocked_page'],
    [3, 'excluded_hostname'],
  ]);
  const countries = { ...SITE, blockedCountries: ['DE'] };
  expect((await take([view()], { site: countries })).rejected[0]?.reason).toBe('blocked_ip');
});

test('a page of another origin is refused as a whole, and the ledger hears how many events it had', async () => {
  const noted: unknown[] = [];
  const { take, appended } = collector({ refusals: { note: (...what) => noted.push(what) } });
  const site = { ...SITE, allowedOrigins: ['https://shop.example'] };
  const sender = {
    kind: 'browser',
    id: 'site_key',
    ip: '203.0.113.9',
    userAgent: 'Firefox',
    origin: 'https://evil.example',
  } as const;
  await expect(take([view(), view({ id: 'e2' })], { site, sender })).rejects.toThrow(
    expect.objectContaining({ code: 'origin_not_allowed', status: 403 }),
  );
  expect([noted, appended]).toEqual([[['site_1', 'origin_not_allowed', 2]], []]);
});

test('more than a plan takes in a second is refused as a whole, with the time to come again', async () => {
  const noted: unknown[] = [];
  const { take } = collector({ ...limits(null, 2), refusals: { note: (...what) => noted.push(what) } });
  await take(Array.from({ length: 20 }, (_, n) => view({ id: `e${n}` })));
  await expect(take([view(), view({ id: 'e2' })])).rejects.toThrow(
    expect.objectContaining({ code: 'rate_limited', status: 429, retryAfter: 1 }),
  );
  expect(noted).toEqual([['site_1', 'rate_limited', 2]]);
});

test('a month has room for so many events: the first are taken, those behind them are told', async () => {
  const taken: unknown[] = [];
  const quota = {
    take: async (...what: [string, number, number]) => {
      taken.push(what);
      return 2;
    },
    giveBack: () => undefined,
  };
  const { take } = collector({ ...limits(1_000), quota });
  const events = [view({ id: '1' }), 'nonsense', view({ id: '2' }), view({ id: '3' })];
  const answer = await take(events);
  expect(answer).toMatchObject({
    accepted: 2,
    rejected: [{ index: 1 }, { index: 3, id: '3', reason: 'over_quota' }],
  });
  expect(taken).toEqual([['tenant_1', 3, 1_000]]);
});

test('room for events that the log did not take is given back', async () => {
  const returned: unknown[] = [];
  const quota = { take: async () => 2, giveBack: (...what: unknown[]) => returned.push(what) };
  const log = { append: () => Promise.reject(new Error('away')) };
  const { take } = collector({ ...limits(1_000), quota, log });
  await expect(take([view(), view({ id: 'e2' })])).rejects.toThrow('away');
  expect(returned).toEqual([['tenant_1', 2]]);
});

test("what reaches the log says of an address what campaigns and the merchant need, and nobody's e-mail address", async () => {
  const { take, appended } = collector();
  await take([
    view({
      url: 'https://shop.example/u/jane@mail.example?utm_source=x&page=2&token=secret#access_token=y',
      referrer: 'https://search.example/find?q=jane',
    }),
  ]);
  const [record] = appended.flat();
  expect(JSON.parse(record?.value ?? '')).toMatchObject({
    url: 'https://shop.example/u/(email)?utm_source=x&page=2',
    referrer: 'https://search.example/find',
  });
});

test('what is larger than any event is refused by itself, and says so', async () => {
  const { take } = collector();
  const answer = await take([view(), OVERSIZED]);
  expect(answer).toMatchObject({
    accepted: 1,
    rejected: [{ index: 1, id: null, reason: 'invalid_event', message: expect.stringContaining('262,144') }],
  });
});

test.each([
  ['a plan', { allowanceOf: async () => ({ eventsPerMonth: null, eventsPerSecond: 1 }) }],
  ['an address', { eventsPerSecond: 1 }],
])('for what %s takes a second, large events count as several', async (_, ports) => {
  const { take } = collector(ports);
  const sender = {
    kind: 'browser',
    id: 'site_key',
    ip: '203.0.113.9',
    userAgent: '',
    network: '203.0.113.9',
  } as const;
  const large = () => Object.assign([view()], { weight: 6 });
  expect(await take(large(), { sender, events: large() })).toMatchObject({ accepted: 1 });
  await expect(take(large(), { sender, events: large() })).rejects.toMatchObject({ code: 'rate_limited' });
});
