import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { ControlPlane as Connected } from '../prisma.ts';
import { beginSiteDeletion, deleteTenantRows, finishSiteDeletion, sitesToDelete } from './deletion.ts';
import { inTenant } from './scope.ts';
import { tenantRows, tenantTransaction } from './transaction.ts';

/** Tables that have no tenant's rows, or rows of all, with the reason. Those with a column of a tenant's cannot be here without one. */
const SHARED: Readonly<Record<string, string>> = {
  _prisma_migrations: 'of the database; no service may read it',
  user: 'somebody may belong to several tenants, and is found by an address before one is known',
  session: 'of a user, who may belong to several tenants; found by a secret',
  rate_limit: 'of the doors; keys are hashes',
  user_token: 'of a user; found by a secret',
  totp: 'of a user',
  recovery_code: 'of a user',
  passkey: 'of a user',
  used_challenge: 'of the doors; hashes',
  linked_account: 'of a user',
  mail: 'of the platform; the portal adds to it and may not read it',
  platform_audit: 'of the platform; the portal’s pages of merchants may not read it',
  platform_setting: 'of the platform',
  flag_override: "the operator's",
  clock: 'of the database; the portal may not read it',
  space_sample: 'of the machines',
  exchange_rate: "the operator's",
  plan: "the operator's",
  plan_price: "the operator's",
  payment_event: 'of the payment provider; the portal adds to it and may not read it',
  trial_claim: 'hashes that outlive tenants; the portal may not read it',
  salt: 'of all sites; the portal may not read it',
  visitor_key: 'of all sites; the portal may not read it',
  ledger_position: 'of the log',
  spool: 'of a collector',
  proxy_finding: 'of the installation',
  deleted_site: 'the tenant may be gone, too; the portal may not read it',
  deleted_tenant: 'of tenants that are gone; the portal may not read it',
};

let plane: ControlPlane;
let web: Connected;
let tenants: { own: string; other: string };
const sites: Record<'own' | 'other', string> = { own: '', other: '' };

