import { readEntitlement } from '@footfall/db/billing/entitlement';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { openBody } from '@footfall/mail/body';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchPlans } from './watch-plans.ts';

const SECRET = 'a-long-random-text-of-32-characters-or-more';
const DAY_MS = 24 * 3_600_000;
const log = {
  warn: (fields: object, message: string) => expect.fail(`${message} ${JSON.stringify(fields)}`),
};

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
  await plane.pool.query(
    `INSERT INTO plan (name, family, state, title, events_included) VALUES
       ('small-v1', 'small', 'published', 'Small', 100), ('large-v1', 'large', 'published', 'Large', 100000)`,
  );
  await plane.pool.query(
    `INSERT INTO plan_price VALUES ('price_s', 'small-v1', 'EUR', 'month', 900), ('price_l', 'large-v1', 'EUR', 'month', 9900)`,
  );
});
afterAll(() => plane.drop());

const run = (text: string, values: unknown[] = []) => plane.pool.query(text, values);
const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

/** Looks as the scheduler does, twice: what is done again changes nothing. */
async function watch(now: number) {
  const { pool } = plane.as('scheduler');
  for (const _ of [1, 2])
    await watchPlans(pool, { mails: { secret: SECRET, webUrl: 'https://s.example' }, log, now });
}

/** A tenant that subscribes to the small plan since an anchor, with an owner who reads German and a viewer. */
async function subscriber(anchor: string) {
  const { tenantId, userId } = await plane.newTenant();
  await run(`UPDATE "user" SET email_verified_at = now(), locale = 'de' WHERE id = $1`, [userId]);
  await run('INSERT INTO billing_account (tenant_id) VALUES ($1)', [tenantId]);
  await run(
    `INSERT INTO subscription (tenant_id, stripe_id, plan, status, anchor) VALUES ($1, $2, 'small-v1', 'active', $3)`,
    [tenantId, `sub_${tenantId}`, new Date(anchor)],
  );
  return tenantId;
}

const use = (tenantId: string, hour: string, events: number) =>
  run(`INSERT INTO usage_hour VALUES ($1, $2, 'site_gone', $3, $4)`, [
    tenantId,
    hour,
    hour.slice(0, 10),
    events,
  ]);

/** The kinds of mails about a tenant, in their order. */
async function mails(tenantId: string): Promise<string[]> {
  const { rows } = await run('SELECT template FROM mail WHERE about_tenant = $1 ORDER BY created_at, ctid', [
    tenantId,
  ]);
  return (rows as { template: string }[]).map(({ template }) => template);
}

const state = async (tenantId: string, now: number) =>
  (await readEntitlement(plane.pool, tenantId, now)).state;

describe('a tenant that uses more than its plan', () => {
  test('is told after a month, warned after two, locked a week later, and open after a month below', async () => {
    const tenantId = await subscriber('2026-01-31T12:00:00Z');
    // Months begin on the 31st, the 28th of February, the 31st again.
    await use(tenantId, '2026-02-28T11:00:00Z', 101);
    await watch(at('2026-02-27'));
    expect(await mails(tenantId)).toEqual(['plan_quota_reached']);
    await watch(at('2026-03-01'));
    expect((await mails(tenantId)).at(-1)).toBe('plan_over_once');
    expect(await state(tenantId, at('2026-03-20'))).toBe('active');
    await use(tenantId, '2026-02-28T12:00:00Z', 101);
    await watch(at('2026-03-20'));
    expect(await mails(tenantId)).toEqual(['plan_quota_reached', 'plan_over_once', 'plan_quota_reached']);
    const second = at('2026-04-01');
    await watch(second);
    expect((await mails(tenantId)).at(-1)).toBe('plan_over_twice');
    expect(await state(tenantId, second + 7 * DAY_MS - 1)).toBe('active');
    expect(await state(tenantId, second + 7 * DAY_MS)).toBe('restricted');
    await watch(second + 7 * DAY_MS);
    expect((await mails(tenantId)).at(-1)).toBe('reports_locked');
    // The month since the 31st of March is below.
    await watch(at('2026-05-01'));
    expect(await state(tenantId, at('2026-05-01'))).toBe('active');
    expect((await mails(tenantId)).filter((kind) => kind === 'plan_over_twice')).toHaveLength(1);
  });

  test('is open at once on a larger plan', async () => {
    const tenantId = await subscriber('2026-01-01T00:00:00Z');
    await use(tenantId, '2026-01-05T10:00:00Z', 500);
    await use(tenantId, '2026-02-05T10:00:00Z', 500);
    await watch(at('2026-03-01'));
    expect(await state(tenantId, at('2026-03-09'))).toBe('restricted');
    await run(`UPDATE subscription SET plan = 'large-v1' WHERE tenant_id = $1`, [tenantId]);
    await watch(at('2026-03-09'));
    expect(await state(tenantId, at('2026-03-09'))).toBe('active');
  });

  test('is not judged by months before it subscribed', async () => {
    const tenantId = await subscriber('2026-02-01T00:00:00Z');
    await use(tenantId, '2026-01-05T10:00:00Z', 500);
    await use(tenantId, '2026-02-05T10:00:00Z', 500);
    await watch(at('2026-03-02'));
    expect(await mails(tenantId)).toEqual(['plan_over_once']);
  });
});

