import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { makeFolder } from '@footfall/files/make-folder';

/** Types of columns by name, as DuckDB calls them. */
export type ParquetColumns = Readonly<Record<string, 'VARCHAR' | 'BOOLEAN' | 'BIGINT' | 'DOUBLE'>>;

const SETTINGS = { threads: '1', memory_limit: '256MB' };

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

async function convert(from: string, to: string, columns: ParquetColumns): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', SETTINGS);
  try {
    const connection = await instance.connect();
    const types = Object.entries(columns).map(([name, type]) => `${quoted(name)}: ${quoted(type)}`);
    await connection.run(
      `COPY (SELECT * FROM read_json(${quoted(from)}, format = 'newline_delimited', columns = {${types.join(', ')}}))
       TO ${quoted(to)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}

/**
 * JSON objects, a line each, as the bytes of a Parquet file. Both are on the disk of `folder` meanwhile, never whole in memory, and
 * gone when the last byte is taken or nobody wants more.
 */
export async function* writeParquet(
  lines: AsyncIterable<string>,
  columns: ParquetColumns,
  folder: string,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  await makeFolder(folder);
  const own = await mkdtemp(path.join(folder, 'parquet-'));
  const [from, to] = [path.join(own, 'rows.jsonl'), path.join(own, 'rows.parquet')];
  try {
    await pipeline(Readable.from(lines), createWriteStream(from));
    await convert(from, to, columns);
    await rm(from);
    for await (const bytes of createReadStream(to)) yield bytes as Uint8Array<ArrayBuffer>;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
