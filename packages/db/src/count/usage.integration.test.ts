import type { Outcome } from '@footfall/core/ledger';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant } from '../tenant/scope.ts';
import { createTenant } from '../tenant/tenant.ts';
import { applyLedger, type LedgerLine } from './ledger.ts';
import { addUsage, readUsage, utcMonth } from './usage.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

let tenants = 0;
const newTenant = async () => {
  tenants += 1;
  const owner = { name: 'Shop', email: `${tenants}@shop.example`, password: 'correct horse' };
  return (await createTenant(plane.db, owner)).tenantId;
};

test('what collectors tell adds up, by tenant and month; of tenants that are gone nothing is kept', async () => {
  const [one, other] = [await newTenant(), await newTenant()];
  const add = (...used: [string, string, number][]) =>
    addUsage(
      plane.pool,
      used.map(([tenantId, month, events]) => ({ tenantId, month, events })),
    );
  await add([one, '2026-01', 5], [other, '2026-01', 7], ['gone', '2026-01', 9]);
  const sums = await Promise.all([add([one, '2026-01', 1]), add([one, '2026-01', 2], [one, '2026-02', 3])]);
  expect(Math.max(...sums.flat().map(({ events }) => events))).toBe(8);
  const used = [
    [one, '2026-01'],
    [one, '2026-02'],
    [other, '2026-01'],
    [one, '2026-03'],
    ['gone', '2026-01'],
  ] as const;
  expect(await Promise.all(used.map(([tenant, month]) => readUsage(plane.pool, tenant, month)))).toEqual([
    8, 3, 7, 0, 0,
  ]);
});

test('what the ledger has counted is what is used: no bots, no repeats, large events as several; what is on its way counts as one', async () => {
  const tenant = await newTenant();
  const sites = inTenant(plane.db, tenant).sites;
  const { id: siteId } = await sites.create({ domain: 'a.example', actor: 'cli' });
  const month = '2026-01';
  const used = () => readUsage(plane.pool, tenant, month);
  await addUsage(plane.pool, [{ tenantId: tenant, month, events: 10 }]);
  expect(await used()).toBe(10);
  const line = (offset: number, outcome: Outcome, counted: number): LedgerLine => ({
    ...{ offset, siteId, day: '2026-01-31', outcome },
    usage: { month, counted },
  });
  const entry = {
    ...{ stream: 'events', partition: 7, lastOffset: 3 },
    lines: [
      line(0, 'stored', 1),
      line(1, 'stored', 0),
      { offset: 1, siteId, day: '2026-01-31', outcome: 'bot' as const },
      line(2, 'duplicate', 0),
      line(3, 'stored', 32),
    ],
  };
  await applyLedger(plane.pool, entry);
  // Six are on their way.
  expect(await used()).toBe(33 + 6);
  await applyLedger(plane.pool, entry);
  expect(await used()).toBe(33 + 6);
  expect(await addUsage(plane.pool, [{ tenantId: tenant, month, events: 0 }])).toEqual([
    { tenantId: tenant, month, events: 39 },
  ]);
});

test('what nobody has told of, since a collector was killed, counts when the ledger has it', async () => {
  const tenant = await newTenant();
  const { id: siteId } = await inTenant(plane.db, tenant).sites.create({ domain: 'b.example', actor: 'cli' });
  const usage = { month: '2026-01', counted: 1 };
  const lines = [0, 1].map((offset) => ({
    ...{ offset, siteId, day: '2026-01-31', outcome: 'stored' as const },
    usage,
  }));
  await applyLedger(plane.pool, { stream: 'events', partition: 8, lastOffset: 1, lines });
  expect(await readUsage(plane.pool, tenant, '2026-01')).toBe(2);
});

test('months are of UTC', () => {
  expect([
    utcMonth(Date.parse('2026-01-31T23:59:59Z')),
    utcMonth(Date.parse('2026-02-01T00:00:00Z')),
  ]).toEqual(['2026-01', '2026-02']);
});
