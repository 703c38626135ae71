import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as query } from '#app/api/v1/query/route.ts';
import { GET as getLedger } from '#app/api/v1/sites/[id]/ledger/route.ts';
import { newMerchant, openPortal, type Portal } from '#runtime/portal.fixture.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal.close());

/** A merchant on a plan of so many questions an hour. */
async function merchantOn(plan: string, limit: number | null) {
  const merchant = await newMerchant(portal);
  await portal.others.pool.query(
    'INSERT INTO plan (name, query_limit_per_hour) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING',
    [plan, limit],
  );
  await portal.others.pool.query('UPDATE tenant SET plan = $2 WHERE id = $1', [
    merchant.tenant.tenantId,
    plan,
  ]);
  return merchant;
}

type Merchant = Awaited<ReturnType<typeof merchantOn>>;

const ask = ({ site, statsKey }: Merchant, key = statsKey, more: object = {}) =>
  query(
    new Request('http://portal.example/api/v1/query', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ site_id: site.id, metrics: ['visitors'], date_range: '7d', ...more }),
    }),
  );

const left = ({ headers }: Response) => headers.get('ratelimit-remaining');

describe('a key on a plan with a limit', () => {
  it('is told with every answer what is left, with refusals of a bad query too', async () => {
    const merchant = await merchantOn('six-hundred', 600);
    const good = await ask(merchant);
    expect([good.status, left(good)]).toEqual([200, '599']);
    expect(good.headers.get('ratelimit-limit')).toBe('600');
    expect(good.headers.get('ratelimit-policy')).toBe('600;w=3600');
    expect(Number(good.headers.get('ratelimit-reset'))).toBeGreaterThan(3590);
    expect(good.headers.has('retry-after')).toBe(false);
    const bad = await ask(merchant, undefined, { metrics: ['users'] });
    expect([bad.status, left(bad)]).toEqual([400, '598']);
  });

  it('is refused above it, at every address, and another key of the tenant is not', async () => {
    const merchant = await merchantOn('small', 2);
    expect([(await ask(merchant)).status, (await ask(merchant)).status]).toEqual([200, 200]);
    const refused = await ask(merchant);
    expect([refused.status, left(refused)]).toEqual([429, '0']);
    expect(refused.headers.get('retry-after')).toBe(refused.headers.get('ratelimit-reset'));
    expect(await refused.json()).toMatchObject({ error: { code: 'rate_limited' } });
    const address = new Request('http://portal.example/api/v1/sites/x/ledger', {
      headers: { authorization: `Bearer ${merchant.statsKey}` },
    });
    const ledger = await getLedger(address, { params: Promise.resolve({ id: merchant.site.id }) });
    expect(ledger.status).toBe(429);
    const { apiKey } = await merchant.tenant.apiKeys.create({ scopes: ['stats'], actor: merchant.userId });
    expect((await ask(merchant, apiKey)).status).toBe(200);
  });

  it('is not charged for a key that does not open anything', async () => {
    const merchant = await merchantOn('small', 2);
    for (let time = 0; time < 3; time += 1)
      expect((await ask(merchant, merchant.ingestKey)).status).toBe(403);
    expect(left(await ask(merchant))).toBe('1');
  });
});

it('a key on a plan without a limit is told of none', async () => {
  const answer = await ask(await merchantOn('self-hosted', null));
  expect(answer.status).toBe(200);
  expect([...answer.headers.keys()].filter((name) => name.startsWith('ratelimit'))).toEqual([]);
});
