import { freePort } from '@footfall/postgres/free-port';
import { connectPool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { DEFAULT_QUERY_LIMIT, PlanDirectory } from './plan-directory.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

async function limitOn(plan: string): Promise<number | null> {
  const { tenantId } = await plane.newTenant();
  await plane.db.tenant.update({ where: { id: tenantId }, data: { plan } });
  return new PlanDirectory(plane.pool).findQueryLimit(tenantId);
}

test('a new tenant of a self-hosted installation has no limit of queries', async () => {
  const { tenantId } = await plane.newTenant();
  expect(await new PlanDirectory(plane.pool).findQueryLimit(tenantId)).toBeNull();
});

test('a plan sets the limit', async () => {
  await plane.db.plan.create({ data: { name: 'small', queryLimitPerHour: 50 } });
  expect(await limitOn('small')).toBe(50);
});

test.each(['unheard of', '', 'Self-Hosted'])(
  'the plan %j, which nobody knows, has a limit all the same',
  async (plan) => {
    expect(await limitOn(plan)).toBe(DEFAULT_QUERY_LIMIT);
  },
);

test('a tenant that is not there has a limit', async () => {
  expect(await new PlanDirectory(plane.pool).findQueryLimit('tenant_x')).toBe(DEFAULT_QUERY_LIMIT);
});

test('what is not known while the database is away is refused, not unlimited', async () => {
  const away = connectPool(`postgres://nobody@127.0.0.1:${await freePort()}/x`, { name: 'test' });
  await expect(new PlanDirectory(away).findQueryLimit('tenant_x')).rejects.toThrow();
  await away.end();
});
