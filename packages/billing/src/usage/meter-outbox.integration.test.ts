import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { countHours } from '@footfall/db/count/usage-hour';
import { inTenant } from '@footfall/db/tenant/scope';
import type { Pool } from '@footfall/postgres/pool';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { addCustomer, hoursAtStripe, simulatedMeters } from '../stripe/simulator/meters.fixture.ts';
import { startStripe } from '../stripe/simulator/simulator.fixture.ts';
import type { StripeSimulator } from '../stripe/simulator/state.fixture.ts';
import { stripeMeters } from '../stripe/stripe-meters.ts';
import type { MeterGateway } from './meter-gateway.ts';
import { tellUsage } from './meter-outbox.ts';

const HOUR_MS = 3_600_000;
const START = Date.parse('2026-11-01T00:00:00Z');

let plane: ControlPlane;
let stripe: StripeSimulator;
let meters: MeterGateway;
let now = START;
beforeAll(async () => {
  plane = await freshControlPlane();
  await plane.pool.query(`INSERT INTO plan (name, family, state) VALUES ('sold-v1', 'sold', 'published')`);
});
afterAll(() => plane.drop());
beforeEach(async () => {
  stripe = await startStripe();
  now = START + 12 * HOUR_MS;
  stripe.now = () => Math.floor(now / 1_000);
  meters = stripeMeters({ secretKey: stripe.secretKey, apiBase: stripe.url });
});
afterEach(() => stripe.close());

const silent = { warn: () => undefined, error: () => undefined };
const tell = (pool: Pool = plane.as('scheduler').pool, gateway = meters) =>
  tellUsage(pool, { meters: gateway, log: silent, now });

let customers = 0;
/** A tenant with two sites that is a customer with a plan. */
async function newCustomer() {
  const { tenantId } = await plane.newTenant();
  customers += 1;
  const customerId = `cus_metered${customers}`;
  addCustomer(stripe, customerId);
  await plane.pool.query(
    'INSERT INTO billing_account (tenant_id, customer_id, created_at) VALUES ($1, $2, $3)',
    [tenantId, customerId, new Date(START)],
  );
  await plane.pool.query(
    `INSERT INTO subscription (tenant_id, stripe_id, plan, status, anchor) VALUES ($1, $2, 'sold-v1', 'active', $3)`,
    [tenantId, `sub_${customerId}`, new Date(START)],
  );
  const sites = inTenant(plane.db, tenantId).sites;
  const made = [
    await sites.create({ domain: 'a.example', actor: 'cli' }),
    await sites.create({ domain: 'b.example', actor: 'cli' }),
  ];
  return { tenantId, customerId, siteIds: made.map(({ id }) => id) };
}

type Customer = Awaited<ReturnType<typeof newCustomer>>;

/** As the ledger counts: `hour` of the installation's time. */
async function count(
  { siteIds }: Customer,
  { site, hour, events }: { site: number; hour: number; events: number },
) {
  const client = await plane.as('processor').pool.connect();
  try {
    await countHours(client, [
      { siteId: siteIds[site] ?? '', day: '2026-11-01', hour: START + hour * HOUR_MS, events },
    ]);
  } finally {
    client.release();
  }
}

const sums = async ({ tenantId }: Customer) => {
  const { rows } = await plane.pool.query<{ hour: number; events: number }>(
    `SELECT extract(epoch FROM hour)::int AS hour, sum(events)::int AS events FROM usage_hour WHERE tenant_id = $1 GROUP BY 1 ORDER BY 1`,
    [tenantId],
  );
  return rows.map(({ hour, events }) => [hour, events]);
};
const atStripe = ({ customerId }: Customer) =>
  [...hoursAtStripe(stripe, customerId)].sort(([a], [b]) => a - b);

/** Connections of a process that is killed before its n-th statement from now on. */
function dyingPool(pool: Pool, statements: number): Pool {
  let left = statements;
  const step = () => {
    left -= 1;
    if (left < 0) throw new Error('killed');
  };
  const dying = {
    query: async (...asked: Parameters<Pool['query']>) => {
      step();
      return pool.query(...asked);
    },
    connect: async () => {
      const client = await pool.connect();
      return {
        query: async (...asked: Parameters<Pool['query']>) => {
          step();
          return client.query(...asked);
        },
        // Whatever was open ends with the connection.
        release: () => client.release(true),
        on: () => undefined,
        off: () => undefined,
        removeListener: () => undefined,
      };
    },
  };
  return dying as unknown as Pool;
}

/** A gateway whose next calls are lost on the way there, or on the way back. */
function faulty(losses: ('there' | 'back')[]): MeterGateway {
  return {
    ...meters,
    report: async (hour) => {
      const loss = losses.shift();
      if (loss === 'there') throw Object.assign(new Error('away'), { code: 'provider_unavailable' });
      await meters.report(hour);
      if (loss === 'back') throw Object.assign(new Error('away'), { code: 'provider_unavailable' });
    },
  };
}

