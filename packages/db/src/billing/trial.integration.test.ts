import { TRIAL_DAYS } from '@footfall/core/billing/trial';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane, password } from '../control-plane.fixture.ts';
import { inTenant } from '../tenant/scope.ts';
import { createTenant } from '../tenant/tenant.ts';
import { readEntitlement } from './entitlement.ts';
import { beginTrial } from './trial.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());

const run = (text: string, values: unknown[] = []) => plane.pool.query(text, values);
const sell = (name: string, amount: number | null, isTrial = false) =>
  run(
    `WITH made AS (INSERT INTO plan (name, family, state, title, is_public, is_trial) VALUES ($1, $1, 'published', $1, true, $3) RETURNING name)
     INSERT INTO plan_price SELECT 'p_' || name, name, 'EUR', 'month', $2::bigint FROM made WHERE $2::bigint IS NOT NULL`,
    [name, amount, isTrial],
  );
afterEach(() => run(`UPDATE plan SET is_public = false`));

let people = 0;
const sign = (email?: string) => {
  people += 1;
  const request = { name: 'Kiln', email: email ?? `ann${people}@kiln.example`, password, isSoldTo: true };
  return createTenant(plane.as('web').db, request);
};
const read = (tenantId: string, now = Date.now()) => readEntitlement(plane.as('web').pool, tenantId, now);
const begin = (tenantId: string) => beginTrial(plane.as('web').db, { tenantId, actor: 'cli' });
const add = (tenantId: string, domain: string) =>
  inTenant(plane.as('web').db, tenantId).sites.create({ domain, actor: 'cli' });

describe('a new tenant', () => {
  test('is on what it was, while no plan is sold', async () => {
    const { tenantId } = await sign();
    expect(await read(tenantId)).toMatchObject({ state: 'free', plan: 'self-hosted' });
    expect(await begin(tenantId)).toBe('none');
  });

  test('is on the plan that costs nothing, and may try another', async () => {
    await sell('free-1', null);
    await sell('big-1', 900, true);
    const { tenantId } = await sign();
    expect(await read(tenantId)).toMatchObject({ state: 'free', plan: 'free-1' });
    expect(await begin(tenantId)).toBe('begun');
    expect(await read(tenantId)).toMatchObject({ state: 'trial', plan: 'big-1' });
    const later = Date.now() + (TRIAL_DAYS + 1) * 86_400_000;
    expect(await read(tenantId, later)).toMatchObject({ state: 'free', plan: 'free-1' });
  });

  test('tries the best plan that is marked for it, and is locked when it has paid for none after', async () => {
    await sell('small-2', 900, true);
    await sell('big-2', 1900, true);
    await sell('huge-2', 9900);
    const { tenantId } = await sign();
    const { state, plan, until } = await read(tenantId);
    expect([state, plan]).toEqual(['trial', 'big-2']);
    expect(Math.round(((until ?? 0) - Date.now()) / 86_400_000)).toBe(TRIAL_DAYS);
    expect(await read(tenantId, (until ?? 0) + 1)).toMatchObject({ state: 'restricted', plan: 'big-2' });
    const { rows } = await run('SELECT action FROM audit_entry WHERE tenant_id = $1 ORDER BY action', [
      tenantId,
    ]);
    expect(rows.map(({ action }) => action)).toEqual(['billing.begin_trial', 'tenant.create']);
  });
});

describe('a trial', () => {
  const withoutTrial = async () => {
    const made = await plane.newTenant();
    await run(`UPDATE plan SET is_public = true WHERE name = 'big-2'`);
    return made.tenantId;
  };

  test('that several ask for at once begins once', async () => {
    const tenantId = await withoutTrial();
    const answers = await Promise.all([begin(tenantId), begin(tenantId), begin(tenantId)]);
    expect(answers.sort()).toEqual(['begun', 'used', 'used']);
  });

  test('is had once by a mailbox, however it is written', async () => {
    await run(`UPDATE plan SET is_public = true WHERE name = 'big-2'`);
    const first = await sign('kiln.owner@gmail.com');
    expect(await read(first.tenantId)).toMatchObject({ state: 'trial' });
    const second = await sign('KilnOwner+2@googlemail.com');
    expect(await read(second.tenantId)).toMatchObject({ state: 'restricted', plan: 'big-2' });
    expect(await begin(second.tenantId)).toBe('used');
  });

  test('is had once by a shop: before it begins, and when the shop is added in it', async () => {
    const [first, second, third] = [await withoutTrial(), await withoutTrial(), await withoutTrial()];
    await add(first, 'www.tried.example');
    await add(second, 'tried.example');
    expect([await begin(first), await begin(second)]).toEqual(['begun', 'used']);
    // What was refused has claimed nothing.
    await run(`DELETE FROM site WHERE tenant_id = $1`, [second]);
    expect(await begin(second)).toBe('begun');
    await add(second, 'own.example');
    await run(`DELETE FROM site WHERE tenant_id = $1`, [second]);
    await add(second, 'own.example');
    expect(await read(second)).toMatchObject({ state: 'trial' });
    await begin(third);
    await add(third, 'Tried.example');
    expect((await read(third)).state).not.toBe('trial');
  });

  test('that a tenant had stays had when the tenant is gone, and nobody reads of whom', async () => {
    await run(`UPDATE plan SET is_public = true WHERE name = 'big-2'`);
    const { tenantId } = await sign('gone@kiln.example');
    await run('DELETE FROM tenant WHERE id = $1', [tenantId]);
    await run(`DELETE FROM "user" WHERE email = 'gone@kiln.example'`);
    const again = await sign('gone@kiln.example');
    expect(await read(again.tenantId)).toMatchObject({ state: 'restricted' });
    await expect(plane.as('web').pool.query('SELECT 1 FROM trial_claim')).rejects.toThrow(
      'permission denied',
    );
    const { rows } = await run('SELECT hash FROM trial_claim');
    expect(rows.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });
});
