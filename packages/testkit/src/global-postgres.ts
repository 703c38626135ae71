import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@footfall/postgres/embedded';
import type { TestProject } from 'vitest/node';
import './provided-context.ts';

/**
 * Nothing is forced to the disk: a database that is dropped takes 0.2 s instead of 2 to 4, and what a killed process has written the
 * system still has. Only the machine itself must not crash. Tests that lose power bring a server of their own.
 */
const SETTINGS = { fsync: 'off', full_page_writes: 'off' };

/** Starts one Postgres for all integration tests; each takes databases of its own from it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-test-postgres-'));
  const postgres = await startEmbeddedPostgres({ dataDir, password: 'test', settings: SETTINGS });
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