/** A row of every table that a tenant can own, for one tenant. */
async function fill(tenantId: string): Promise<string> {
  const scope = inTenant(plane.db, tenantId);
  const { id } = await scope.sites.create({ domain: `${tenantId.slice(7)}.example`, actor: 'cli' });
  await scope.goals.create({ siteId: id, name: 'Order', event: 'order', actor: 'cli' });
  const steps = [{ page: '/a' }, { page: '/b' }];
  await scope.funnels.create({ siteId: id, name: 'Order', steps, actor: 'cli' });
  const filters = [['is', 'visit:country', ['DE']]];
  await scope.segments.create({ siteId: id, name: 'Germany', filters, actor: 'cli' });
  await scope.apiKeys.create({ scopes: ['stats'], actor: 'cli' });
  const { token } = await scope.invitations.create({
    email: `${tenantId}@guest.example`,
    role: 'viewer',
    sites: [id],
    actor: 'cli',
  });
  expect(token).toHaveLength(43);
  // Accounts outlive tenants, so this one is not called by the whole id.
  const userId = `user_${tenantId.slice(-8)}`;
  await plane.db.user.create({ data: { id: userId, email: `${userId}@guest.example`, name: 'Guest' } });
  await scope.members.add({ userId, role: 'viewer', sites: [id], actor: 'cli' });
  const { pool } = plane;
  const visit = `INSERT INTO support_visit (id, tenant_id, staff_id, staff_email, reason, ends_at) VALUES ($1, $2, 's', 's', 'r', now())`;
  await pool.query(visit, [`visit_${id}`, tenantId]);
  await pool.query(
    `INSERT INTO team_sign_on (tenant_id, issuer, client_id, sealed_secret) VALUES ($1, 'i', 'c', '')`,
    [tenantId],
  );
  await pool.query(`INSERT INTO sign_on_domain (tenant_id, domain, token) VALUES ($1, 'kiln.example', 't')`, [
    tenantId,
  ]);
  await pool.query(`INSERT INTO webhook_endpoint VALUES ($1, $2, 'https://a.example', '{}', 'x')`, [
    `hook_${id}`,
    tenantId,
  ]);
  await pool.query(
    `INSERT INTO embed_key (kid, tenant_id, origins, sealed_secret) VALUES ($1, $2, '{https://a.example}', 'x')`,
    [`embed_${id}`, tenantId],
  );
  await pool.query(`INSERT INTO embed_use VALUES ($1, $2, '2026-01-01', 'answered', 5)`, [
    `embed_${id}`,
    tenantId,
  ]);
  const delivery = `INSERT INTO webhook_delivery (id, tenant_id, endpoint_id, event, dedupe_key, data) VALUES ($1, $2, $3, 'ping', 'x', '{}')`;
  await pool.query(delivery, [`delivery_${id}`, tenantId, `hook_${id}`]);
  await pool.query(`INSERT INTO usage_month VALUES ($1, '2026-01', 5)`, [tenantId]);
  await pool.query(`INSERT INTO account_notice VALUES ($1, 'trial_ended', '2026-01-01', now())`, [tenantId]);
  await pool.query(`INSERT INTO usage_hour VALUES ($1, '2026-01-01T10:00:00Z', $2, '2026-01-01', 5)`, [
    tenantId,
    id,
  ]);
  await pool.query('INSERT INTO billing_account (tenant_id) VALUES ($1)', [tenantId]);
  await pool.query(
    `INSERT INTO subscription (tenant_id, stripe_id, plan, status, anchor) VALUES ($1, $2, 'self-hosted', 'active', now())`,
    [tenantId, `sub_${tenantId}`],
  );
  await pool.query(
    `INSERT INTO plan_override (id, tenant_id, reason, made_by) VALUES ($1, $2, 'a friend', 'cli')`,
    [`override_${tenantId}`, tenantId],
  );
  await pool.query(`INSERT INTO ledger_day VALUES ($1, '2026-01-01', 'stored', 5)`, [id]);
  await pool.query(`INSERT INTO deferred_fold VALUES ($1, 1, '2026-01-01', 'v', 5)`, [id]);
  await pool.query(`INSERT INTO seal_use VALUES ($1, '2026-01-01', 5, 5, '{}')`, [id]);
  await pool.query(`INSERT INTO domain_proof VALUES ($1, 'dns', now())`, [id]);
  const removal = `INSERT INTO event_removal (id, site_id, received_from, received_to, state, requested_by) VALUES ($1, $2, now(), now(), 'counting', 'cli')`;
  await pool.query(removal, [`removal_${id}`, id]);
  await pool.query(`INSERT INTO removal_portion VALUES ($1, $2, '[]', '[]')`, [id, `removal_${id}`]);
  await pool.query(`INSERT INTO report_limit VALUES ($1, '2026-01-01', 'values', 'event:page', 5)`, [id]);
  await pool.query(`INSERT INTO site_deletion VALUES ($1, $2, 'gone.example', now(), 'cli')`, [
    `gone_${id}`,
    tenantId,
  ]);
  await pool.query('INSERT INTO site_domain VALUES ($1, $2)', [id, 'further.example']);
  await pool.query(`INSERT INTO former_site_key VALUES ($1, $2, now(), now())`, [`ff_old_${id}`, id]);
  await pool.query('INSERT INTO retired_generation VALUES ($1, 1)', [id]);
  await pool.query('INSERT INTO spool_backlog VALUES ($1, $2, $3, 5)', ['spool', id, '2026-01-01']);
  const days = `'2025-01-01', '2025-01-02', '{}'`;
  await pool.query(`INSERT INTO import VALUES ($1, $2, 'plausible', ${days})`, [`import_${id}`, id]);
  await pool.query(`INSERT INTO event_import VALUES ($1, $2, '{}', '{}')`, [`import_e${id}`, id]);
  const total = `INSERT INTO imported_total (import_id, dimension, day, value) VALUES ($1, '(all)', '2025-01-01', '')`;
  await pool.query(total, [`import_${id}`]);
  return id;
}

beforeAll(async () => {
  plane = await freshControlPlane();
  web = plane.as('web');
  await plane.pool.query(`INSERT INTO spool VALUES ('spool', 'here', 5, 5, now())`);
  const [own, other] = [await plane.newTenant(), await plane.newTenant()];
  tenants = { own: own.tenantId, other: other.tenantId };
  for (const name of ['own', 'other'] as const) sites[name] = await fill(tenants[name]);
});
afterAll(() => plane.drop());

