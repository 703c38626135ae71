import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@footfall/config/config';
import { prepareControlPlane } from '@footfall/db/prepare';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { createRegistry } from '@footfall/service/health';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { watchSpace } from './watch-space.ts';

let folder: string;
let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-space-'));
  database = await freshDatabase();
  await prepareControlPlane(database.url);
  pool = connectPool(database.url, { name: 'test', max: 2 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

test('disks and database are measured, and a disk that fills up is warned of with the days that are left', async () => {
  // A day ago nothing was used: whatever is used now was written since.
  await pool.query(
    `INSERT INTO space_sample SELECT $1, unnest(ARRAY['data', 'spool']), now() - interval '1 day', 0`,
    [hostname()],
  );
  const logger = { warn: vi.fn() };
  const registry = createRegistry('test');
  const config = readConfig({ FOOTFALL_DATA_DIR: folder, DATABASE_URL: database.url });
  const watching = watchSpace({ config, pool, registry, logger });
  const samples = async () =>
    (await pool.query('SELECT DISTINCT name FROM space_sample')).rows.map(({ name }) => name);
  await expect.poll(samples).toEqual(expect.arrayContaining(['data', 'spool', 'facts', 'temp', 'database']));
  await watching.stop();
  const metrics = await registry.metrics();
  for (const disk of ['data', 'spool', 'facts', 'temp']) {
    expect(metrics).toMatch(new RegExp(`^footfall_disk_free_bytes\\{disk="${disk}",.*\\} [1-9]\\d*`, 'm'));
    expect(metrics).toMatch(new RegExp(`^footfall_disk_size_bytes\\{disk="${disk}",.*\\} [1-9]\\d*`, 'm'));
  }
  expect(metrics).toMatch(/^footfall_database_size_bytes\{.*\} [1-9]\d{6,}/m);

  // What was noted now shows the growth to whoever looks next.
  const again = watchSpace({ config, pool, registry: createRegistry('again'), logger });
  await expect.poll(() => logger.warn.mock.calls).toHaveLength(1);
  await again.stop();
  expect(logger.warn.mock.calls[0]?.[0]).toMatch(
    new RegExp(
      `^the disk of data \\(${folder}\\), spool \\(.*\\).* has .* GB of .* GB free, full in \\d+ days$`,
    ),
  );
});
