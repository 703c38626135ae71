import { randomBytes } from 'node:crypto';
import { connectPool } from '@footfall/postgres/pool';
import { roleName, SERVICES } from '@footfall/postgres/service-role';
import { inject } from 'vitest';
import './provided-context.ts';

export type TestDatabase = { url: string; drop(): Promise<void> };

async function administer(...statements: readonly string[]): Promise<void> {
  const pool = connectPool(inject('postgresUrl'), { name: 'testkit', max: 1 });
  try {
    for (const sql of statements) await pool.query(sql);
  } finally {
    await pool.end();
  }
}

/** A new, empty database on the Postgres of this test run. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  // Roles belong to the server: without this they stay, six for every test file.
  const roles = SERVICES.map((service) => roleName(name, service)).join(', ');
  return {
    url: url.href,
    drop: () => administer(`DROP DATABASE ${name} WITH (FORCE)`, `DROP ROLE IF EXISTS ${roles}`),
  };
}
