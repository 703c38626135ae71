import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@footfall/postgres/embedded';
import type { TestProject } from 'vitest/node';
import './provided-context.ts';

/** Starts one Postgres for all integration tests; each takes databases of its own from it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-test-postgres-'));
  const postgres = await startEmbeddedPostgres({ dataDir, password: 'test' });
  project.provide('postgresUrl', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