async function guarded(): Promise<string[]> {
  const { rows } = await plane.pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'own_tenant'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

test('every table is guarded, or is on the list of those that no tenant owns', async () => {
  const { rows } = await plane.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  const unguarded = rows.map(({ name }) => name).filter((name) => !shared.has(name));
  expect(unguarded).toEqual(await guarded());
  const { rows: owned } = await plane.pool.query<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name IN ('tenant_id', 'site_id')`,
  );
  expect(owned.map(({ name }) => name).filter((name) => shared.has(name))).toEqual([]);
  expect(owned.length).toBeGreaterThan(8);
});

const shared = new Set(Object.keys(SHARED));

describe('the portal, where a query forgets the tenant', () => {
  test('reads nothing of any table, though there are rows', async () => {
    for (const table of await guarded()) {
      const { rows: all } = await plane.pool.query(`SELECT 1 FROM "${table}"`);
      expect(all.length, table).toBeGreaterThanOrEqual(2);
      expect((await web.pool.query(`SELECT 1 FROM "${table}"`)).rows, table).toEqual([]);
    }
    expect(await web.db.site.findMany()).toEqual([]);
    expect(await web.db.goal.count()).toBe(0);
  });

  test('reads its own rows alone when the transaction has named it', async () => {
    for (const table of await guarded()) {
      const { rows: all } = await plane.pool.query(`SELECT 1 FROM "${table}"`);
      const { rows } = await tenantRows(web.pool, tenants.own).query(`SELECT 1 FROM "${table}"`);
      expect(rows.length, table).toBe(all.length / 2);
    }
  });

  test('forgets the tenant with the transaction, on the same connection', async () => {
    const pids = new Set<number>();
    for (let round = 0; round < 3; round += 1) {
      await tenantTransaction(web.db, tenants.own, (transaction) => transaction.site.findFirstOrThrow());
      const { rows } = await web.pool.query<{ pid: number; seen: number }>(
        'SELECT pg_backend_pid() AS pid, (SELECT count(*) FROM site)::int AS seen',
      );
      expect(rows[0]?.seen).toBe(0);
      pids.add(rows[0]?.pid ?? 0);
    }
    expect(pids.size).toBe(1);
  });

  test('changes and deletes nothing, and adds nothing to another', async () => {
    await tenantTransaction(web.db, tenants.own, async ({ site, goal, apiKey, membership }) => {
      const where = { id: sites.other };
      expect((await site.updateMany({ where, data: { enabled: false } })).count).toBe(0);
      expect((await goal.deleteMany({ where: { siteId: sites.other } })).count).toBe(0);
      expect((await membership.deleteMany({ where: { tenantId: tenants.other } })).count).toBe(0);
      const others = { where: { tenantId: tenants.other }, data: { revokedAt: new Date() } };
      expect((await apiKey.updateMany(others)).count).toBe(0);
    });
    const inserted = { id: 'goal_x', siteId: sites.other, name: 'Mine', event: 'x' };
    await expect(
      tenantTransaction(web.db, tenants.own, ({ goal }) => goal.create({ data: inserted })),
    ).rejects.toThrow(/row-level security/);
    // A row of its own cannot be handed over either.
    await expect(
      tenantTransaction(web.db, tenants.own, ({ site }) =>
        site.update({ where: { id: sites.own }, data: { tenantId: tenants.other } }),
      ),
    ).rejects.toThrow(/row-level security/);
  });
});

test('whatever the condition, one tenant never sees or changes what another has', async () => {
  const field = fc.constantFrom('id', 'tenantId', 'domain', 'siteKey');
  const value = fc.constantFrom(sites.own, sites.other, tenants.own, tenants.other, '', '%', `' OR true --`);
  const condition = fc.oneof(
    fc.tuple(field, value).map(([name, text]) => ({ [name]: text })),
    fc.tuple(field, value).map(([name, text]) => ({ NOT: { [name]: text } })),
    fc.tuple(field, value).map(([name, text]) => ({ OR: [{ [name]: text }, { enabled: true }] })),
    fc.tuple(field, value).map(([name, text]) => ({ [name]: { gte: text } })),
    fc.constant({}),
  );
  const before = await plane.db.site.findFirstOrThrow({ where: { id: sites.other } });
  await fc.assert(
    fc.asyncProperty(condition, fc.integer({ min: 1, max: 4_000 }), async (where, retentionDays) => {
      const seen = await tenantTransaction(web.db, tenants.own, async ({ site }) => {
        await site.updateMany({ where, data: { retentionDays } });
        return site.findMany({ where, include: { goals: true, imports: true } });
      });
      expect(seen.filter((site) => site.tenantId !== tenants.own)).toEqual([]);
    }),
    { numRuns: 60 },
  );
  expect(await plane.db.site.findFirstOrThrow({ where: { id: sites.other } })).toEqual(before);
});

describe('a scope', () => {
  test('finds and changes nothing of another tenant, named by id, key or domain', async () => {
    const [own, other] = [inTenant(web.db, tenants.own), inTenant(web.db, tenants.other)];
    const [site] = await other.sites.list();
    for (const reference of [site?.id, site?.siteKey, site?.domain])
      expect(await own.sites.find(reference ?? '')).toBeNull();
    expect(await own.goals.list(sites.other)).toEqual([]);
    const [goal] = await other.goals.list(sites.other);
    expect(await own.goals.remove(goal?.id ?? '', 'x')).toBe(false);
    const [key] = await other.apiKeys.list();
    expect(await own.apiKeys.revoke(key?.id ?? '', 'x')).toBe(false);
    await expect(own.sites.update(sites.other, { currency: 'USD', actor: 'x' })).rejects.toMatchObject({
      code: 'unknown_site',
    });
  });
});

describe('roles', () => {
  test('the portal may not read salts, nor change what was audited or counted', async () => {
    const statements = [
      'SELECT * FROM salt',
      'DELETE FROM audit_entry',
      'UPDATE ledger_day SET count = 0',
      'UPDATE usage_month SET events = 0',
      'UPDATE usage_hour SET events = 0',
      'DELETE FROM plan',
      'TRUNCATE site',
      'CREATE TABLE public.t (n integer)',
    ];
    for (const statement of statements)
      await expect(tenantRows(web.pool, tenants.own).query(statement), statement).rejects.toThrow(
        /permission denied/,
      );
  });

  test('a collector sees the sites of all, and may change none', async () => {
    const { pool } = plane.as('collector');
    expect((await pool.query('SELECT 1 FROM site')).rowCount).toBe(2);
    await expect(pool.query('UPDATE site SET enabled = false')).rejects.toThrow(/permission denied/);
    await expect(pool.query('SELECT * FROM "user"')).rejects.toThrow(/permission denied/);
  });

  test.each(['collector', 'processor', 'aggregator', 'scheduler', 'admin'] as const)(
    'the %s serves all tenants',
    async (service) => {
      expect((await plane.as(service).pool.query('SELECT 1 FROM site')).rowCount).toBe(2);
    },
  );

  test('functions that look across tenants answer what they say, and are not for everybody', async () => {
    const { rows } = await web.pool.query('SELECT is_site($1, NULL) AS known, is_site($2, NULL) AS unknown', [
      sites.other,
      'site_none',
    ]);
    expect(rows).toEqual([{ known: true, unknown: false }]);
    const processor = plane.as('processor').pool;
    for (const call of [
      `memberships_of_user('x')`,
      `api_key_of_hash('x')`,
      `note_api_key_use('{}')`,
      `is_site('x', NULL)`,
    ])
      await expect(processor.query(`SELECT * FROM ${call}`), call).rejects.toThrow(/permission denied/);
  });
});

test('a tenant that is deleted leaves no row in any table that names it or its site', async () => {
  const ids = [tenants.own, sites.own];
  const { rows: tables } = await plane.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const naming = async (whose: readonly string[]) => {
    const found: string[] = [];
    for (const { name } of tables) {
      const { rowCount } = await plane.pool.query(
        `SELECT 1 FROM ${name} t WHERE EXISTS (SELECT FROM unnest($1::text[]) AS id WHERE strpos(t::text, id) > 0)`,
        [whose],
      );
      if (rowCount !== 0) found.push(name);
    }
    return found.sort();
  };
  const others = [tenants.other, sites.other];
  const [before, neighbours] = [await naming(ids), await naming(others)];
  expect(before.length).toBeGreaterThan(20);
  await plane.pool.query(`INSERT INTO mail (id, about_tenant, recipient, locale, template, subject)
    VALUES ('mail_x', '${tenants.own}', 'a@b.example', 'en', 'invitation', 'x')`);
  const { userId } = await plane.newTenant();
  await plane.pool.query(
    `INSERT INTO session (hash, user_id, expires_at, chosen_tenant) VALUES ('x', $1, now(), $2)`,
    [userId, tenants.own],
  );
  // As the chore does it, with its rights.
  const { pool } = plane.as('scheduler');
  for (const siteId of await sitesToDelete(pool, tenants.own)) {
    await beginSiteDeletion(pool, siteId);
    await finishSiteDeletion(pool, siteId);
  }
  for (const _ of [1, 2]) await deleteTenantRows(pool, tenants.own);
  expect(await naming(ids)).toEqual(['public.deleted_site', 'public.deleted_tenant']);
  expect(await naming(others)).toEqual(neighbours);
  // What is remembered is two ids and when.
  const { rows } = await plane.pool.query('SELECT * FROM deleted_tenant');
  expect(rows).toEqual([{ id: tenants.own, asked_at: null, deleted_at: expect.any(Date), sites: 1 }]);
});
