import { METRIC_NAMES } from '@footfall/core/metric';
import type { PartQuery } from '@footfall/core/part-query';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as flow } from '#app/api/v1/flow/route.ts';
import { POST as funnel } from '#app/api/v1/funnel/route.ts';
import { POST as query } from '#app/api/v1/query/route.ts';
import { POST as retention } from '#app/api/v1/retention/route.ts';
import { GET as getLedger } from '#app/api/v1/sites/[id]/ledger/route.ts';
import { GET as getRealtime } from '#app/api/v1/sites/[id]/realtime/route.ts';
import { newMerchant, openPortal, type Portal, report } from '#runtime/portal.fixture.ts';
import { provideServices } from '#runtime/services.ts';
import { faults } from './openapi/conforming.fixture.ts';
import { QUERY_EXAMPLES } from './openapi/query.ts';

let portal: Portal;
let own: Awaited<ReturnType<typeof newMerchant>>;

const at = (time: string) => Date.parse(`2026-01-07T${time}:00Z`);
const event = (id: string, raw: object) => storedEvent({ id, visitor: id[0] ?? '', ...raw });

beforeAll(async () => {
  portal = await openPortal();
  own = await newMerchant(portal);
  await own.tenant.goals.create({ siteId: own.site.id, name: 'Order', event: 'purchase', actor: own.userId });
  await report(portal, own.site, [
    event('a1', { occurredAt: at('10:00'), url: 'https://shop.example/blog/mugs' }),
    event('a2', {
      occurredAt: at('10:05'),
      name: 'purchase',
      url: 'https://shop.example/checkout',
      revenue: { amount: '12.34', currency: 'EUR' },
      order: 'A-1',
      items: [{ sku: 'S1', name: 'Mug', category: 'Kitchen', price: '6.17', quantity: 2 }],
    }),
    event('b1', { occurredAt: at('11:00') }),
    // There is no rate of the krone.
    event('c1', { occurredAt: at('12:00'), name: 'tip', revenue: { amount: '5', currency: 'NOK' } }),
  ]);
});
afterAll(() => portal.close());

const DAY = ['2026-01-07', '2026-01-07'];
const VISITORS = { metrics: ['visitors'], date_range: DAY };

const ask = (body: object, headers: Record<string, string> = {}) =>
  query(
    new Request('http://portal.example/api/v1/query', {
      method: 'POST',
      headers: { authorization: `Bearer ${own.statsKey}`, ...headers },
      body: JSON.stringify({ site_id: own.site.id, ...body }),
    }),
  );

/** Runs `use` while questions to the report store are noted. */
async function noting(use: () => Promise<unknown>): Promise<PartQuery[]> {
  const asked: PartQuery[] = [];
  const { reportStore } = portal;
  const read: typeof reportStore.read = (with_) =>
    reportStore.read((reader) =>
      with_({
        ...reader,
        dayStates: (...of) => reader.dayStates(...of),
        run: (one) => {
          asked.push(one);
          return reader.run(one);
        },
        top: (one) => {
          asked.push(one);
          return reader.top(one);
        },
      }),
    );
  provideServices({ ...portal, reportStore: { ...reportStore, read } });
  await use();
  provideServices(portal);
  return asked;
}

const QUESTIONS: [name: string, body: object][] = [
  ['all metrics', { metrics: METRIC_NAMES, date_range: DAY, dimensions: ['event:goal'] }],
  [
    'all that can be included',
    {
      ...VISITORS,
      metrics: ['visitors', 'total_revenue', 'bounce_rate'],
      dimensions: ['time:hour'],
      include: {
        total_rows: true,
        time_labels: true,
        imports: true,
        comparisons: { mode: 'previous_period' },
      },
      pagination: { limit: 2 },
      explain: true,
    },
  ],
  ['money without a rate', { metrics: ['total_revenue'], date_range: DAY }],
  ...Object.entries(QUERY_EXAMPLES).map(([name, { value }]): [string, object] => [name, value]),
];

