import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { ControlPlane as Connected } from '../prisma.ts';
import { inTenant } from '../tenant/scope.ts';
import { findMail, listMails } from './mails.ts';
import { findStaffSite, listDeletedSites, listStaffSites } from './sites.ts';
import { findTenant, listTenants } from './tenants.ts';
import { readSiteWork } from './work.ts';

const NOW = Date.parse('2026-11-03T10:00:00Z');

let plane: ControlPlane;
let operator: Connected;
const tenants: string[] = [];
let siteId: string;
beforeAll(async () => {
  plane = await freshControlPlane();
  operator = plane.as('operator');
  for (let n = 0; n < 3; n += 1) tenants.push((await plane.newTenant()).tenantId);
  const [first = ''] = tenants;
  siteId = (await inTenant(plane.db, first).sites.create({ domain: 'mugs.example', actor: 'cli' })).id;
  await plane.pool.query(
    `INSERT INTO usage_month VALUES ($1, '2026-11', 9, 7, 8), ($1, '2026-10', 5, 5, 5)`,
    [first],
  );
  await plane.pool.query(
    `INSERT INTO ledger_day VALUES ($1, '2026-11-03', 'stored', 5), ($1, '2026-10-01', 'stored', 9)`,
    [siteId],
  );
  const mail = `INSERT INTO mail (id, recipient, locale, template, subject, body, state, created_at)
    SELECT 'mail_' || n, 'a@shop.example', 'en', 'invitation', 'Come', 'sealed',
      CASE WHEN n = 1 THEN 'kept' ELSE 'queued' END, '2026-11-03T10:00:00Z'
    FROM generate_series(1, 120) AS n`;
  await plane.pool.query(mail);
});
afterAll(() => plane.drop());

/** What staff's role may read: whatever is not here, it may not. */
const READABLE = [
  'public.account_notice',
  'public.billing_account',
  'public.clock',
  'public.deferred_fold',
  'public.deleted_site',
  'public.flag_override',
  'public.ledger_day',
  'public.ledger_position',
  'public.plan',
  'public.plan_override',
  'public.plan_price',
  'public.platform_audit',
  'public.platform_setting',
  'public.proxy_finding',
  'public.report_limit',
  'public.retired_generation',
  'public.space_sample',
  'public.spool',
  'public.spool_backlog',
  'public.subscription',
  'public.tenant',
  'public.usage_hour',
  'public.usage_month',
  'staff.import',
  'staff.mail',
  'staff.member',
  'staff.rebuild',
  'staff.removal',
  'staff.site',
];

