import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { readFile, readlink, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fullDisk } from '@footfall/files/disk-space';
import { namingFile } from '@footfall/files/file-problem';
import { giveTo, type Identity } from './embedded-identity.ts';
import { complaintSince, fileSize, startProgram } from './embedded-program.ts';
import { postgresFailure } from './errors.ts';

/** Where the server keeps its data, and its log beside it. */
export type Folder = { data: string; log: string };

const STOP_TIMEOUT_MS = 30_000;

/**
 * Makes a new data folder with one superuser. It comes to its place when it is whole, so that one that was interrupted
 * half-way is made again.
 */
export async function initialise(
  as: Identity,
  initdb: string,
  options: { folder: Folder; user: string; password: string },
): Promise<void> {
  const { folder, user, password } = options;
  const unfinished = `${folder.data}.new`;
  const passwordFile = `${folder.data}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await namingFile(passwordFile, () => writeFile(passwordFile, password, { mode: 0o600 }));
  giveTo(as, passwordFile);
  try {
    const from = await fileSize(folder.log);
    const program = startProgram(as, folder.log, [
      initdb,
      ...['-D', unfinished, '-U', user, '-E', 'UTF8', '--locale=C'],
      ...['--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ]);
    await program.ended;
    if (program.code() !== 0) {
      throw postgresFailure(
        'embedded_failed',
        `no database can be made in ${folder.data}: ${await initdbComplaint(folder, from)}`,
      );
    }
    await rename(unfinished, folder.data).catch((cause: NodeJS.ErrnoException) => {
      throw postgresFailure(
        'embedded_failed',
        `${folder.data} is in the way: it holds no database (${cause.code})`,
        { cause },
      );
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** What initdb, or the server that it runs, has said is wrong; that it tidies up afterwards is no answer. */
async function initdbComplaint({ log }: Folder, from: number): Promise<string> {
  const said =
    (await complaintSince(log, from, /(?:FATAL|PANIC): +(.*)/)) ??
    (await complaintSince(log, from, /^initdb: error: (.*)/));
  // On a disk that is full the log has no room either.
  return said ?? (await fullDisk([path.dirname(log)])) ?? `see ${log}`;
}

/**
 * Whether a folder has a database in it.
 * @throws Failure `embedded_failed` when this user may not look
 */
export function holdsDatabase({ data }: Folder): boolean {
  try {
    statSync(path.join(data, 'PG_VERSION'));
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EACCES' && code !== 'EPERM') return false;
    const owner = statSync(data, { throwIfNoEntry: false })?.uid;
    throw postgresFailure(
      'embedded_failed',
      `the database in ${data} cannot be read (${code})${owner === undefined ? '' : `: it belongs to the user with id ${owner}; run this as that user, or give it to yours with chown -R`}`,
      { cause },
    );
  }
}

/** Whether a process is the server of a data folder: servers live in it. */
async function servesFolder(data: string, pid: number): Promise<boolean> {
  if (platform() === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    // A dead process that nobody has reaped yet (Z) still answers signals, but serves nothing.
    if (!/^Name:\s+postgres$/m.test(status) || /^State:\s+Z/m.test(status)) return false;
    // Where the folder of another user's process may not be read, its name has to do.
    const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    return folder === null || folder === (await realpath(data));
  }
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).includes('postgres');
  } catch {
    // `ps` ends with an error when there is no such process.
    return false;
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // ESRCH: it has ended meanwhile.
    if (code !== 'ESRCH')
      throw postgresFailure('embedded_failed', `the Postgres left behind (pid ${pid}) cannot be stopped`, {
        cause,
      });
  }
}

/**
 * Stops a server that a killed supervisor left behind in this folder. Without one the note of its process id goes: the
 * system may have given the number to another process since, which Postgres would take for the server.
 */
export async function freeFolder({ data }: Folder): Promise<void> {
  const note = path.join(data, 'postmaster.pid');
  const text = await readFile(note, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // What may not be read is left to Postgres, which says what is wrong with it.
    if (error.code === 'ENOENT' || error.code === 'EACCES') return '';
    throw error;
  });
  const pid = Number(text.split('\n', 1)[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  for (let waited = 0; await servesFolder(data, pid); waited += 50) {
    // Fast first, as `pg_ctl stop -m fast`; then at once, which costs the next start a recovery and nothing else.
    if (waited === 0) signal(pid, 'SIGINT');
    if (waited === STOP_TIMEOUT_MS) signal(pid, 'SIGQUIT');
    if (waited > 2 * STOP_TIMEOUT_MS)
      throw postgresFailure(
        'embedded_failed',
        `the Postgres left behind in ${data} (pid ${pid}) does not stop`,
      );
    await sleep(50);
  }
  await rm(note, { force: true });
}
