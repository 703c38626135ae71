import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../packages/postgres/src/embedded.ts';

/** The database at a URL; without one an embedded Postgres in a temporary folder, which `stop` removes. */
export async function benchPostgres(givenUrl?: string): Promise<{ url: string; stop: () => Promise<void> }> {
  if (givenUrl !== undefined) return { url: givenUrl, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir, password: 'bench' });
  const stop = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}
