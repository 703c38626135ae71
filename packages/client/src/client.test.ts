import { describe, expect, expectTypeOf, it } from 'vitest';
import { FootfallError } from './footfall-error.ts';
import { makeAnswer, makeClient, refusal } from './portal.fixture.ts';
import { named } from './query.ts';

const DAYS = { from: '2026-01-01', to: '2026-01-31' };
const SOURCES = {
  site_id: 'shop.example',
  metrics: ['visitors', 'bounce_rate', 'total_revenue'],
  date_range: '7d',
  dimensions: ['visit:source'],
} as const;
const GOOGLE = { dimensions: ['Google'], metrics: [12, null, '3.40'] };

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('a query', () => {
  it('is posted with the key, and its answer has the types of what was asked for', async () => {
    const { client, asked } = makeClient([makeAnswer([GOOGLE])]);
    const { results, meta } = await client.query(SOURCES);
    expect(asked).toEqual([
      { method: 'POST', path: '/api/v1/query', search: '', key: 'Bearer ffk_test', body: SOURCES },
    ]);
    expect(results).toEqual([GOOGLE]);
    expect(meta.data_through).toBe('2026-01-07T10:00:00Z');
    expectTypeOf(results[0]?.metrics).toEqualTypeOf<readonly [number, number | null, string] | undefined>();
    expectTypeOf(results[0]?.dimensions).toEqualTypeOf<readonly [string] | undefined>();
  });

  it('takes names of the language only, and any property of events', async () => {
    const { client } = makeClient([makeAnswer([])]);
    const query = { site_id: 's', metrics: ['visitors'], date_range: 'day' } as const;
    await client.query({ ...query, dimensions: ['event:props:size'] });
    await client.query({ ...query, filters: [['not', ['or', [['is', 'visit:country', ['DE']]]]]] });
    // @ts-expect-error users is not a metric
    await client.query({ ...query, metrics: ['users'] });
    // @ts-expect-error visit:mood is not a dimension
    await client.query({ ...query, dimensions: ['visit:mood'] });
    // @ts-expect-error like is not an operator
    await client.query({ ...query, filters: [['like', 'visit:country', ['DE']]] });
  });

  it('has rows as objects by the names that were asked for', async () => {
    const { client } = makeClient([makeAnswer([GOOGLE])]);
    const [row] = named(SOURCES, await client.query(SOURCES));
    expect(row).toEqual({
      'visit:source': 'Google',
      visitors: 12,
      bounce_rate: null,
      total_revenue: '3.40',
    });
    expectTypeOf(row?.total_revenue).toEqualTypeOf<string | undefined>();
  });
});

describe('pages', () => {
  const pages = [
    makeAnswer([GOOGLE], { next_cursor: 'c1' }),
    makeAnswer([], { next_cursor: 'c2' }),
    makeAnswer([GOOGLE]),
  ];

  it('follow the cursor to the last one, with the size that was asked for', async () => {
    const { client, asked } = makeClient(pages);
    const answers = await all(client.pages({ ...SOURCES, pagination: { limit: 1, offset: 5 } }));
    expect(answers.map(({ results }) => results.length)).toEqual([1, 0, 1]);
    expect(asked.map(({ body }) => (body as { pagination: unknown }).pagination)).toEqual([
      { limit: 1, offset: 5 },
      { limit: 1, cursor: 'c1' },
      { limit: 1, cursor: 'c2' },
    ]);
  });

  it('are not asked for when nobody reads them', async () => {
    const { client, asked } = makeClient(pages);
    for await (const row of client.rows(SOURCES)) {
      expect(row.visitors).toBe(12);
      break;
    }
    expect(asked).toHaveLength(1);
  });

  it('have all rows', async () => {
    expect(await all(makeClient(pages).client.rows(SOURCES))).toHaveLength(2);
  });
});

describe('each other question goes to its address', () => {
  const range = { site_id: 's', date_range: '7d' } as const;

  it.each([
    ['funnel', { ...range, steps: ['Cart', { event: 'purchase' }] }],
    ['retention', { ...range, period: 'week' }],
    ['flow', { ...range, page: '/cart' }],
  ] as const)('%s', async (name, question) => {
    const { client, asked } = makeClient([makeAnswer([])]);
    const ask = client[name] as (question: unknown) => Promise<unknown>;
    await ask(question);
    expect(asked[0]).toMatchObject({ method: 'POST', path: `/api/v1/${name}`, body: question });
  });

  it('account, of the key itself', async () => {
    const { client, asked } = makeClient([Response.json({ plan: 'self-hosted' })]);
    expect(await client.account()).toEqual({ plan: 'self-hosted' });
    expect(asked[0]).toMatchObject({ method: 'GET', path: '/api/v1/account' });
  });

  it('realtime and ledger, of a site however it is named', async () => {
    const { client, asked } = makeClient([Response.json({ visitors: 3 })]);
    expect(await client.realtime('a/b?c')).toEqual({ visitors: 3 });
    await client.ledger('shop.example', { from: '2026-01-01' });
    await client.ledger('shop.example');
    expect(asked.map(({ method, path, search }) => `${method} ${path}${search}`)).toEqual([
      'GET /api/v1/sites/a%2Fb%3Fc/realtime',
      'GET /api/v1/sites/shop.example/ledger?from=2026-01-01',
      'GET /api/v1/sites/shop.example/ledger',
    ]);
  });

  it('export, event by event or record by record', async () => {
    const events = makeClient([new Response('{"name":"pageview"}\n{"name":"a\\nb"}\n')]);
    expect(await all(events.client.export('shop.example', DAYS))).toEqual([
      { name: 'pageview' },
      { name: 'a\nb' },
    ]);
    const records = makeClient([new Response('id,name\r\n1,"a\r\nb"\r\n')]);
    expect(await all(records.client.exportCsv('shop.example', DAYS))).toEqual(['id,name', '1,"a\r\nb"']);
    expect([...events.asked, ...records.asked].map(({ path, search }) => path + search)).toEqual([
      '/api/v1/sites/shop.example/export?from=2026-01-01&to=2026-01-31&format=jsonl',
      '/api/v1/sites/shop.example/export?from=2026-01-01&to=2026-01-31&format=csv',
    ]);
  });
});

it('a refusal is an error with code, status and path', async () => {
  const { client } = makeClient([
    refusal(400, { code: 'invalid_filter', message: 'no operator', path: 'filters[0][0]' }),
  ]);
  const error = await client.query(SOURCES).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FootfallError);
  expect(error).toMatchObject({
    code: 'invalid_filter',
    message: 'no operator',
    status: 400,
    path: 'filters[0][0]',
  });
});
