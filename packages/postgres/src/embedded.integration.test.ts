import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from './embedded.ts';
import { connectPool } from './pool.ts';

let dataDir: string;
beforeAll(async () => {
  // Private to its owner, as a home folder is: the server must work inside all the same.
  dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-embedded-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

test('keeps what was committed when it is killed, and takes over from a server that was left behind', async () => {
  const first = await startEmbeddedPostgres({ dataDir, password: 'p@ss/word' });
  const pool = connectPool(first.url, { name: 'test' });
  await pool.query('CREATE TABLE kept (n integer)');
  await pool.query('INSERT INTO kept VALUES (1)');
  await pool.end();
  process.kill(first.pid, 'SIGKILL');
  await first.stopped;

  const second = await startEmbeddedPostgres({ dataDir, password: 'p@ss/word' });
  // The second is still running: the third must stop it by itself.
  const third = await startEmbeddedPostgres({ dataDir, password: 'p@ss/word' });
  await second.stopped;
  const again = connectPool(third.url, { name: 'test' });
  expect((await again.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }]);
  await again.end();
  await third.stop();
});
