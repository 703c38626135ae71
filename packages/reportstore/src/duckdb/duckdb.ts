import path from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBResult, type DuckDBValue } from '@duckdb/node-api';
import { NO_PAUSE, type Pause } from '@footfall/core/query/slices';
import { makeFolder } from '@footfall/files/make-folder';
import { reportStoreFailure } from '../errors.ts';
import './keep-marks.ts';
import type { Statement } from '../sql/sql.ts';

export type Row = readonly (string | number | null)[];

/** A DuckDB of this process that reads and writes files of one folder. */
export type Duck = {
  /**
   * Runs one statement; values are texts, numbers and nulls. Many rows are read in portions, with a pause between them.
   * @throws Failure `query_timeout`, `unanswerable`, `report_store_unavailable` when a file is gone, and what `pause` throws
   */
  ask(statement: Statement, asking: { timeoutMs: number; pause?: Pause }): Promise<Row[]>;
  /** Lends a connection for several statements. */
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** One thread for each of two questions answers many sooner than two threads for one. */
const SETTINGS = {
  threads: '2',
  memory_limit: '512MB',
  // What does not fit there is written to the folder's `.tmp`: so much and no more.
  max_temp_directory_size: '4GB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/** Connections at once: one for each report and some more, so that a short question does not wait behind long ones of others. */
const CONNECTIONS = 12;

type Lending = { connection: DuckDBConnection[]; waiting: ((connection: DuckDBConnection) => void)[] };

async function allowFolder(connection: DuckDBConnection, folder: string): Promise<void> {
  const spill = path.join(folder, '.tmp');
  await makeFolder(spill);
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  await connection.run(`SET temp_directory = ${quoted(spill)}`);
  // Files never change, so what was read of their ends stays true.
  await connection.run('SET parquet_metadata_cache = true');
  await connection.run(`SET allowed_directories = [${quoted(folder)}]`);
}

async function open(folder: string | null): Promise<{ instance: DuckDBInstance; lending: Lending }> {
  const instance = await DuckDBInstance.create(':memory:', SETTINGS);
  const connection = await Promise.all(Array.from({ length: CONNECTIONS }, () => instance.connect()));
  const [first] = connection;
  if (first !== undefined && folder !== null) await allowFolder(first, folder);
  await first?.run('SET enable_external_access = false');
  await first?.run('SET lock_configuration = true');
  return { instance, lending: { connection, waiting: [] } };
}

const take = ({ connection, waiting }: Lending): Promise<DuckDBConnection> => {
  const free = connection.pop();
  return free === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(free);
};

function giveBack({ connection, waiting }: Lending, one: DuckDBConnection): void {
  const next = waiting.shift();
  if (next === undefined) connection.push(one);
  else next(one);
}

/** DuckDB tells what is wrong in words alone. */
const FILE_IS_GONE = /^IO Error|No files found|No magic bytes|too small to be a Parquet file/;
const NO_MEMORY = /^Out of Memory Error/;
const TOO_LARGE = /pattern too large/;
const BAD_VALUE = /^(Invalid Input|Conversion|Out of Range) Error/;

function understood(cause: unknown, timedOut: boolean): unknown {
  if (timedOut) return reportStoreFailure('query_timeout', 'the report took too long', { cause });
  const message = cause instanceof Error ? cause.message : '';
  if (FILE_IS_GONE.test(message))
    return reportStoreFailure(
      'report_store_unavailable',
      'a file of sealed days cannot be read: FOOTFALL_FACTS_DIR has to be one folder for all services; what is lost is made anew within the hour',
      { cause },
    );
  if (NO_MEMORY.test(message))
    return reportStoreFailure('query_timeout', 'the report takes more memory than there is for one', {
      cause,
    });
  if (TOO_LARGE.test(message))
    return reportStoreFailure('filter_too_complex', 'a regular expression of the filter is too large', {
      cause,
    });
  if (BAD_VALUE.test(message))
    return reportStoreFailure('unanswerable', 'the report store cannot make sense of a value', { cause });
  return cause;
}

/** Rows of a result, a portion of some 2,000 at a time. */
async function readRows(result: DuckDBResult, pause: Pause): Promise<Row[]> {
  const rows: Row[] = [];
  for (let first = true; ; first = false) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return rows;
    if (!first) await pause();
    for (const row of chunk.getRows() as Row[]) rows.push(row);
  }
}

/** Opens DuckDB when it is first asked, for files in a folder; null: for none. */
export function openDuck(folder: string | null): Duck {
  let opened: ReturnType<typeof open> | undefined;
  const use: Duck['use'] = async (work) => {
    opened ??= open(folder).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    const { lending } = await opened;
    const connection = await take(lending);
    try {
      return await work(connection);
    } finally {
      giveBack(lending, connection);
    }
  };
  return {
    use,
    ask: ({ text, values }, { timeoutMs, pause = NO_PAUSE }) => {
      // What waited for a connection is part of the time.
      const deadline = performance.now() + timeoutMs;
      return use(async (connection) => {
        let timedOut = performance.now() >= deadline;
        if (timedOut) throw understood(undefined, timedOut);
        let timer: NodeJS.Timeout | undefined;
        const interrupt = () => {
          timedOut = true;
          connection.interrupt();
          // One that comes before the statement has begun is not heard.
          timer = setTimeout(interrupt, 100);
        };
        timer = setTimeout(interrupt, deadline - performance.now());
        try {
          return await readRows(await connection.run(text, values as DuckDBValue[]), pause);
        } catch (error) {
          throw understood(error, timedOut);
        } finally {
          clearTimeout(timer);
        }
      });
    },
    close: async () => {
      const was = opened;
      opened = undefined;
      if (was === undefined) return;
      const { instance, lending } = await was;
      for (const connection of lending.connection) connection.closeSync();
      instance.closeSync();
    },
  };
}
