import pg from 'pg';
import type { PoolClient } from './pool.ts';
import { roleName, SERVICES, type ServiceName } from './service-role.ts';

export type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

export const READ: readonly Privilege[] = ['SELECT'];
/** Without reading: what a service hands on is not its to look through. */
export const HAND_ON: readonly Privilege[] = ['INSERT'];
export const ADD: readonly Privilege[] = ['SELECT', 'INSERT'];
export const KEEP: readonly Privilege[] = ['SELECT', 'INSERT', 'UPDATE'];
export const CHANGE: readonly Privilege[] = ['SELECT', 'UPDATE'];
export const REMOVE: readonly Privilege[] = ['SELECT', 'DELETE'];
export const ADD_AND_REMOVE: readonly Privilege[] = ['SELECT', 'INSERT', 'DELETE'];
export const ALL: readonly Privilege[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

/** What services may do with the tables of one owner. What is not named is not allowed. */
export type Grants = {
  /** By `schema.table`. */
  tables: Readonly<Record<string, Partial<Readonly<Record<ServiceName, readonly Privilege[]>>>>>;
  /** Who may call a function, by `schema.function(types)`. */
  functions?: Readonly<Record<string, readonly ServiceName[]>>;
  /** Who sees the rows of every tenant in tables with row-level security; everybody else sees those of the transaction's tenant. */
  everyTenant?: readonly ServiceName[];
};

const quoted = (name: string) => pg.escapeIdentifier(name);
const quotedPath = (path: string) => path.split('.').map(quoted).join('.');

type Client = Pick<PoolClient, 'query'>;
type Roles = ReadonlyMap<ServiceName, string>;

async function namesOfRoles(client: Client): Promise<Roles> {
  const { rows } = await client.query<{ database: string }>('SELECT current_database() AS database');
  const database = rows[0]?.database ?? '';
  return new Map(SERVICES.map((service) => [service, roleName(database, service)]));
}

async function existing(client: Client, roles: Roles): Promise<Roles> {
  const { rows } = await client.query<{ rolname: string }>(
    'SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)',
    [[...roles.values()]],
  );
  const names = new Set(rows.map(({ rolname }) => rolname));
  return new Map([...roles].filter(([, name]) => names.has(name)));
}

const LOGIN = `
SELECT rolsuper AS "isSuperuser", rolsuper OR rolcreaterole AS "mayCreate",
  current_setting('server_version_num')::integer >= 160000 AS "grantsSet"
FROM pg_roles WHERE rolname = current_user`;

type Login = { isSuperuser: boolean; mayCreate: boolean; grantsSet: boolean };

/** Makes the roles that are missing, if the login may, and lets the login take them. Answers the names of those that were made. */
async function makeRoles(client: Client, missing: readonly string[]): Promise<string[]> {
  const [login] = (await client.query<Login>(LOGIN)).rows;
  if (missing.length === 0 || !login?.mayCreate) return [];
  await client.query('SAVEPOINT roles');
  try {
    for (const name of missing) {
      await client.query(`CREATE ROLE ${quoted(name)} NOLOGIN`);
      // The login shall take the role, not have its rights besides its own.
      const options = login.grantsSet ? ' WITH INHERIT FALSE, SET TRUE' : '';
      if (!login.isSuperuser) await client.query(`GRANT ${quoted(name)} TO CURRENT_USER${options}`);
    }
    await client.query('RELEASE SAVEPOINT roles');
    return [...missing];
  } catch {
    // Some managed servers let a login create no roles although the catalogue says it may. One role for all works, too, and
    // `admin status` tells.
    await client.query('ROLLBACK TO SAVEPOINT roles');
    return [];
  }
}

// Tables, and what our roles may do with them by now.
const GRANTED = `
SELECT n.nspname || '.' || c.relname AS "table", r.rolname AS role, a.privilege_type AS privilege
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL aclexplode(c.relacl) a
JOIN pg_roles r ON r.oid = a.grantee
WHERE n.nspname || '.' || c.relname = ANY ($1) AND r.rolname = ANY ($2)`;

type Granted = { table: string; role: string; privilege: string };

/** The statements that make one role's rights on one table what they shall be; none when they are. */
function planChanges(
  path: string,
  role: string,
  { has, wants }: Record<'has' | 'wants', ReadonlySet<string>>,
): string[] {
  const surplus = [...has].filter((privilege) => !wants.has(privilege));
  const lacking = [...wants].filter((privilege) => !has.has(privilege));
  return [
    ...(surplus.length === 0
      ? []
      : [`REVOKE ${surplus.join(', ')} ON ${quotedPath(path)} FROM ${quoted(role)}`]),
    ...(lacking.length === 0
      ? []
      : [`GRANT ${lacking.join(', ')} ON ${quotedPath(path)} TO ${quoted(role)}`]),
  ];
}

async function tableChanges(client: Client, { tables }: Grants, roles: Roles): Promise<string[]> {
  const values = [Object.keys(tables), [...roles.values()]];
  const { rows } = await client.query<Granted>(GRANTED, values);
  const granted = Map.groupBy(rows, ({ table, role }) => `${table} ${role}`);
  return Object.entries(tables).flatMap(([path, byService]) =>
    [...roles].flatMap(([service, role]) => {
      const has = new Set((granted.get(`${path} ${role}`) ?? []).map(({ privilege }) => privilege));
      return planChanges(path, role, { has, wants: new Set<string>(byService[service] ?? []) });
    }),
  );
}

async function schemaChanges(client: Client, { tables }: Grants, roles: Roles): Promise<string[]> {
  const wanted = Object.entries(tables).flatMap(([path, byService]) =>
    [...roles].flatMap(([service, role]) =>
      byService[service] === undefined ? [] : [{ schema: path.split('.', 1)[0] ?? '', role }],
    ),
  );
  const { rows } = await client.query<{ schema: string; role: string }>(
    `SELECT DISTINCT w.schema, w.role FROM unnest($1::text[], $2::text[]) AS w(schema, role)
     WHERE NOT has_schema_privilege(w.role, w.schema, 'USAGE')`,
    [wanted.map(({ schema }) => schema), wanted.map(({ role }) => role)],
  );
  return rows.map(({ schema, role }) => `GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(role)}`);
}

async function functionChanges(client: Client, { functions = {} }: Grants, roles: Roles): Promise<string[]> {
  const wanted = Object.entries(functions).flatMap(([name, services]) =>
    services.flatMap((service) => {
      const role = roles.get(service);
      return role === undefined ? [] : [{ name, role }];
    }),
  );
  const { rows } = await client.query<{ name: string; role: string }>(
    `SELECT w.name, w.role FROM unnest($1::text[], $2::text[]) AS w(name, role)
     WHERE NOT has_function_privilege(w.role, w.name, 'EXECUTE')`,
    [wanted.map(({ name }) => name), wanted.map(({ role }) => role)],
  );
  return rows.map(({ name, role }) => `GRANT EXECUTE ON FUNCTION ${name} TO ${quoted(role)}`);
}

const POLICY = 'every_tenant';

// An array of `name` is read as text by no driver alike: as JSON it is.
const POLICIES = `
SELECT n.nspname || '.' || c.relname AS "table",
  (SELECT to_json(array_agg(r.rolname ORDER BY r.rolname)) FROM pg_policy p JOIN pg_roles r ON r.oid = ANY (p.polroles)
    WHERE p.polrelid = c.oid AND p.polname = '${POLICY}') AS roles
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relrowsecurity AND n.nspname || '.' || c.relname = ANY ($1)`;

/** Policies are changed only where they differ: that locks the table against its readers for a moment. */
async function policyChanges(
  client: Client,
  { tables, everyTenant = [] }: Grants,
  roles: Roles,
): Promise<string[]> {
  const { rows } = await client.query<{ table: string; roles: string[] | null }>(POLICIES, [
    Object.keys(tables),
  ]);
  return rows.flatMap(({ table, roles: has }) => {
    const wants = everyTenant
      .filter((service) => tables[table]?.[service] !== undefined)
      .flatMap((service) => roles.get(service) ?? [])
      .sort();
    if (JSON.stringify(has ?? []) === JSON.stringify(wants)) return [];
    const on = `${POLICY} ON ${quotedPath(table)}`;
    return [
      ...(has === null ? [] : [`DROP POLICY ${on}`]),
      ...(wants.length === 0
        ? []
        : [`CREATE POLICY ${on} TO ${wants.map(quoted).join(', ')} USING (true) WITH CHECK (true)`]),
    ];
  });
}

/**
 * Gives every service's role what it may, and takes what it may not; makes the roles first, where the login may. Changes nothing that
 * is as it shall be. The caller holds a transaction, and a lock against others who do the same. Answers what was done, a line each.
 */
export async function applyGrants(client: Client, grants: Grants): Promise<string[]> {
  const names = await namesOfRoles(client);
  const before = await existing(client, names);
  const made = await makeRoles(
    client,
    [...names.values()].filter((name) => ![...before.values()].includes(name)),
  );
  const roles = await existing(client, names);
  const statements = [
    ...(await schemaChanges(client, grants, roles)),
    ...(await tableChanges(client, grants, roles)),
    ...(await functionChanges(client, grants, roles)),
    ...(await policyChanges(client, grants, roles)),
  ];
  for (const statement of statements) await client.query(statement);
  const changed = statements.length === 0 ? [] : [`${statements.length} rights of roles`];
  return [...made.map((name) => `role ${name}`), ...changed];
}
