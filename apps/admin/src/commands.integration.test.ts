import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@footfall/config/config';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { readRates } from '@footfall/db/count/exchange-rate';
import { PlanDirectory } from '@footfall/db/directory/plan-directory';
import { pendingGenerations, publishGeneration } from '@footfall/db/tenant/generation';
import { goalsOfSite } from '@footfall/db/tenant/goal';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from './commands.ts';
import { buildGrammar, checkOptions, parseArguments } from './options.ts';

let database: TestDatabase;
let pool: Pool;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
  pool = connectPool(database.url, { name: 'test' });
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-admin-'));
});
afterAll(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** The JSON that a command line answers. */
async function admin(...args: string[]): Promise<Record<string, unknown>> {
  const { command: name = '', given } = parseArguments(args, buildGrammar(COMMANDS, args));
  const command = COMMANDS[name];
  if (command === undefined) throw new Error(`there is no command ${name}`);
  const config = readConfig({
    DATABASE_URL: database.url,
    FOOTFALL_DATA_DIR: folder,
    DIRECTORY_TTL_SECONDS: '1',
  });
  return (await command.run(checkOptions(name, command.options, given), config, given)).json;
}

test('an option has a value in every command or in none, but for the word that says: do it', () => {
  const rows = Object.values(COMMANDS).flatMap(({ options }) => Object.entries(options));
  const kinds = Map.groupBy(rows, ([name]) => name);
  const mixed = [...kinds].filter(([, same]) => new Set(same.map(([, { flag }]) => flag)).size > 1);
  expect(mixed.map(([name]) => name)).toEqual(['confirm']);
});

let shops = 0;
async function newSite(domain?: string): Promise<{ siteId: string; siteKey: string; domain: string }> {
  shops += 1;
  const email = `owner${shops}@shop.example`;
  const own = domain ?? `shop${shops}.example`;
  const made = await admin(
    'create-tenant',
    '--name',
    'Shop',
    '--email',
    email,
    '--password',
    'correct horse',
  );
  const site = await admin('create-site', '--tenant', String(made.tenant_id), '--domain', own);
  return { siteId: String(site.site_id), siteKey: String(site.site_key), domain: own };
}

describe('create-goal', () => {
  test('names an event, a page or an event with properties, of a site by id, key or domain', async () => {
    const { siteId, siteKey, domain } = await newSite();
    const goal = (site: string, ...rest: string[]) => admin('create-goal', '--site', site, ...rest);
    const event = await goal(
      siteId,
      '--name',
      'A',
      '--event',
      'Signup',
      '--prop',
      'plan=pro',
      '--prop',
      'x==',
    );
    const page = await goal(siteKey, '--name', 'B', '--page', '/thanks/*');
    const third = await goal(domain, '--name', 'C', '--event', 'Signup');
    expect(await goalsOfSite(pool, siteId)).toEqual([
      { id: event.goal_id, siteId, name: 'A', event: 'Signup', page: null, props: { plan: 'pro', x: '=' } },
      { id: page.goal_id, siteId, name: 'B', event: null, page: '/thanks/*', props: {} },
      { id: third.goal_id, siteId, name: 'C', event: 'Signup', page: null, props: {} },
    ]);
  });

  test.each([
    [['--name', 'A'], 'invalid_goal'],
    [['--name', 'A', '--event', 'B', '--page', '/b'], 'invalid_goal'],
    [['--name', 'A', '--page', 'b'], 'invalid_goal'],
    [['--name', 'A', '--event', 'B', '--prop', 'plan'], 'invalid_option'],
    [['--name', 'A', '--name', 'B', '--event', 'B'], 'repeated_option'],
  ])('with %j is refused: %s', async (options, code) => {
    const { siteId } = await newSite();
    await expect(admin('create-goal', '--site', siteId, ...options)).rejects.toMatchObject({ code });
    expect(await goalsOfSite(pool, siteId)).toEqual([]);
  });

  test('of a site that is nobody’s, or of several of one domain, is refused', async () => {
    const { domain } = await newSite();
    await newSite(domain);
    const goal = (site: string) => admin('create-goal', '--site', site, '--name', 'A', '--event', 'B');
    await expect(goal('nowhere.example')).rejects.toMatchObject({ code: 'unknown_site' });
    await expect(goal(domain)).rejects.toMatchObject({ code: 'ambiguous_site' });
  });
});

describe('set-rates', () => {
  const read = (day: string) => readRates(pool, { currencies: ['USD', 'GBP'], from: day, to: day });

  test('sets those of a day', async () => {
    expect(await admin('set-rates', '--day', '2026-01-05', '--rates', 'USD=1.0876, GBP=0.8547')).toEqual({
      day: '2026-01-05',
      currencies: 2,
    });
    expect([...(await read('2026-01-05')).values()]).toEqual(['1.0876', '0.8547']);
  });

  test('sets those of a file, or none when a line is wrong', async () => {
    const file = path.join(folder, 'rates.csv');
    await writeFile(file, 'day,currency,rate\n2026-02-02,USD,1.1\n2026-02-02,GBP,0.9\n2026-02-03,USD,1.2\n');
    expect(await admin('set-rates', '--file', file)).toEqual({ days: 2, rates: 3 });
    expect([...(await read('2026-02-03')).values()]).toEqual(['1.2', '0.9']);
    await writeFile(file, '2026-03-03,USD,1.1\n2026-03-03,GBP,free\n');
    await expect(admin('set-rates', '--file', file)).rejects.toMatchObject({ code: 'invalid_file' });
    expect(await read('2026-03-03')).toEqual(new Map());
    await expect(admin('set-rates', '--file', `${file}.not`)).rejects.toThrow(/no such file/);
  });

  test.each([
    [[], 'missing_option'],
    [['--day', '2026-01-05'], 'missing_option'],
    [['--rates', 'USD=1'], 'missing_option'],
    [['--day', '2026-01-05', '--rates', 'USD=1', '--file', 'x'], 'missing_option'],
    [['--day', '2026-01-05', '--rates', 'USD'], 'invalid_option'],
    [['--day', '5 January', '--rates', 'USD=1'], 'invalid_rate'],
    [['--day', '2026-01-05', '--rates', 'USD=0'], 'invalid_rate'],
  ])('with %j is refused: %s', async (options, code) => {
    await expect(admin('set-rates', ...options)).rejects.toMatchObject({ code });
  });
});

describe('update-site', () => {
  test('changes the currency at once, and the time zone when history is counted anew', async () => {
    const { siteId: site_id, domain } = await newSite();
    const [timezone, pending_timezone] = ['Etc/UTC', 'Asia/Tokyo'];
    expect(await admin('update-site', '--site', domain, '--currency', 'usd')).toEqual({
      site_id,
      timezone,
      currency: 'USD',
      pending_timezone: null,
      enabled: true,
    });
    expect(await admin('update-site', '--site', site_id, '--timezone', 'Asia/Tokyo')).toEqual({
      site_id,
      timezone,
      currency: 'USD',
      pending_timezone,
      enabled: true,
    });
  });

  test('switches a site off and on again, and says what else it is asked', async () => {
    const { siteId } = await newSite();
    const update = (...rest: string[]) => admin('update-site', '--site', siteId, ...rest);
    expect(await update('--enabled', 'false')).toMatchObject({ enabled: false });
    expect(await update('--currency', 'USD')).toMatchObject({ enabled: false });
    expect(await update('--enabled', 'true')).toMatchObject({ enabled: true });
    await expect(update('--enabled', 'no')).rejects.toMatchObject({ code: 'invalid_option' });
  });
});

describe('what is counted of a site', () => {
  test('lists replace what there was, none empties one, what is not said stays', async () => {
    const { siteId } = await newSite();
    const update = (...rest: string[]) => admin('update-site', '--site', siteId, ...rest);
    expect(
      await update(
        '--block-ip',
        '192.0.2.9',
        '--block-ip',
        '192.0.2.0/24',
        '--allow-origin',
        'https://shop.example/',
      ),
    ).toMatchObject({ blocked_ips: '192.0.2.0/24, 192.0.2.9', allowed_origins: 'https://shop.example' });
    expect(await update('--block-ip', 'none', '--block-page', '/account/**')).toMatchObject({
      blocked_ips: null,
      blocked_pages: '/account/**',
    });
    const { rows } = await pool.query('SELECT allowed_origins, blocked_ips FROM site WHERE id = $1', [
      siteId,
    ]);
    expect(rows).toEqual([{ allowed_origins: ['https://shop.example'], blocked_ips: [] }]);
    await expect(update('--block-country', 'Germany')).rejects.toThrow(/"Germany" is not a country code/);
  });
});

describe('plans', () => {
  test('limits are set, changed and taken away; tenants are put on a plan', async () => {
    const set = (...rest: string[]) => admin('set-plan', '--name', 'small', ...rest);
    const none = { plan: 'small', events_per_month: null, events_per_second: null, queries_per_hour: null };
    expect(await set('--events-per-month', '5000000000', '--events-per-second', '50')).toEqual({
      ...none,
      events_per_month: 5_000_000_000,
      events_per_second: 50,
    });
    expect(await set('--events-per-second', 'none', '--queries-per-hour', '60')).toEqual({
      ...none,
      events_per_month: 5_000_000_000,
      queries_per_hour: 60,
    });
    await expect(set('--events-per-month', 'many')).rejects.toThrow(
      /--events-per-month must be a whole number/,
    );
    const { siteId } = await newSite();
    const { rows } = await pool.query<{ tenant: string }>(
      'SELECT tenant_id AS tenant FROM site WHERE id = $1',
      [siteId],
    );
    const tenant = rows[0]?.tenant ?? '';
    expect(await admin('assign-plan', '--tenant', tenant, '--plan', 'small')).toEqual({
      tenant_id: tenant,
      plan: 'small',
    });
    expect(await new PlanDirectory(pool).findAllowance(tenant)).toMatchObject({
      eventsPerMonth: 5_000_000_000,
    });
    await expect(admin('assign-plan', '--tenant', tenant, '--plan', 'none')).rejects.toThrow(
      /no plan "none"/,
    );
    await expect(admin('assign-plan', '--tenant', 'nobody', '--plan', 'small')).rejects.toThrow(
      /no tenant nobody/,
    );
  });
});

test('a plan that is sold may be tried, in all its versions, or may not', async () => {
  await pool.query(
    `INSERT INTO plan (name, family, version, state, is_public) VALUES ('big-v1', 'big', 1, 'archived', true), ('big-v2', 'big', 2, 'published', true)`,
  );
  const tried = async () => (await pool.query('SELECT public.trial_plan() AS plan')).rows[0]?.plan;
  expect(await admin('mark-trial', '--plan', 'big-v1', '--trial', 'on')).toEqual({
    plan: 'big-v1',
    trial: 'on',
  });
  expect(await tried()).toBe('big-v2');
  await admin('mark-trial', '--plan', 'big-v2', '--trial', 'off');
  expect(await tried()).toBeNull();
  await expect(admin('mark-trial', '--plan', 'small', '--trial', 'on')).rejects.toThrow(/no plan/);
  await expect(admin('mark-trial', '--plan', 'big-v2', '--trial', 'yes')).rejects.toThrow(/on or off/);
});

describe('delete-visitor', () => {
  /** The `touched` records of the log that were appended since it was asked last. */
  async function touched(): Promise<unknown[]> {
    const log = openEventLog(database.url, { name: 'test' });
    const records: unknown[] = [];
    const consumer = await log.consume({
      group: 'test',
      topics: ['touched'],
      maxRecords: 100,
      onBatch: async (batch) => void records.push(...batch.records.map(({ value }) => JSON.parse(value))),
      onError: (error) => records.push(error),
    });
    await expect
      .poll(async () => (await log.lag('test', ['touched'])).every((one) => one.committed === one.end))
      .toBe(true);
    await consumer.stop();
    await log.close();
    return records;
  }

  test('deletes that visitor on that local day, and has the day folded again, also when it is done twice', async () => {
    const { siteId, siteKey } = await newSite();
    await pool.query(`UPDATE site SET timezone = 'Asia/Tokyo' WHERE id = $1`, [siteId]);
    const store = openEventStore(database.url, { name: 'test' });
    const event = (id: string, visitor: string, at: string) => ({
      event: storedEvent({ siteId, id, visitor, occurredAt: Date.parse(at) }),
      origin: `events/0/${id}/0`,
    });
    await store.put([
      event('before', 'v1', '2026-01-04T14:59:59.999Z'),
      event('first', 'v1', '2026-01-04T15:00:00Z'),
      event('last', 'v1', '2026-01-05T14:59:59.999Z'),
      event('after', 'v1', '2026-01-05T15:00:00Z'),
      event('other', 'v2', '2026-01-05T01:00:00Z'),
    ]);
    await touched();
    const deletion = ['delete-visitor', '--site', siteKey, '--visitor', 'v1', '--day', '2026-01-05'];
    const record = { siteId, day: '2026-01-05', zone: 'Asia/Tokyo', visitor: 'v1' };
    expect(await admin(...deletion)).toEqual({ deleted: 2 });
    expect(await touched()).toEqual([record]);
    expect(await admin(...deletion)).toEqual({ deleted: 0 });
    expect(await touched()).toEqual([record]);
    const kept: string[] = [];
    const span = { from: 0, to: Date.parse('2027-01-01') };
    for await (const events of store.scanSite(siteId, span)) kept.push(...events.map(({ raw }) => raw.id));
    expect(kept.sort()).toEqual(['after', 'before', 'other']);
    await store.close();
  });

  test('is told of in the audit, but not of whom', async () => {
    const { siteId } = await newSite();
    const deletion = await admin(
      'delete-visitor',
      '--site',
      siteId,
      '--visitor',
      'v1',
      '--day',
      '2026-01-05',
    );
    expect(deletion).toEqual({ deleted: 0 });
    const { rows } = await pool.query(
      `SELECT actor, subject FROM audit_entry WHERE action = 'visitor.delete' AND subject LIKE $1 || ' %'`,
      [siteId],
    );
    expect(rows).toEqual([{ actor: 'cli', subject: `${siteId} 2026-01-05` }]);
  });

  test('needs a day of the calendar', async () => {
    const { siteId } = await newSite();
    await expect(
      admin('delete-visitor', '--site', siteId, '--visitor', 'v1', '--day', 'today'),
    ).rejects.toMatchObject({ code: 'invalid_option' });
  });
});

describe('rebuild', () => {
  test('wants history folded anew, of one site or of all, once however often it is said', async () => {
    const [one, two] = [await newSite(), await newSite()];
    const pending = async () => (await pendingGenerations(pool)).map(({ siteId }) => siteId);
    const wanted = { sites: 1, state: 'wanted' };
    expect(await admin('rebuild', '--site', one.domain, '--no-wait')).toMatchObject(wanted);
    expect(await admin('rebuild', '--site', one.siteId, '--no-wait')).toMatchObject(wanted);
    expect(await pending()).toContain(one.siteId);
    expect(await pending()).not.toContain(two.siteId);
    expect(await admin('rebuild', '--all', '--no-wait')).toMatchObject({ state: 'wanted' });
    expect(await pending()).toEqual(expect.arrayContaining([one.siteId, two.siteId]));
  });

  test('waits until the last of what it wanted is in force', async () => {
    const { siteId } = await newSite();
    const rebuilt = admin('rebuild', '--site', siteId);
    await expect.poll(async () => publishGeneration(pool, siteId, 2)).toBe(true);
    expect(await rebuilt).toMatchObject({ sites: 1, state: 'rebuilt' });
  });

  test.each([[[]], [['--site', 'a.example', '--all']]])('%j is refused', async (args) => {
    await expect(admin('rebuild', ...args)).rejects.toThrow(/--site.* or --all/);
  });
});

test('cluster init prepares what a start prepares, too, and says what is missing before', async () => {
  const fresh = await freshDatabase();
  const own = readConfig({
    DATABASE_URL: database.url,
    FOOTFALL_DATA_DIR: folder,
    EVENT_STORE_URL: fresh.url,
  });
  const cluster = async (values: Record<string, string>) => COMMANDS['cluster init']?.run(values, own, {});
  const before = await cluster({ check: 'true' });
  expect(before).toMatchObject({ ok: false, json: { ready: false } });
  expect(before?.text).toMatch(/event_store .*\n {2}missing: migration eventstore\/0001/);
  const done = await cluster({});
  expect(done?.text).toMatch(/done: migration eventstore\/0001/);
  expect(await cluster({ check: 'true' })).toMatchObject({ ok: true, json: { ready: true } });
  expect((await cluster({}))?.text).not.toMatch(/done/);
  await fresh.drop();
});

describe('create-embed-key', () => {
  test('answers a key of one site, and its secret', async () => {
    const { siteId, domain } = await newSite();
    const origins = 'https://market.example, http://localhost:4000';
    const made = await admin('create-embed-key', '--site', domain, '--origins', origins);
    expect(made).toEqual({
      kid: expect.stringMatching(/^embed_\w+$/),
      secret: expect.stringMatching(/^ffe_[\w-]{43}$/),
    });
    const { rows } = await pool.query(
      'SELECT is_limited, site_ids, origins, reports FROM embed_key WHERE kid = $1',
      [made.kid],
    );
    expect(rows[0]).toEqual({
      is_limited: true,
      site_ids: [siteId],
      origins: ['https://market.example', 'http://localhost:4000'],
      reports: [],
    });
  });

  test.each([
    ['origins', 'https://*.market.example', [], 'invalid_origin'],
    ['reports', 'https://market.example', ['--reports', 'overview,weather'], 'unknown_report'],
  ])('refuses wrong %s', async (_, origins, more, code) => {
    const { siteId } = await newSite();
    await expect(
      admin('create-embed-key', '--site', siteId, '--origins', origins, ...more),
    ).rejects.toMatchObject({
      code,
    });
  });
});
