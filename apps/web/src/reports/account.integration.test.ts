import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as account } from '#app/api/v1/account/route.ts';
import { newMerchant, openPortal, type Portal } from '#runtime/portal.fixture.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal.close());

const ask = async (key: string) => {
  const headers = { authorization: `Bearer ${key}` };
  const response = await account(new Request('http://portal.example/api/v1/account', { headers }));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const run = (text: string, values: unknown[]) => portal.others.pool.query(text, values);
const month = () => new Date().toISOString().slice(0, 7);

describe('the account of a key’s tenant', () => {
  it('without billing is free of limits, and says what was used this month', async () => {
    const { statsKey, tenant } = await newMerchant(portal);
    await run(
      'INSERT INTO usage_month (tenant_id, month, events, counted, seen) VALUES ($1, $2, 60, 40, 50)',
      [tenant.tenantId, month()],
    );
    const { status, body } = await ask(statsKey);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      plan: 'self-hosted',
      state: 'free',
      until: null,
      period: { from: `${month()}-01T00:00:00.000Z`, to: expect.stringMatching(/-01T00:00:00\.000Z$/) },
      // What is on its way counts, too.
      usage: { events: 50, limit: null },
      entitlements: { sites: null, events_per_month: null, dashboards: true, kibana: true, collection: true },
    });
  });

  it('says the limits of its plan', async () => {
    const { statsKey, tenant } = await newMerchant(portal);
    await run(`INSERT INTO plan (name, event_limit_per_month) VALUES ('tiny', 1000)`, []);
    await run(`UPDATE tenant SET plan = 'tiny' WHERE id = $1`, [tenant.tenantId]);
    const { body } = await ask(statsKey);
    expect(body).toMatchObject({ plan: 'tiny', usage: { events: 0, limit: 1000 } });
  });

  it('counts a plan that is sold by the months of its subscription, as they are billed', async () => {
    const { statsKey, tenant, site } = await newMerchant(portal);
    const { tenantId } = tenant;
    const hour = (back: number) => new Date(Math.floor(Date.now() / 3_600_000 - back) * 3_600_000);
    await run(
      `INSERT INTO plan (name, family, state, events_included) VALUES ('sold-v1', 'sold', 'published', 100)`,
      [],
    );
    await run('INSERT INTO billing_account (tenant_id) VALUES ($1)', [tenantId]);
    await run(
      `INSERT INTO subscription (tenant_id, stripe_id, plan, status, anchor) VALUES ($1, 'sub_months', 'sold-v1', 'active', $2)`,
      [tenantId, hour(48)],
    );
    for (const [back, events] of [
      [49, 1_000],
      [48, 7],
      [1, 5],
    ] as const)
      await run(`INSERT INTO usage_hour VALUES ($1, $2, $3, '2026-01-01', $4)`, [
        tenantId,
        hour(back),
        site.id,
        events,
      ]);
    expect((await ask(statsKey)).body).toMatchObject({
      period: { from: hour(48).toISOString() },
      usage: { events: 12, limit: 100 },
    });
  });

  it('is another tenant’s for its own key alone', async () => {
    const [one, other] = [await newMerchant(portal), await newMerchant(portal)];
    await run('INSERT INTO usage_month (tenant_id, month, events) VALUES ($1, $2, 7)', [
      one.tenant.tenantId,
      month(),
    ]);
    expect((await ask(other.statsKey)).body).toMatchObject({ usage: { events: 0 } });
  });

  it('is refused to a key that only sends, and to nobody’s', async () => {
    const { ingestKey } = await newMerchant(portal);
    expect(await ask(ingestKey)).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
    expect(await ask('nonsense')).toMatchObject({ status: 401 });
  });
});
