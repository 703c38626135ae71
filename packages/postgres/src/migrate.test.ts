import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, fakePool } from './fake-client.fixture.ts';
import { migrate } from './migrate.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-migrations-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name));
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

const set = () => ({ owner: 'shop', folder: pathToFileURL(`${folder}/`) });

/** A database on which migrations were applied, by name and text. */
const having =
  (applied: Readonly<Record<string, string>>): Answer =>
  (text) => {
    if (!text.startsWith('SELECT migration_name')) return undefined;
    return Object.entries(applied).map(([name, sql]) => ({
      migration_name: name,
      checksum: createHash('sha256').update(sql).digest('hex'),
    }));
  };

describe('migrations', () => {
  test('wait for others before they look, and are noted in the transaction that applies them', async () => {
    await write('0001_make', 'MAKE');
    const { pool, statements } = fakePool();
    expect(await migrate(pool, set())).toEqual(['migration shop/0001_make']);
    expect(statements.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      'BEGIN',
      "SELECT current_setting('server_version_num')::integer",
      'SELECT pg_advisory_xact_lock($1)',
      'CREATE TABLE',
      'SELECT migration_name,',
      'MAKE',
      'INSERT INTO',
      'COMMIT',
    ]);
  });

  test('that were applied are not applied again', async () => {
    await write('0001_make', 'MAKE');
    await write('0002_fill', 'FILL');
    const { pool, statements } = fakePool(having({ 'shop/0001_make': 'MAKE' }));
    expect(await migrate(pool, set())).toEqual(['migration shop/0002_fill']);
    expect(statements).not.toContain('MAKE');
    expect(statements).toContain('FILL');
  });

  test('of a newer release, which this one does not know, do not stop it', async () => {
    const { pool, statements } = fakePool(having({ 'shop/0009_later': 'LATER' }));
    expect(await migrate(pool, set())).toEqual([]);
    expect(statements.at(-1)).toBe('COMMIT');
  });

  test('are folders: a file beside them is not one', async () => {
    await writeFile(path.join(folder, 'migration_lock.toml'), '');
    expect(await migrate(fakePool().pool, set())).toEqual([]);
  });

  test('of another owner with the same name and text are not these', async () => {
    await write('0001_make', 'MAKE');
    const { pool } = fakePool(having({ 'depot/0001_make': 'MAKE' }));
    expect(await migrate(pool, set())).toEqual(['migration shop/0001_make']);
  });
});

describe('migrations are refused', () => {
  test('when one was edited after it was applied: none after it is applied', async () => {
    await write('0001_make', 'MAKE otherwise');
    await write('0002_fill', 'FILL');
    const { pool, statements } = fakePool(having({ 'shop/0001_make': 'MAKE' }));
    await expect(migrate(pool, set())).rejects.toMatchObject({
      code: 'migration_changed',
      message: 'migration shop/0001_make is not the one that was applied',
      remedy: 'never edit a migration that was applied: add another one',
    });
    expect(statements).not.toContain('FILL');
    expect(statements.at(-1)).toBe('ROLLBACK');
  });

  test('when a blank was added to one: its text is compared, not what it means', async () => {
    await write('0001_make', 'MAKE ');
    const { pool } = fakePool(having({ 'shop/0001_make': 'MAKE' }));
    await expect(migrate(pool, set())).rejects.toMatchObject({ code: 'migration_changed' });
  });

  test('when the server refuses one, with its words', async () => {
    await write('0001_make', 'MAKE');
    await write('0002_fill', 'FILL');
    const cause = new Error('relation "t" does not exist');
    const { pool, statements } = fakePool((text) => {
      if (text === 'FILL') throw cause;
      return undefined;
    });
    await expect(migrate(pool, set())).rejects.toMatchObject({
      code: 'migration_failed',
      message: 'migration shop/0002_fill failed: Error: relation "t" does not exist',
      cause,
    });
    expect(statements.slice(-2)).toEqual(['FILL', 'ROLLBACK']);
  });

  test.each([
    ['a folder is without its file', () => mkdir(path.join(folder, '0001_make'))],
    ['there is no folder of migrations', () => rm(folder, { recursive: true }).then(() => undefined)],
  ])('before the database is asked when %s', async (_why, arrange) => {
    await arrange();
    const { pool, statements } = fakePool();
    await expect(migrate(pool, set())).rejects.toMatchObject({ code: 'ENOENT' });
    expect(statements).toEqual([]);
    await mkdir(folder, { recursive: true });
  });
});

describe('what follows from tables of the code', () => {
  test.each([
    ['is made where it is missing, and named', ['color', 'size'], 1],
    ['is left alone where it is there', [], 0],
  ])('%s', async (_what, missing, times) => {
    let made = 0;
    const adjustment = {
      missing: async () => missing,
      make: async () => {
        made += 1;
      },
    };
    const done = await migrate(fakePool().pool, { ...set(), adjustment });
    expect(done).toEqual(missing.map((name) => `migration shop/${name}`));
    expect(made).toBe(times);
  });

  test('is made after the migrations, in their transaction', async () => {
    await write('0001_make', 'MAKE');
    const { pool, statements } = fakePool();
    const adjustment = {
      missing: async () => ['color'],
      make: async (client: Pick<typeof pool, 'query'>) => {
        await client.query('ADD color');
      },
    };
    await migrate(pool, { ...set(), adjustment });
    const [make, add, commit] = ['MAKE', 'ADD color', 'COMMIT'].map((text) => statements.indexOf(text));
    expect(make).toBeGreaterThan(0);
    expect(add).toBeGreaterThan(make ?? 0);
    expect(commit).toBeGreaterThan(add ?? 0);
  });
});
