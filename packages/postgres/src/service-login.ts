import pg from 'pg';
import { connectPool } from './pool.ts';
import { roleName, type ServiceName } from './service-role.ts';

/**
 * Lets services log in as their roles, on a server of our own, so that none of them is the superuser who prepared the database at
 * `url`. Answers the URL of each service; the roles are there since the database was prepared.
 */
export async function giveLogins(
  url: string,
  passwords: ReadonlyMap<ServiceName, string>,
): Promise<Map<ServiceName, string>> {
  const pool = connectPool(url, { name: 'logins', max: 1 });
  const urls = new Map<ServiceName, string>();
  try {
    for (const [service, password] of passwords) {
      const own = new URL(url);
      const role = roleName(own.pathname.slice(1), service);
      // A statement that changes a role takes no parameters.
      const secret = pg.escapeLiteral(password);
      await pool.query(`ALTER ROLE ${pg.escapeIdentifier(role)} LOGIN PASSWORD ${secret}`);
      [own.username, own.password] = [role, password];
      urls.set(service, own.href);
    }
    return urls;
  } finally {
    await pool.end();
  }
}