describe('what the portal answers is as the document has it:', () => {
  it.each(QUESTIONS)('%s', async (_, body) => {
    const answer: unknown = await (await ask({ ...body, site_id: own.site.id })).json();
    expect(faults('QueryAnswer', answer)).toEqual([]);
  });

  it('a warning, where money was left out', async () => {
    const answer = (await (await ask({ metrics: ['total_revenue'], date_range: DAY })).json()) as object;
    expect(answer).toMatchObject({
      results: [{ metrics: ['12.34'] }],
      meta: { warnings: [{ code: 'currency_without_rate', currencies: ['NOK'] }] },
    });
  });

  it('what is said about a site', async () => {
    const get = () =>
      new Request('http://portal.example/', { headers: { authorization: `Bearer ${own.statsKey}` } });
    const context = () => ({ params: Promise.resolve({ id: own.site.id }) });
    expect(faults('Realtime', await (await getRealtime(get(), context())).json())).toEqual([]);
    expect(faults('Ledger', await (await getLedger(get(), context())).json())).toEqual([]);
  });

  it.each([
    ['FunnelAnswer', funnel, { steps: [{ page: '/blog/*' }, { event: 'tip' }, 'Order'] }],
    ['RetentionAnswer', retention, { period: 'month' }],
    ['FlowAnswer', flow, { page: '/' }],
  ])('a %s, with its tag', async (schema, post, question) => {
    const asked = (tag?: string) =>
      post(
        new Request('http://portal.example/', {
          method: 'POST',
          headers: {
            authorization: `Bearer ${own.statsKey}`,
            ...(tag === undefined ? {} : { 'if-none-match': tag }),
          },
          body: JSON.stringify({
            site_id: own.site.id,
            date_range: ['2026-01-01', '2026-02-28'],
            ...question,
          }),
        }),
      );
    const answer = await asked();
    expect(faults(schema, await answer.json())).toEqual([]);
    expect((await asked(answer.headers.get('etag') ?? '')).status).toBe(304);
  });

  it.each([
    ['Failure400', { metrics: ['users'], date_range: 'day' }],
    ['Failure404', { site_id: 'nowhere.example', ...VISITORS }],
  ])('a %s', async (schema, body) => {
    expect(faults(schema, await (await ask(body)).json())).toEqual([]);
  });
});

describe('a question that was answered lately', () => {
  it('is not asked of the report store again, nor when many ask it at once', async () => {
    const body = { ...VISITORS, dimensions: ['visit:browser'] };
    const asked = await noting(() => Promise.all([1, 2, 3, 4].map(() => ask(body))));
    expect(asked).toHaveLength(1);
    expect(await noting(() => ask(body))).toEqual([]);
  });

  it('is asked again when something has happened', async () => {
    const body = { ...VISITORS, dimensions: ['visit:os'] };
    await ask(body);
    await report(portal, own.site, [event('d1', { occurredAt: at('13:00') })]);
    expect(await noting(() => ask(body))).toHaveLength(1);
    expect(await (await ask(body)).json()).toMatchObject({ results: [{ metrics: [4] }] });
  });

  it('is asked again when it is to be explained', async () => {
    await ask(VISITORS);
    const asked = await noting(async () => {
      const { meta } = (await (await ask({ ...VISITORS, explain: true })).json()) as {
        meta: { explain: { questions: unknown[] } };
      };
      expect(meta.explain.questions).toHaveLength(1);
    });
    expect(asked).toHaveLength(1);
  });
});

describe('the tag of an answer', () => {
  it('spares who has it the answer, until something happens', async () => {
    const first = await ask(VISITORS);
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]+"$/);
    const again = await ask(VISITORS, { 'if-none-match': tag });
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, '']);
    const through = [first, again].map(({ headers }) => headers.get('x-data-through') ?? '');
    expect(through[0]?.localeCompare(through[1] ?? '')).toBeLessThanOrEqual(0);
    await report(portal, own.site, [event('e1', { occurredAt: at('14:00') })]);
    expect((await ask(VISITORS, { 'if-none-match': tag })).status).toBe(200);
  });
});
