import { storedEvent } from '@footfall/core/stored-event.fixture';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { readOrCreateSalt } from '@footfall/db/directory/salt';
import type { DomainFindings, NamedDomain } from '@footfall/db/domain/check';
import { readDomainState, statementsOn } from '@footfall/db/domain/proof';
import { publishGeneration, retiredGenerations, wantRebuild } from '@footfall/db/tenant/generation';
import { inTenant } from '@footfall/db/tenant/scope';
import { findSignOnTenant } from '@footfall/db/tenant/sign-on';
import type { EventStore } from '@footfall/eventstore/event-store';
import { openEventStore, prepareEventStore } from '@footfall/eventstore/open';
import { openReportStore, prepareReportStore } from '@footfall/reportstore/open';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChorePorts } from './chore.ts';
import { CHORES } from './chores.ts';

const HOUR = 3_600_000;
const DAY = '2026-01-05';

let plane: ControlPlane;
let reports: ReportStore;
let store: EventStore;
let ports: ChorePorts;
/** What a domain says; a test says it. */
let lookAt: (site: NamedDomain) => Promise<DomainFindings | undefined> = async () => undefined;
/** The values of TXT records that are found; null: nobody can be asked. */
let records: string[] | null = null;
const NOBODY: DomainFindings = { dns: null, snippet: null };
beforeAll(async () => {
  plane = await freshControlPlane();
  await Promise.all([prepareReportStore(plane.url), prepareEventStore(plane.url)]);
  store = openEventStore(plane.url, { name: 'test' });
  reports = openReportStore(plane.url, { name: 'test', filesDir: '/nonexistent/facts' });
  ports = {
    pool: plane.pool,
    reports,
    store,
    heard: async () => undefined,
    checkDomain: async (site) => (await lookAt(site)) ?? NOBODY,
    checkRecord: async ({ value }) => (records === null ? null : records.includes(value)),
    auditRetentionDays: 730,
    mails: { secret: 'a-long-random-text-of-32-characters-or-more', webUrl: 'https://stats.example' },
    billing: null,
  };
});
afterAll(async () => {
  await Promise.all([reports.close(), store.close()]);
  await plane.drop();
});

const run = (name: string, now: number, signal = new AbortController().signal) =>
  CHORES.find((chore) => chore.name === name)?.run(ports, { now, signal }) ?? expect.fail(`no chore ${name}`);

const saltDays = async () =>
  (await plane.pool.query<{ day: string }>('SELECT day FROM salt ORDER BY day')).rows.map(({ day }) => day);

test('salts are destroyed 50 hours after their day ended everywhere, and no others', async () => {
  for (const day of ['2026-01-04', DAY, '2026-01-06']) await readOrCreateSalt(plane.pool, day);
  // In UTC-12 the 5th ends at noon of the 6th.
  const ended = Date.parse('2026-01-06T12:00:00Z');
  await run('destroy-salts', ended + 50 * HOUR - 1);
  expect(await saltDays()).toEqual([DAY, '2026-01-06']);
  for (const again of [1, 2]) {
    await run('destroy-salts', ended + 50 * HOUR + again);
    expect(await saltDays()).toEqual(['2026-01-06']);
  }
});

/** A site whose first generation, with an open day, was left at this moment. */
async function siteWithRetired(domain: string): Promise<string> {
  const { tenantId } = await plane.newTenant();
  const { id } = await inTenant(plane.db, tenantId).sites.create({ domain, actor: 'test' });
  for (const generation of [1, 2])
    await reports.touchDays([{ siteId: id, generation, day: DAY, receivedAt: Date.now() }]);
  await wantRebuild(plane.pool, id);
  expect(await publishGeneration(plane.pool, id, 2)).toBe(true);
  return id;
}

const readDays = (siteId: string, generation: number) =>
  reports.read((reader) => reader.dayStates(siteId, generation, null, null));
const retired = () => retiredGenerations(plane.pool, Date.now() + HOUR, 100);

test('what reports have left is deleted an hour later, not before, and what they read stays', async () => {
  const siteId = await siteWithRetired('kiln.example');
  await run('delete-retired-generations', Date.now() + HOUR - 60_000);
  expect(await readDays(siteId, 1)).toHaveLength(1);
  for (const again of [1, 2]) {
    await run('delete-retired-generations', Date.now() + HOUR + again * 60_000);
    expect(await readDays(siteId, 1)).toEqual([]);
    expect(await readDays(siteId, 2)).toHaveLength(1);
    expect(await retired()).toEqual([]);
  }
});

test('one that was interrupted between the facts and the note is done by the next run', async () => {
  const siteId = await siteWithRetired('clay.example');
  await reports.deleteGeneration(siteId, 1);
  await run('delete-retired-generations', Date.now() + HOUR + 60_000);
  expect(await retired()).toEqual([]);
});

