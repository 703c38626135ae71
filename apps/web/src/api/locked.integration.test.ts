import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as account } from '#app/api/v1/account/route.ts';
import { POST as query } from '#app/api/v1/query/route.ts';
import { GET as exportEvents } from '#app/api/v1/sites/[id]/export/route.ts';
import { GET as listSites, POST as makeSite } from '#app/api/v1/sites/route.ts';
import { GET as aggregate } from '#app/api/v1/stats/aggregate/route.ts';
import { newMerchant, openPortal, type Portal } from '#runtime/portal.fixture.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
  await portal.others.pool.query(
    `INSERT INTO plan (name, family, state, title) VALUES ('paid-v1', 'paid', 'published', 'Paid')`,
  );
  await portal.others.pool.query(
    `INSERT INTO plan_price VALUES ('price_paid', 'paid-v1', 'EUR', 'month', 900)`,
  );
});
afterAll(() => portal.close());

const run = (text: string, values: unknown[] = []) => portal.others.pool.query(text, values);

type Merchant = Awaited<ReturnType<typeof newMerchant>>;

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const at = (path: string, key: string, init: RequestInit = {}) =>
  new Request(`http://portal.example${path}`, { ...init, headers: bearer(key) });

/** What shows reports, by a name. */
const REPORTS: Readonly<Record<string, (merchant: Merchant) => Promise<Response>>> = {
  query: ({ site, statsKey }) => {
    const body = JSON.stringify({ site_id: site.id, metrics: ['visitors'], date_range: '7d' });
    return query(at('/api/v1/query', statsKey, { method: 'POST', body }));
  },
  export: ({ site, statsKey }) =>
    exportEvents(at(`/api/v1/sites/${site.id}/export?from=2026-01-01&to=2026-01-02`, statsKey), {
      params: Promise.resolve({ id: site.id }),
    }),
  stats: ({ site, statsKey }) =>
    aggregate(at(`/api/v1/stats/aggregate?site_id=${site.id}&metrics=visitors`, statsKey)),
};

const STATES: Readonly<Record<string, string>> = {
  restricted: `UPDATE tenant SET plan = 'paid-v1' WHERE id = $1`,
  suspended: `UPDATE tenant SET suspended_at = now(), suspended_reason = 'spam' WHERE id = $1`,
};

describe.each(Object.keys(STATES))('a tenant that is %s', (state) => {
  it('reads no reports, and is told why: 402, by every way', async () => {
    const merchant = await newMerchant(portal);
    await run(STATES[state] ?? '', [merchant.tenant.tenantId]);
    for (const [name, ask] of Object.entries(REPORTS)) {
      const response = await ask(merchant);
      expect([name, response.status]).toEqual([name, 402]);
      expect(await response.text()).toMatch(/locked/);
    }
    expect(await (await REPORTS.query?.(merchant))?.json()).toMatchObject({
      error: { code: 'payment_required' },
    });
  });

  it('is still told what it has', async () => {
    const merchant = await newMerchant(portal);
    await run(STATES[state] ?? '', [merchant.tenant.tenantId]);
    const response = await account(at('/api/v1/account', merchant.statsKey));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ state, entitlements: { dashboards: false } });
  });
});

describe('the API of sites', () => {
  it('changes nothing on a plan without it, and lists all the same', async () => {
    const { tenant } = await newMerchant(portal);
    const { apiKey } = await tenant.apiKeys.create({ scopes: ['sites'], actor: 'cli' } as never);
    await run(`UPDATE tenant SET plan = 'paid-v1' WHERE id = $1`, [tenant.tenantId]);
    const body = JSON.stringify({ domain: 'new.example' });
    const refused = await makeSite(at('/api/v1/sites', apiKey, { method: 'POST', body }));
    expect(refused.status).toBe(402);
    expect(await refused.json()).toMatchObject({ error: { code: 'payment_required' } });
    expect((await listSites(at('/api/v1/sites', apiKey))).status).toBe(200);
  });
});

describe('when nothing can be read of money', () => {
  it('reports answer as ever', async () => {
    const merchant = await newMerchant(portal);
    await run('ALTER TABLE billing_account RENAME TO gone');
    try {
      expect((await REPORTS.query?.(merchant))?.status).toBe(200);
    } finally {
      await run('ALTER TABLE gone RENAME TO billing_account');
    }
  });
});
