import type pg from 'pg';

/** Those who work on the database, each with a role of its own. `operator`: what the portal shows the platform's staff. */
export const SERVICES = [
  'collector',
  'processor',
  'aggregator',
  'scheduler',
  'web',
  'operator',
  'admin',
] as const;
export type ServiceName = (typeof SERVICES)[number];

type Client = Pick<pg.ClientBase, 'query'>;

/** Bytes that a role's name has room for, beside `_aggregator`: identifiers of Postgres end at 63. */
const MAX_DATABASE_NAME = 52;

/** The role of the service in parameter 1. All databases of a server share their roles: the name says of which database it is. */
const ROLE_NAME = `left(current_database(), ${MAX_DATABASE_NAME}) || '_' || $1`;

/** A login that may grant a role need not be allowed to take it, since Postgres 16. */
const MAY_TAKE = `pg_has_role(session_user, r.oid, CASE WHEN current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END)`;

const TAKE = `
SELECT set_config('role', r.rolname, false) FROM pg_roles r
WHERE r.rolname = ${ROLE_NAME} AND r.rolname <> current_user AND ${MAY_TAKE}`;

/** The name of a service's role in the database of that name. */
export function roleName(database: string, service: ServiceName): string {
  return `${database.slice(0, MAX_DATABASE_NAME)}_${service}`;
}

/**
 * Takes a service's role for as long as the connection lasts. A login that may not take it, or has it already, goes on as it is: what
 * it may do is then the operator's choice, and {@link reachableRoles} says so.
 */
export async function takeRole(client: Client, service: ServiceName): Promise<void> {
  await client.query(TAKE, [service]);
}

const REACHABLE = `
SELECT s.service FROM unnest($1::text[]) AS s(service)
JOIN pg_roles r ON r.rolname = ${ROLE_NAME.replace('$1', 's.service')} WHERE ${MAY_TAKE}`;

/** The services whose role the login of a connection may take. */
export async function reachableRoles(client: Client): Promise<ServiceName[]> {
  const { rows } = await client.query<{ service: ServiceName }>(REACHABLE, [SERVICES]);
  return SERVICES.filter((service) => rows.some((row) => row.service === service));
}