test('a run that is told to end leaves the rest to the next one', async () => {
  const siteId = await siteWithRetired('glaze.example');
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(run('delete-retired-generations', Date.now() + HOUR + 60_000, stopped)).rejects.toThrow(
    'stopped',
  );
  expect(await readDays(siteId, 1)).toHaveLength(1);
  await run('delete-retired-generations', Date.now() + HOUR + 60_000);
  expect(await retired()).toEqual([]);
});

test('the report store is swept from a machine that has none of its files', async () => {
  await expect(run('sweep-report-store', Date.now())).resolves.toBeUndefined();
});

test('what a site has kept long enough is deleted, month by month, everywhere; another keeps it by its own retention', async () => {
  const now = Date.parse('2026-06-20T12:00:00Z');
  const [short, long, chosen] = await Promise.all(
    [
      [40, null],
      [3_650, null],
      [3_650, 1],
    ].map(async ([days, months], n) => {
      const { tenantId } = await plane.newTenant();
      const { id } = await inTenant(plane.db, tenantId).sites.create({
        domain: `keeps${n}.example`,
        actor: 'cli',
      });
      const kept = 'UPDATE site SET retention_days = $2, retention_months = $3 WHERE id = $1';
      await plane.pool.query(kept, [id, days, months]);
      return id;
    }),
  );
  const days = ['2025-12-31', '2026-04-30', '2026-05-01', '2026-06-01'];
  for (const siteId of [short, long, chosen] as string[]) {
    const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
    const events = days.map((day) => storedEvent({ id: day, siteId, visitor: 'v', occurredAt: at(day) }));
    await store.put(events.map((event) => ({ event, origin: `events/0/${event.raw.id}/0` })));
    await reports.touchDays(days.map((day) => ({ siteId, generation: 1, day, receivedAt: at(day) })));
    for (const day of days)
      await plane.pool.query(`INSERT INTO ledger_day VALUES ($1, $2, 'stored', 1)`, [siteId, day]);
  }
  const kept = async (siteId: string | undefined) => ({
    reports: (await readDays(String(siteId), 1)).map(({ day }) => day),
    events: new Date((await store.span(String(siteId)))?.from ?? 0).toISOString().slice(0, 10),
    ledger: (await plane.pool.query('SELECT 1 FROM ledger_day WHERE site_id = $1', [siteId])).rowCount,
  });
  for (const _ of [1, 2]) {
    await run('delete-expired', now);
    // Forty days before are in May: all of May stays. Of events a day more, since days begin early in the east.
    expect(await kept(short)).toEqual({ reports: days.slice(2), events: '2026-04-30', ledger: 2 });
    // A month that its owners have chosen is what the calendar calls one.
    expect(await kept(chosen)).toEqual({ reports: days.slice(2), events: '2026-04-30', ledger: 2 });
    expect(await kept(long)).toEqual({ reports: days, events: '2025-12-31', ledger: 4 });
  }
});

test('the scheduler may delete what has expired with its own role', async () => {
  const scheduler = plane.as('scheduler').pool;
  await expect(run('delete-expired', Date.parse('2026-06-20T12:00:00Z'))).resolves.toBeUndefined();
  for (const table of ['ledger_day', 'import', 'imported_total', 'site'])
    await expect(scheduler.query(`SELECT 1 FROM ${table} LIMIT 1`)).resolves.toBeDefined();
});

test('domains that several tenants have named are looked at, each every six hours, and others are not', async () => {
  const tenants = [await plane.newTenant(), await plane.newTenant()];
  const [shop, stranger] = await Promise.all(
    tenants.map(({ tenantId }) =>
      inTenant(plane.db, tenantId).sites.create({ domain: 'named.example', actor: 'cli' }),
    ),
  );
  await inTenant(plane.db, tenants[0]?.tenantId ?? '').sites.create({
    domain: 'alone.example',
    actor: 'cli',
  });
  const looked: string[] = [];
  lookAt = async ({ domain, siteKey }) => {
    looked.push(siteKey);
    expect(domain).toBe('named.example');
    return { dns: siteKey === shop?.siteKey, snippet: null };
  };
  for (const again of [1, 2]) {
    await run('check-domains', Date.now());
    expect([looked.toSorted(), again]).toEqual([[shop?.siteKey, stranger?.siteKey].toSorted(), again]);
  }
  const standing = async (site: typeof shop, tenant: number) => {
    const scope = inTenant(plane.db, tenants[tenant]?.tenantId ?? '');
    return (await scope.sites.domain(site?.id ?? '')).standing;
  };
  expect([await standing(shop, 0), await standing(stranger, 1)]).toEqual(['owner', 'other']);
  expect((await readDomainState(statementsOn(plane.pool), shop?.id ?? '')).proofs).toMatchObject([
    { kind: 'dns' },
  ]);
});

