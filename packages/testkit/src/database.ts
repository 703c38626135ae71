import { randomBytes } from 'node:crypto';
import { connectPool } from '@footfall/postgres/pool';
import { inject } from 'vitest';
import './provided-context.ts';

export type TestDatabase = { url: string; drop(): Promise<void> };

async function administer(sql: string): Promise<void> {
  const pool = connectPool(inject('postgresUrl'), { name: 'testkit', max: 1 });
  try {
    await pool.query(sql);
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
  return { url: url.href, drop: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) };
}
