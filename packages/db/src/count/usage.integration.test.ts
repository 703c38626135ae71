import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant } from '../tenant/scope.ts';
import { createTenant } from '../tenant/tenant.ts';
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

test('where the ledger knows of more, it counts: of all sites, stored events of the month', async () => {
  const tenant = await newTenant();
  const sites = inTenant(plane.db, tenant).sites;
  const [a, b] = [
    await sites.create({ domain: 'a.example', actor: 'cli' }),
    await sites.create({ domain: 'b.example', actor: 'cli' }),
  ];
  const line = 'INSERT INTO ledger_day (site_id, day, outcome, count) VALUES ($1, $2, $3, $4)';
  for (const values of [
    [a.id, '2026-01-31', 'stored', 10],
    [b.id, '2026-01-01', 'stored', 20],
    [b.id, '2026-01-01', 'duplicate', 400],
    [b.id, '2026-02-01', 'stored', 800],
  ])
    await plane.pool.query(line, values);
  await addUsage(plane.pool, [{ tenantId: tenant, month: '2026-01', events: 25 }]);
  expect(await readUsage(plane.pool, tenant, '2026-01')).toBe(30);
});

test('months are of UTC', () => {
  expect([
    utcMonth(Date.parse('2026-01-31T23:59:59Z')),
    utcMonth(Date.parse('2026-02-01T00:00:00Z')),
  ]).toEqual(['2026-01', '2026-02']);
});
