import { foldVisitorDay } from '@footfall/core/fold';
import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as flow } from '#app/api/v1/flow/route.ts';
import { POST as funnel } from '#app/api/v1/funnel/route.ts';
import { POST as retention } from '#app/api/v1/retention/route.ts';
import { newMerchant, openPortal, type Portal, report } from '#runtime/portal.fixture.ts';

let portal: Portal;
let own: Awaited<ReturnType<typeof newMerchant>>;
let other: Awaited<ReturnType<typeof newMerchant>>;

let events = 0;
/** An event of a visitor at a path; its time is one of January 2026 in Berlin. */
function event(visitor: string, time: string, path: string, more: object = {}): StoredEvent {
  events += 1;
  const occurredAt = Date.parse(`2026-01-${time}:00+01:00`);
  return storedEvent({ id: `e${events}`, visitor, occurredAt, url: `https://shop.example${path}`, ...more });
}

const bought = { name: 'purchase', props: { plan: 'pro' } };

const SEALED = '2026-01-07';
/** Ann buys what she saw, Ben leaves the cart, and Cat buys before she looks. */
const ON_SEALED_DAY = [
  event('ann', '07T00:10', '/p/mug', { user: 'u-ann' }),
  event('ann', '07T00:12', '/gr%C3%BC%C3%9Fe', { user: 'u-ann' }),
  event('ann', '07T00:15', '/cart', { user: 'u-ann' }),
  event('ann', '07T00:20', '/checkout', { ...bought, user: 'u-ann' }),
  event('ben', '07T10:00', '/p/pot', { user: 'u-ben' }),
  event('ben', '07T10:05', '/cart', { user: 'u-ben' }),
  event('cat', '07T11:00', '/checkout', bought),
  event('cat', '07T11:10', '/p/mug'),
];
const ON_OPEN_DAY = [
  event('dan', '14T09:00', '/p/mug', { user: 'u-ann' }),
  event('dan', '14T09:01', '/cart', { user: 'u-ann' }),
  // The next visit begins: what came before is not what was seen before.
  event('dan', '14T12:00', '/cart', { user: 'u-ann' }),
];
const BOT = storedEvent(
  {
    id: 'bot-1',
    visitor: 'bot',
    occurredAt: Date.parse('2026-01-14T09:00:00+01:00'),
    url: 'https://shop.example/cart',
  },
  { bot: true },
);

async function seal(): Promise<void> {
  const { id: siteId, generation, timezone } = own.site;
  const visitors = Map.groupBy(ON_SEALED_DAY, ({ raw }) => raw.visitor);
  const facts = [...visitors.values()].map((of) => ({ day: SEALED, facts: foldVisitorDay(of, timezone) }));
  const sealing = { siteId, generation, month: '2026-01', days: [{ day: SEALED, version: 1 }] };
  await portal.others.reportStore.sealDays(
    sealing,
    (async function* () {
      yield facts;
    })(),
  );
}

beforeAll(async () => {
  portal = await openPortal();
  [own, other] = [await newMerchant(portal), await newMerchant(portal)];
  await own.tenant.goals.create({ siteId: own.site.id, name: 'Order', event: 'purchase', actor: own.userId });
  await report(portal, own.site, [...ON_SEALED_DAY, ...ON_OPEN_DAY, BOT]);
  await seal();
});
afterAll(() => portal.close());

type Post = (request: Request) => Promise<Response>;

async function ask(post: Post, question: object, key = own.statsKey) {
  const body = { site_id: own.site.id, date_range: ['2026-01-05', '2026-01-18'], ...question };
  const response = await post(
    new Request('http://portal.example/', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    }),
  );
  const answer = (await response.json()) as { results?: unknown; error?: { code: string; path: string } };
  return { status: response.status, ...answer };
}

const readVisitors = ({ results }: { results?: unknown }) =>
  (results as { visitors: number }[]).map(({ visitors }) => visitors);

