import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant, type TenantScope } from './scope.ts';

let plane: ControlPlane;
let own: TenantScope;
let other: TenantScope;
beforeAll(async () => {
  plane = await freshControlPlane();
  const { db } = plane.as('web');
  [own, other] = (await Promise.all(
    [1, 2].map(async (n) => {
      const { tenantId, userId } = await plane.newTenant();
      const scope = inTenant(db, tenantId);
      const { id } = await scope.sites.create({ domain: `export${n}.example`, actor: userId });
      await scope.goals.create({ siteId: id, name: 'Order', event: 'order', actor: userId });
      await scope.apiKeys.create({ scopes: ['stats'], actor: userId });
      for (let day = 0; day < 1_100; day += 1)
        await plane.pool.query(`INSERT INTO ledger_day VALUES ($1, $2, 'stored', 5)`, [id, `day-${day}`]);
      return scope;
    }),
  )) as [TenantScope, TenantScope];
});
afterAll(() => plane.drop());

async function readAll(scope: TenantScope): Promise<{ table: string; row: Record<string, unknown> }[]> {
  const read: { table: string; row: Record<string, unknown> }[] = [];
  for await (const rows of scope.ownData.readRows()) {
    // Some at a time: memory does not grow with a tenant.
    expect(rows.length).toBeLessThanOrEqual(500);
    read.push(...rows.map(({ table, row }) => ({ table, row: JSON.parse(row) })));
  }
  return read;
}

it('a tenant takes all its rows away, each once, and none of another', async () => {
  const rows = await readAll(own);
  const counts = Object.fromEntries(
    [...Map.groupBy(rows, ({ table }) => table)].map(([table, all]) => [table, all.length]),
  );
  expect(counts).toMatchObject({ tenant: 1, membership: 1, site: 1, goal: 1, api_key: 1, ledger_day: 1_100 });
  const days = new Set(rows.filter(({ table }) => table === 'ledger_day').map(({ row }) => row.day));
  expect(days.size).toBe(1_100);
  const text = JSON.stringify(rows);
  expect(text).toContain('export1.example');
  for (const foreign of [other.tenantId, (await other.sites.list())[0]?.id ?? '', 'export2.example'])
    expect(text).not.toContain(foreign);
});

it('takes none of another away where row-level security does not hold, either', async () => {
  const rows = await readAll(inTenant(plane.db, own.tenantId));
  expect(JSON.stringify(rows)).not.toContain(other.tenantId);
});

it('takes no secret away, nor the hash of one', async () => {
  const rows = await readAll(own);
  const key = rows.find(({ table }) => table === 'api_key')?.row;
  expect(Object.keys(key ?? {}).sort()).toEqual(expect.arrayContaining(['hint', 'scopes']));
  const columns = new Set(rows.flatMap(({ row }) => Object.keys(row)));
  expect([...columns].filter((name) => /hash|sealed|secret|token|password/.test(name))).toEqual([]);
});