describe('the database role of the platform’s staff', () => {
  test('reads these tables and views, and no column of a secret', async () => {
    const { rows } = await operator.pool.query<{ name: string; columns: string }>(
      `SELECT n.nspname || '.' || c.relname AS name,
         (SELECT string_agg(a.attname, ' ') FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
         AND has_any_column_privilege(c.oid, 'SELECT') ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(READABLE);
    const columns = rows.map((row) => row.columns).join(' ');
    expect(columns).not.toMatch(/hash|secret|body|key|salt|token|blocked/);
  });

  test('writes settings, flags, plans, what tenants are given and the audit of the platform, and nowhere else', async () => {
    const { rows } = await operator.pool.query(
      `SELECT c.relname || ' ' || p.privilege AS may FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       CROSS JOIN unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS p(privilege)
       WHERE c.relkind IN ('r', 'v', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
         AND has_table_privilege(c.oid, p.privilege) ORDER BY 1`,
    );
    expect(rows.map(({ may }) => may)).toEqual([
      'billing_account INSERT',
      'billing_account UPDATE',
      'flag_override DELETE',
      'flag_override INSERT',
      'flag_override UPDATE',
      'plan DELETE',
      'plan INSERT',
      'plan UPDATE',
      'plan_override DELETE',
      'plan_override INSERT',
      'plan_override UPDATE',
      'plan_price DELETE',
      'plan_price INSERT',
      'plan_price UPDATE',
      'platform_audit INSERT',
      'platform_setting DELETE',
      'platform_setting INSERT',
      'platform_setting UPDATE',
    ]);
    for (const statement of [
      'DELETE FROM tenant',
      `UPDATE staff.member SET role = 'owner'`,
      'INSERT INTO staff.mail (id) VALUES (1)',
      'CREATE TABLE staff.more (n integer)',
    ])
      await expect(operator.pool.query(statement)).rejects.toThrow(/permission denied|cannot/);
  });

  test.each(['"user"', 'session', 'api_key', 'salt', 'visitor_key', 'user_token', 'totp', 'mail', 'site'])(
    'is refused %s',
    async (table) => {
      await expect(operator.pool.query(`SELECT 1 FROM ${table}`)).rejects.toThrow(/permission denied/);
    },
  );

  test('calls what opens kept mails, suspends tenants and gives them plans, and nothing else that has its owner’s rights', async () => {
    const { rows } = await operator.pool.query<{ name: string }>(
      `SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE p.prosecdef AND n.nspname IN ('public', 'staff') AND has_function_privilege(p.oid, 'EXECUTE')`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual([
      'staff.assign_plan(text,text)',
      'staff.kept_mail_body(text)',
      'staff.suspend_tenant(text,text)',
    ]);
  });

  test('the portal’s own role has no way to it', async () => {
    const web = plane.as('web');
    for (const name of ['member', 'site', 'mail'])
      await expect(web.pool.query(`SELECT 1 FROM staff.${name}`)).rejects.toThrow(/permission denied/);
  });
});

describe('the tenants', () => {
  const list = (search = '') => listTenants(operator.pool, { search, after: null, now: NOW });
  const found = async (search: string) => (await list(search)).rows.map(({ id }) => id);

  test('are all of the installation, latest first, with what they have and use', async () => {
    const { rows, next } = await list();
    expect(rows.map(({ id }) => id).sort()).toEqual([...tenants].sort());
    const times = rows.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(next).toBeNull();
    // Seven counted, and one that was taken and is on its way.
    expect(rows.find(({ id }) => id === tenants[0])).toMatchObject({ sites: 1, members: 1, events: 8 });
    expect(rows.find(({ id }) => id === tenants[1])).toMatchObject({ sites: 0, members: 1, events: 0 });
  });

  test.each([
    ['a name', 'SHOP 1', 0],
    ['an address', ' owner2@ ', 1],
    ['a domain', 'mugs.ex', 0],
  ])('are found by %s', async (_, search, index) => {
    expect(await found(search)).toEqual([tenants[index]]);
  });

  test.each(['%', '_____', "' OR true --", 'nobody', '\0', 'x'.repeat(5_000)])(
    'are not found by %j, in which no sign means others',
    async (search) => {
      const ids = await found(search);
      expect(ids).toEqual(search === '\0' ? ids : []);
    },
  );

  test('have details of their own and of no other', async () => {
    const details = await findTenant(operator.pool, tenants[0] ?? '', { from: '2026-10-21', now: NOW });
    expect(details).toMatchObject({
      sitesShown: [{ id: siteId, domain: 'mugs.example' }],
      membersShown: [{ email: 'owner1@shop.example', role: 'owner' }],
      months: [
        { month: '2026-11', events: 8 },
        { month: '2026-10', events: 5 },
      ],
      ledger: [{ day: '2026-11-03', outcome: 'stored', count: 5 }],
    });
    const other = await findTenant(operator.pool, tenants[1] ?? '', { from: '2026-10-21', now: NOW });
    expect(other).toMatchObject({ sitesShown: [], months: [], ledger: [], limit: null });
    expect(await findTenant(operator.pool, 'tenant_none', { from: '2026-10-21', now: NOW })).toBeNull();
  });
});

describe('the mails', () => {
  test('are shown in pages that leave none out, though all were written at once', async () => {
    const ids: string[] = [];
    for (let after = null as Awaited<ReturnType<typeof listMails>>['next']; ; ) {
      const { rows, next } = await listMails(operator.pool, { state: null, after });
      expect(rows.length).toBeLessThanOrEqual(50);
      ids.push(...rows.map(({ id }) => id));
      if (next === null) break;
      after = next;
    }
    expect(ids).toHaveLength(120);
    expect(new Set(ids).size).toBe(120);
    const kept = await listMails(operator.pool, { state: 'kept', after: null });
    expect(kept.rows.map(({ id }) => id)).toEqual(['mail_1']);
  });

  test('have a body where they are kept, and none where they are still to be sent', async () => {
    const kept = await findMail(operator.pool, 'mail_1');
    expect(Buffer.from(kept?.sealed ?? []).toString()).toBe('sealed');
    expect((await findMail(operator.pool, 'mail_2'))?.sealed).toBeNull();
    expect(await findMail(operator.pool, 'mail_none')).toBeNull();
  });
});

describe('the sites', () => {
  const NOTHING = { stored: 0, rejected: 0, limited: 0 };
  const list = async (search: string) =>
    (await listStaffSites(operator.pool, { search, after: null, from: '2026-11-01' })).rows;

  test.each([
    ['a domain', () => 'MUGS.ex'],
    ['an id', () => siteId],
    ['its tenant', () => tenants[0] ?? ''],
  ])('are found by %s, with what came to them in the last days', async (_, search) => {
    const day = `INSERT INTO ledger_day VALUES ($1, '2026-11-02', $2, $3) ON CONFLICT DO NOTHING`;
    await plane.pool.query(day, [siteId, 'rejected:rate_limited', 2]);
    await plane.pool.query(day, [siteId, 'rejected:too_old', 1]);
    const [site, ...others] = await list(search());
    expect(site).toMatchObject({ id: siteId, stored: 5, rejected: 3, limited: 2, lastDay: '2026-11-03' });
    expect(others).toEqual([]);
    expect(await findStaffSite(operator.pool, siteId, '2026-12-01')).toMatchObject(NOTHING);
  });

  test.each(['%', "' OR true --", '_____'])(
    'are not found by %j, in which no sign means others',
    async (search) => {
      expect(await list(search)).toEqual([]);
      expect(await findStaffSite(operator.pool, search, '2026-11-01')).toBeNull();
    },
  );

  test('that are gone are listed, those that are going by their domain', async () => {
    const gone = `INSERT INTO deleted_site (id, owner, domain, deleted_at) VALUES ($1, 'tenant_x', $2, $3)`;
    await plane.pool.query(gone, ['site_gone', null, '2026-10-01']);
    await plane.pool.query(gone, ['site_going', 'old.example', '2026-11-01']);
    const rows = await listDeletedSites(operator.pool, 10);
    expect(rows.map(({ id, domain }) => [id, domain])).toEqual([
      ['site_going', 'old.example'],
      ['site_gone', null],
    ]);
  });
});

test('what is done in the background about sites is told, without whom it is about', async () => {
  const removal = `INSERT INTO event_removal (id, site_id, received_from, received_to, sender, state, requested_by, next_from, first_at, last_at)
    VALUES ('removal_1', $1, now(), now(), '192.0.2.1', 'removing', 'cli', 150, 100, 200)`;
  await plane.pool.query(removal, [siteId]);
  await plane.pool.query(
    `INSERT INTO event_import (id, site_id, formats, senders, events) VALUES ('i', $1, '{csv}', '{}', 7)`,
    [siteId],
  );
  await plane.pool.query('INSERT INTO retired_generation VALUES ($1, 1)', [siteId]);
  await plane.pool.query(
    `UPDATE site SET next_generation = 2, next_timezone = 'Europe/Berlin' WHERE id = $1`,
    [siteId],
  );
  const work = await readSiteWork(operator.pool);
  expect(work).toMatchObject({
    removals: [{ id: 'removal_1', domain: 'mugs.example', state: 'removing', progress: 0.5, removed: 0 }],
    imports: [{ id: 'i', source: 'csv', events: 7, endedAt: null }],
    rebuilds: [{ siteId, nextTimezone: 'Europe/Berlin' }],
    retired: 1,
  });
  expect(JSON.stringify(work)).not.toContain('192.0.2.1');
});
