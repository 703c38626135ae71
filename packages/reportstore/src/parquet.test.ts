import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeParquet } from './parquet.ts';

const COLUMNS = { id: 'VARCHAR', bot: 'BOOLEAN', at: 'BIGINT', depth: 'DOUBLE' } as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-test-parquet-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function* toLines(rows: readonly object[]) {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function toParquet(rows: readonly object[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeParquet(toLines(rows), COLUMNS, folder)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function read(bytes: Buffer): Promise<unknown> {
  const file = path.join(folder, 'read.parquet');
  await writeFile(file, bytes);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = (await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}')`)).getRowsJson();
  await rm(file);
  return rows;
}

test('a file has the rows in their order, typed, and what is absent as null', async () => {
  const rows = [
    { id: `it's "x"\n🛒`, bot: false, at: 1_760_000_000_000, depth: 0.5 },
    { id: '2026-01-01', at: null },
  ];
  expect(await read(await toParquet(rows))).toEqual([
    [`it's "x"\n🛒`, false, '1760000000000', 0.5],
    ['2026-01-01', null, null, null],
  ]);
  expect(await read(await toParquet([]))).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test('nothing stays of a file that nobody takes, or that cannot be made', async () => {
  const taken = writeParquet(toLines([{ id: 'a' }]), COLUMNS, folder);
  await taken.next();
  await taken.return();
  async function* failing() {
    yield '{"id": "a"}\n';
    throw new Error('the store is away');
  }
  await expect(writeParquet(failing(), COLUMNS, folder).next()).rejects.toThrow('the store is away');
  expect(await readdir(folder)).toEqual([]);
});
