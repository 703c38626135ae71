import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ADD, ALL, type Grants, READ } from './grants.ts';
import { migrateDatabase } from './migrate.ts';
import { connectPool, type Pool } from './pool.ts';
import { giveLogins } from './service-login.ts';
import { reachableRoles, roleName, SERVICES, type ServiceName } from './service-role.ts';

let database: TestDatabase;
let superuser: Pool;
let folder: string;
const opened: Pool[] = [];

beforeEach(async () => {
  database = await freshDatabase();
  superuser = open(database.url);
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-grants-'));
  await mkdir(path.join(folder, '0001_t'));
  await writeFile(
    path.join(folder, '0001_t/migration.sql'),
    `CREATE SCHEMA s; CREATE TABLE s.t (tenant text); INSERT INTO s.t VALUES ('a'), ('b');
     ALTER TABLE s.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON s.t USING (tenant = current_setting('x.tenant', true));
     CREATE FUNCTION s.f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION s.f() FROM PUBLIC;`,
  );
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pool) => pool.end()));
  await database.drop();
  await rm(folder, { recursive: true });
});

function open(url: string, role?: ServiceName): Pool {
  const pool = connectPool(url, { name: 'test', max: 1, role });
  opened.push(pool);
  return pool;
}

const GRANTS: Grants = {
  tables: { 's.t': { web: READ, collector: ADD, admin: ALL } },
  functions: { 's.f()': ['web'] },
  everyTenant: ['collector', 'admin'],
};

const prepare = (url: string, grants = GRANTS) =>
  migrateDatabase(url, { owner: 'shop', folder: pathToFileURL(`${folder}/`), grants });

async function valueFrom(pool: Pool, expression: string): Promise<unknown> {
  return (await pool.query<{ value: unknown }>(`SELECT ${expression} AS value`)).rows[0]?.value;
}