test('a payment that fails is told at once, after a week, two days before the lock, at the lock, and when it is paid', async () => {
  const tenantId = await subscriber('2026-01-01T00:00:00Z');
  const began = at('2026-02-01');
  await run(`UPDATE subscription SET status = 'past_due', failing_since = $2 WHERE tenant_id = $1`, [
    tenantId,
    new Date(began),
  ]);
  for (const days of [0, 3, 7, 12, 13, 14, 15]) await watch(began + days * DAY_MS);
  await run(`UPDATE subscription SET status = 'active', failing_since = NULL WHERE tenant_id = $1`, [
    tenantId,
  ]);
  for (const days of [16, 17]) await watch(began + days * DAY_MS);
  expect(await mails(tenantId)).toEqual([
    'payment_failed',
    'payment_failed_again',
    'payment_failed_last',
    'reports_locked',
    'payment_received',
  ]);
});

test('a trial that ends is told before and after; what was told is remembered when mails are forgotten', async () => {
  const { tenantId, userId } = await plane.newTenant();
  const ends = at('2026-06-15');
  await run('UPDATE "user" SET email_verified_at = now() WHERE id = $1', [userId]);
  await run(`UPDATE tenant SET plan = 'small-v1' WHERE id = $1`, [tenantId]);
  await run(
    `INSERT INTO billing_account (tenant_id, trial_plan, trial_ends_at) VALUES ($1, 'large-v1', $2)`,
    [tenantId, new Date(ends)],
  );
  await watch(ends - 3 * DAY_MS);
  await watch(ends);
  expect(await mails(tenantId)).toEqual(['trial_ending', 'trial_ended']);
  await run('DELETE FROM mail WHERE about_tenant = $1', [tenantId]);
  await watch(ends + DAY_MS);
  expect(await mails(tenantId)).toEqual([]);
});

test('owners and billing members are told in their language, others are not, and nobody at an address that is not shown to be theirs', async () => {
  const tenantId = await subscriber('2026-01-01T00:00:00Z');
  const join = async (role: string, verified: boolean) => {
    const { userId } = await plane.newTenant();
    await run('UPDATE "user" SET email_verified_at = $2 WHERE id = $1', [
      userId,
      verified ? new Date() : null,
    ]);
    await run('INSERT INTO membership (tenant_id, user_id, role) VALUES ($1, $2, $3)', [
      tenantId,
      userId,
      role,
    ]);
  };
  await join('billing', true);
  await join('owner', false);
  await join('admin', true);
  await run('UPDATE subscription SET ends_at = $2 WHERE tenant_id = $1', [
    tenantId,
    new Date(at('2026-02-01')),
  ]);
  await watch(at('2026-01-20'));
  const { rows } = await run(
    'SELECT subject, body, locale FROM mail WHERE about_tenant = $1 ORDER BY locale',
    [tenantId],
  );
  expect(rows.map(({ locale }) => locale)).toEqual(['de', 'en']);
  expect(rows.map(({ subject }) => subject)).toEqual([
    expect.stringContaining('1. Februar 2026'),
    expect.stringContaining('February 1, 2026'),
  ]);
  expect(openBody(rows[0]?.body, SECRET).text).toContain('https://s.example/billing');
});