test('a domain that teams sign in with is the first’s that proves it, until its record has been gone for a week', async () => {
  const [first, second] = [await plane.newTenant(), await plane.newTenant()];
  const domain = 'signs-in.example';
  const scopes = [first, second].map(({ tenantId }) => inTenant(plane.db, tenantId));
  for (const scope of scopes) await scope.signOn.addDomain(domain, 'cli');
  const recordFor = async (at: number) => {
    const [state] = (await scopes[at]?.signOn.listDomains()) ?? [];
    return `footfall-sign-on=${state?.token}`;
  };
  const standings = async () =>
    Promise.all(scopes.map(async ({ signOn }) => (await signOn.listDomains())[0]?.standing));
  const values = [await recordFor(0), await recordFor(1)];
  /** Runs the chore as if all had been looked at long ago; twice, which changes nothing. */
  const look = async (found: string[] | null) => {
    records = found;
    for (const _ of [1, 2]) {
      await plane.pool.query('UPDATE sign_on_domain SET checked_at = NULL');
      await run('check-sign-on-domains', Date.now());
    }
    return standings();
  };
  expect(await look([])).toEqual(['waiting', 'waiting']);
  expect(await look([values[0] ?? ''])).toEqual(['own', 'other']);
  expect(await look(values)).toEqual(['own', 'other']);
  expect(await look([values[1] ?? ''])).toEqual(['own', 'other']);
  await plane.pool.query(`UPDATE sign_on_domain SET failing_since = failing_since - interval '8 days'`);
  expect(await look(null)).toEqual(['own', 'other']);
  expect(await look([values[1] ?? ''])).toEqual(['other', 'own']);
  expect(await findSignOnTenant(plane.db, domain)).toBe(second.tenantId);
  records = null;
});

test('entries of the audit end after as many days as the operator says, those of all tenants, and 0 keeps them', async () => {
  const now = Date.parse('2026-01-06T02:00:00Z');
  const { rows: tenants } = await plane.pool.query<{ id: string }>(
    'SELECT id FROM tenant ORDER BY id LIMIT 2',
  );
  const days = [729, 730, 731, 4_000];
  for (const { id } of tenants)
    for (const age of days)
      await plane.pool.query(
        `INSERT INTO audit_entry (id, tenant_id, actor, action, subject, created_at) VALUES ($1, $2, 'test', 'test.end', $3, to_timestamp($4 / 1000.0))`,
        [`audit_${id}_${age}`, id, String(age), now - age * 24 * HOUR],
      );
  const left = async () =>
    (
      await plane.pool.query<{ subject: string }>(
        "SELECT DISTINCT subject FROM audit_entry WHERE action = 'test.end' ORDER BY 1",
      )
    ).rows.map(({ subject }) => subject);
  await CHORES.find(({ name }) => name === 'delete-audit')?.run(
    { ...ports, auditRetentionDays: 0 },
    { now, signal: new AbortController().signal },
  );
  expect(await left()).toEqual(['4000', '729', '730', '731']);
  for (const _ of [1, 2]) {
    await run('delete-audit', now);
    expect(await left()).toEqual(['729', '730']);
  }
});

test('links of mails, invitations and answered challenges are deleted when their time is up, and no others', async () => {
  const { tenantId, userId } = await plane.newTenant();
  const now = Date.now();
  for (const [name, expiresAt] of [
    ['old', new Date(now - 1_000)],
    ['new', new Date(now + HOUR)],
  ] as const) {
    const hash = Buffer.from(name);
    const email = `${name}@kiln.example`;
    await plane.db.userToken.create({ data: { hash, userId, purpose: 'verify_email', email, expiresAt } });
    const invited = {
      id: name,
      tenantId,
      hash,
      email,
      role: 'viewer',
      invitedBy: userId,
      expiresAt,
    } as const;
    await plane.db.invitation.create({ data: invited });
    await plane.db.usedChallenge.create({ data: { hash, expiresAt } });
  }
  await run('delete-tokens', now);
  expect(await plane.db.usedChallenge.count()).toBe(1);
  const left = [await plane.db.userToken.findMany(), await plane.db.invitation.findMany()];
  expect(left.map((rows) => rows.map(({ email }) => email))).toEqual([
    ['new@kiln.example'],
    ['new@kiln.example'],
  ]);
});

test('mails of more than 30 days ago are deleted, and none that waits', async () => {
  const mail = (id: string, state: string, days: number) => ({
    id,
    state,
    recipient: 'ann@kiln.example',
    locale: 'en',
    template: 'verify_email',
    subject: id,
    createdAt: new Date(Date.now() - days * 24 * HOUR),
  });
  await plane.db.mail.createMany({
    data: [
      mail('sent', 'sent', 31),
      mail('kept', 'kept', 31),
      mail('fresh', 'sent', 29),
      mail('waits', 'queued', 31),
    ],
  });
  await run('delete-mails', Date.now());
  const left = await plane.db.mail.findMany({ orderBy: { id: 'asc' } });
  expect(left.map(({ id }) => id)).toEqual(['fresh', 'waits']);
});