describe('a funnel, over sealed and open days', () => {
  const STEPS = [{ page: '/p/*' }, { page: '/cart' }, 'Order'];

  it('counts who went through its steps in their order', async () => {
    const { status, results } = await ask(funnel, { steps: STEPS });
    expect(status).toBe(200);
    expect(results).toEqual([
      { step: 1, name: '/p/*', visitors: 4, conversion_rate: 100, step_conversion_rate: 100, dropoff: 0 },
      { step: 2, name: '/cart', visitors: 3, conversion_rate: 75, step_conversion_rate: 75, dropoff: 1 },
      { step: 3, name: 'Order', visitors: 1, conversion_rate: 25, step_conversion_rate: 33.33, dropoff: 2 },
    ]);
  });

  it('takes letters as people write them, and what no store can hold for what nobody did', async () => {
    const steps = [{ page: '/grüße' }, { event: 'purchase\0', props: { plan: 'pro' } }, { event: 'x\ud800' }];
    expect(readVisitors(await ask(funnel, { steps }))).toEqual([1, 1, 0]);
  });

  it('leaves bots out unless it is asked for them', async () => {
    const steps = [{ page: '/cart' }, { page: '/cart' }];
    expect(readVisitors(await ask(funnel, { steps }))).toEqual([3, 1]);
    const filters = [['is', 'visit:bot', ['true']]];
    expect(readVisitors(await ask(funnel, { steps, filters }))).toEqual([1, 0]);
  });

  it('is of some hours only when it is asked so', async () => {
    const date_range = ['2026-01-07T09:30:00+01:00', '2026-01-14T10:00:00+01:00'];
    expect(readVisitors(await ask(funnel, { steps: STEPS, date_range }))).toEqual([3, 2, 0]);
  });
});

describe('retention, over sealed and open days', () => {
  it('knows a user again, whoever they are on each day', async () => {
    expect((await ask(retention, {})).results).toEqual([
      { cohort: '2026-01-05', users: 2, returned: [2, 1], rates: [100, 50] },
      { cohort: '2026-01-12', users: 0, returned: [0], rates: [null] },
    ]);
  });

  it('of ten thousand years of days is refused', async () => {
    const date_range = ['0001-01-01', '9999-12-31'];
    expect(await ask(retention, { period: 'day', date_range })).toMatchObject({
      status: 400,
      error: { code: 'too_many_buckets', path: 'period' },
    });
  });
});

describe('a flow, over sealed and open days', () => {
  it('tells what was seen right before and after, within a visit', async () => {
    expect((await ask(flow, { page: '/cart', limit: 2 })).results).toEqual({
      before: [
        { page: '(entry)', pageviews: 1, share: 25 },
        { page: '/grüße', pageviews: 1, share: 25 },
        { page: '(other)', pageviews: 2, share: 50 },
      ],
      after: [{ page: '(exit)', pageviews: 4, share: 100 }],
    });
  });

  it('takes a pattern, with letters as people write them', async () => {
    const { results } = await ask(flow, { page: '/gr*ße' });
    expect(results).toEqual({
      before: [{ page: '/p/mug', pageviews: 1, share: 100 }],
      after: [{ page: '/cart', pageviews: 1, share: 100 }],
    });
  });
});

describe.each([
  ['funnel', funnel, { steps: ['Order', 'Order'] }],
  ['retention', retention, {}],
  ['flow', flow, { page: '/' }],
] as [string, Post, object][])('a %s', (_, post, question) => {
  it('of a site of another tenant is forbidden', async () => {
    expect(await ask(post, question, other.statsKey)).toMatchObject({
      status: 403,
      error: { code: 'forbidden' },
    });
    const ofOther = { ...question, site_id: other.site.siteKey };
    expect(await ask(post, ofOther)).toMatchObject({ status: 403, error: { code: 'forbidden' } });
    // A domain is as unknown as one that nobody has.
    const byDomain = { ...question, site_id: other.site.domain };
    expect(await ask(post, byDomain)).toMatchObject({ status: 404, error: { code: 'unknown_site' } });
  });

  it('needs a key that may read', async () => {
    expect((await ask(post, question, own.ingestKey)).status).toBe(403);
    expect((await ask(post, question, 'nonsense')).status).toBe(401);
  });

  it('says what is wrong with it, and where', async () => {
    const wrong = { ...question, filters: [['is', 'visit:mood', ['good']]] };
    expect(await ask(post, wrong)).toMatchObject({
      status: 400,
      error: { code: 'invalid_filter', path: 'filters[0][1]' },
    });
  });
});