/** A login that owns the database, as an operator makes one; with what it may besides. */
async function ownerLogin(options = ''): Promise<string> {
  const name = `owner_${randomBytes(4).toString('hex')}`;
  await superuser.query(`CREATE ROLE ${name} LOGIN PASSWORD 'x' ${options}`);
  const url = new URL(database.url);
  await superuser.query(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${name}`);
  [url.username, url.password] = [name, 'x'];
  return url.href;
}

describe('roles of services', () => {
  test('are made once, with what each may and nothing else', async () => {
    const done = await prepare(database.url);
    expect(done.filter((line) => line.startsWith('role '))).toHaveLength(SERVICES.length);
    expect(await prepare(database.url)).toEqual([]);
    const [web, collector, processor] = [
      open(database.url, 'web'),
      open(database.url, 'collector'),
      open(database.url, 'processor'),
    ];
    expect((await web.query('SELECT s.f() AS f')).rows).toEqual([{ f: 1 }]);
    await expect(web.query(`INSERT INTO s.t VALUES ('c')`)).rejects.toThrow(/permission denied/);
    await collector.query(`INSERT INTO s.t VALUES ('c')`);
    await expect(collector.query('SELECT s.f()')).rejects.toThrow(/permission denied/);
    await expect(processor.query('SELECT 1 FROM s.t')).rejects.toThrow(/permission denied/);
  });

  test('are made once, also by several who start at the same time', async () => {
    const done = await Promise.all([1, 2, 3, 4].map(() => prepare(database.url)));
    expect(done.flat().filter((line) => line.startsWith('role '))).toHaveLength(SERVICES.length);
  });

  test('see the rows of every tenant where the table of grants says so, else those of the named one', async () => {
    await prepare(database.url);
    expect(await valueFrom(open(database.url, 'collector'), '(SELECT count(*)::int FROM s.t)')).toBe(2);
    const web = open(database.url, 'web');
    expect(await valueFrom(web, '(SELECT count(*)::int FROM s.t)')).toBe(0);
    await web.query(`SET x.tenant = 'a'`);
    expect((await web.query('SELECT tenant FROM s.t')).rows).toEqual([{ tenant: 'a' }]);
  });

  test('lose what the table of grants no longer has', async () => {
    await prepare(database.url);
    const less: Grants = { tables: { 's.t': { web: READ, admin: READ } }, everyTenant: ['web'] };
    await prepare(database.url, less);
    expect(await valueFrom(open(database.url, 'web'), '(SELECT count(*)::int FROM s.t)')).toBe(2);
    await expect(open(database.url, 'admin').query('DELETE FROM s.t')).rejects.toThrow(/permission denied/);
    await expect(open(database.url, 'collector').query('SELECT 1 FROM s.t')).rejects.toThrow(
      /permission denied/,
    );
  });

  test('of one database open nothing in another on the same server', async () => {
    const other = await freshDatabase();
    await prepare(database.url);
    await prepare(other.url);
    const name = roleName(new URL(database.url).pathname.slice(1), 'web');
    const there = open(other.url);
    await there.query(`SET ROLE ${name}`);
    await expect(there.query('SELECT 1 FROM s.t')).rejects.toThrow(/permission denied/);
    await there.end();
    opened.splice(opened.indexOf(there), 1);
    await other.drop();
  });
});

describe('a login that is not a superuser', () => {
  test('makes and takes them where it may create roles', async () => {
    const url = await ownerLogin('CREATEROLE');
    await prepare(url);
    expect(await reachableRoles(open(url))).toEqual([...SERVICES]);
    expect(await valueFrom(open(url, 'web'), 'current_user')).toBe(
      roleName(new URL(url).pathname.slice(1), 'web'),
    );
    // The owner itself sees all, as a dump must.
    expect(await valueFrom(open(url), '(SELECT count(*)::int FROM s.t)')).toBe(2);
  });

  test('goes on without them where it may not, and says so', async () => {
    const url = await ownerLogin();
    expect(await prepare(url)).toEqual(['migration shop/0001_t']);
    expect(await reachableRoles(open(url))).toEqual([]);
    const web = open(url, 'web');
    expect(await valueFrom(web, 'current_user')).toBe(new URL(url).username);
    expect(await valueFrom(web, '(SELECT count(*)::int FROM s.t)')).toBe(2);
  });

  test('uses those that a superuser has made for it later', async () => {
    const url = await ownerLogin();
    await prepare(url);
    const [name, login] = [new URL(url).pathname.slice(1), new URL(url).username];
    for (const service of SERVICES) {
      await superuser.query(`CREATE ROLE ${roleName(name, service)}`);
      await superuser.query(`GRANT ${roleName(name, service)} TO ${login} WITH INHERIT FALSE, SET TRUE`);
    }
    await prepare(url);
    expect(await reachableRoles(open(url))).toEqual([...SERVICES]);
    expect(await valueFrom(open(url, 'web'), '(SELECT count(*)::int FROM s.t)')).toBe(0);
  });

  test('does not stumble over roles that are there and that it may not take', async () => {
    const url = await ownerLogin();
    await superuser.query(`CREATE ROLE ${roleName(new URL(url).pathname.slice(1), 'web')}`);
    await prepare(url);
    expect(await valueFrom(open(url, 'web'), 'current_user')).toBe(new URL(url).username);
  });
});

describe('logins of services', () => {
  test('are their roles from the first statement to the last: there is no way back to an owner', async () => {
    await prepare(database.url);
    const urls = await giveLogins(database.url, new Map([['web', 'p@ss/word']]));
    const web = open(urls.get('web') ?? '', 'web');
    await web.query('RESET ROLE');
    expect(await valueFrom(web, 'session_user = current_user')).toBe(true);
    expect(await valueFrom(web, `(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)`)).toBe(false);
    await expect(web.query(`SET ROLE ${new URL(database.url).username}`)).rejects.toThrow(
      /permission denied/,
    );
  });

  test('have the password that was given last', async () => {
    await prepare(database.url);
    const before = (await giveLogins(database.url, new Map([['web', 'one']]))).get('web') ?? '';
    await giveLogins(database.url, new Map([['web', 'two']]));
    await expect(open(before).query('SELECT 1')).rejects.toThrow(/password authentication failed/);
  });
});

test('a name of a database too long for its roles is cut, and the role is found all the same', async () => {
  const name = 'x'.repeat(63);
  await superuser.query(`CREATE DATABASE ${name}`);
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  await prepare(url.href);
  const web = open(url.href, 'web');
  expect(await valueFrom(web, 'current_user')).toBe(roleName(name, 'web'));
  await web.end();
  opened.splice(opened.indexOf(web), 1);
  await superuser.query(`DROP DATABASE ${name} WITH (FORCE)`);
});