test('an hour is told once it is over, whole, and again under a new identifier when it changes', async () => {
  const shop = await newCustomer();
  await count(shop, { site: 0, hour: 3, events: 5 });
  await count(shop, { site: 1, hour: 3, events: 2 });
  // This one goes on.
  await count(shop, { site: 0, hour: 12, events: 9 });
  expect(await tell()).toBe(1);
  expect(await tell()).toBe(0);
  await count(shop, { site: 1, hour: 3, events: 1 });
  expect(await tell()).toBe(1);
  const { events } = simulatedMeters(stripe);
  expect(events.map(({ value }) => value)).toEqual([7, 8]);
  expect(new Set(events.map(({ identifier }) => identifier)).size).toBe(2);
  expect(atStripe(shop)).toEqual([[(START + 3 * HOUR_MS) / 1_000, 8]]);
});

test('the meter is made once, by hours, and found by the next process', async () => {
  const ids = await Promise.all([meters.ensureMeter(), meters.ensureMeter()]);
  const other = stripeMeters({ secretKey: stripe.secretKey, apiBase: stripe.url });
  expect(new Set([...ids, await other.ensureMeter()]).size).toBe(1);
  expect(simulatedMeters(stripe).meters).toMatchObject([
    { event_time_window: 'hour', default_aggregation: { formula: 'sum' } },
  ]);
});

test('nothing is told of whoever is not a customer, or has no plan', async () => {
  const { tenantId } = await plane.newTenant();
  const { id } = await inTenant(plane.db, tenantId).sites.create({ domain: 'a.example', actor: 'cli' });
  await count({ tenantId, customerId: '', siteIds: [id] }, { site: 0, hour: 1, events: 5 });
  const cancelled = await newCustomer();
  await plane.pool.query('DELETE FROM subscription WHERE tenant_id = $1', [cancelled.tenantId]);
  await count(cancelled, { site: 0, hour: 1, events: 5 });
  expect(await tell()).toBe(0);
});

test('what is refused is tried again later and lets others be; what is too old is given up, and said', async () => {
  const [one, other] = [await newCustomer(), await newCustomer()];
  stripe.customers.delete(one.customerId);
  for (const shop of [one, other]) await count(shop, { site: 0, hour: 2, events: 4 });
  expect(await tell()).toBe(1);
  expect([atStripe(one), atStripe(other).length]).toEqual([[], 1]);
  addCustomer(stripe, one.customerId);
  expect(await tell()).toBe(0);
  now += 2 * 60_000;
  expect(await tell()).toBe(1);
  now += 36 * 24 * HOUR_MS;
  await count(one, { site: 0, hour: 2, events: 1 });
  const errors: string[] = [];
  const said = (fields: object, message: string) =>
    (fields as { tenant?: string }).tenant === one.tenantId && errors.push(message);
  const log = { ...silent, error: (fields: object, message: string) => void said(fields, message) };
  expect(await tellUsage(plane.as('scheduler').pool, { meters, log, now })).toBe(0);
  expect(errors).toEqual(['an hour of use cannot be told any more']);
  expect(await tell()).toBe(0);
});

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('count' as const),
      site: fc.nat(1),
      hour: fc.nat(1),
      events: fc.integer({ min: 1, max: 9 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('tell' as const),
      losses: fc.array(fc.constantFrom('there' as const, 'back' as const), { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const), statements: fc.nat(25) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('twice' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) }),
  },
);

/** The same shop as a customer of whom nobody has counted anything. */
async function beginAnew(shop: Customer): Promise<Customer> {
  customers += 1;
  const customerId = `cus_metered${customers}`;
  addCustomer(stripe, customerId);
  for (const table of ['usage_hour', 'meter_hour']) await plane.pool.query(`DELETE FROM ${table}`);
  await plane.pool.query('UPDATE billing_account SET customer_id = $2 WHERE tenant_id = $1', [
    shop.tenantId,
    customerId,
  ]);
  // Whoever tells the same hour of the same tenant begins with the first revision again.
  simulatedMeters(stripe).events = [];
  return { ...shop, customerId };
}

test('whatever changes, is lost, is killed or is repeated in whatever order: Stripe’s sums are the ledger’s hours', async () => {
  const made = await newCustomer();
  const { pool } = plane.as('scheduler');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 18 }), async (steps) => {
      now = START + 12 * HOUR_MS + 5 * 60_000;
      const shop = await beginAnew(made);
      for (const one of steps) {
        if (one.kind === 'count') await count(shop, one);
        else if (one.kind === 'tell') await tell(pool, faulty([...one.losses]));
        else if (one.kind === 'kill') await tell(dyingPool(pool, one.statements)).catch(() => undefined);
        else if (one.kind === 'twice') await Promise.all([tell(), tell()]);
        else now += one.hours * HOUR_MS;
      }
      // Whoever failed is due again within six hours.
      for (let round = 0; round < 3; round += 1) {
        now += 7 * HOUR_MS;
        await tell();
      }
      expect(atStripe(shop)).toEqual(await sums(shop));
    }),
    { numRuns: 15, interruptAfterTimeLimit: 45_000 },
  );
}, 60_000);
