// @ts-check
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './paths.mjs';

/** As packages/files has them, which cannot be imported before there is a Node that runs TypeScript. */
const FILE = path.join(ROOT, 'packages/files/data/system-errors.json');

/** @type {() => Record<string, string>} */
const readWords = () => JSON.parse(readFileSync(FILE, 'utf8'));

const NOT_OF_FILES = /^(spawn|connect|listen|bind|kill|getaddrinfo)/;

/**
 * What the system refused to do with a file, as one line; undefined for all that is not such an error.
 * @param {unknown} error
 */
export function fileProblem(error) {
  const why = fileReason(error);
  const { path: file } = /** @type {NodeJS.ErrnoException} */ (error);
  return why === undefined || file === undefined ? why : `${file}: ${why}`;
}

/**
 * The same without the file, for whoever names it.
 * @param {unknown} error
 */
export function fileReason(error) {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall } = /** @type {NodeJS.ErrnoException} */ (error);
  if (code === undefined || syscall === undefined || NOT_OF_FILES.test(syscall)) return undefined;
  const words = readWords();
  if (!Object.hasOwn(words, code)) return undefined;
  const owner = code === 'EACCES' || code === 'EPERM' ? '; run this as the user whom it belongs to' : '';
  return `${words[code]} (${code})${owner}`;
}

/**
 * What the output of npm and of builds says when the machine is at fault, not the sources: how they spell it, and the system's code.
 * @type {readonly [RegExp, string][]}
 */
const MACHINE_FAULTS = [
  [/\bENOSPC\b|no space left on device|os error 28/i, 'ENOSPC'],
  [/\bEDQUOT\b|disk quota exceeded/i, 'EDQUOT'],
  [/\bEROFS\b|read-only file system/i, 'EROFS'],
  [/\b(EACCES|EPERM): /, 'EACCES'],
];

/** Below this no step gets on. Bytes. */
const FULL = 1024 * 1024;

/** @param {string} folder */
function freeBytes(folder) {
  const { bavail, bsize } = statfsSync(existsSync(folder) ? folder : path.dirname(folder));
  return bavail * bsize;
}

/** Folders that installing and building write into: the sources', the log's, the temporary one, npm's own. @param {string} log */
const workFolders = (log) => [ROOT, path.dirname(log), tmpdir(), process.env.npm_config_cache ?? homedir()];

/** @param {readonly string[]} folders */
function fullestDisk(folders) {
  const disks = folders.map((folder) => ({ folder, free: freeBytes(folder) }));
  return disks.reduce((fullest, disk) => (disk.free < fullest.free ? disk : fullest));
}

/**
 * The machine's fault that made a step fail, as a line; undefined when it is not the machine's. What npm had written it has deleted
 * again, so a full disk may have room by now.
 * @param {string} log the file with the output of the step
 */
export function machineFault(log) {
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  const [, code] = MACHINE_FAULTS.find(([spelling]) => spelling.test(text)) ?? [];
  const disk = fullestDisk(workFolders(log));
  if (code === 'ENOSPC' || (code === undefined && disk.free < FULL))
    return `${readWords().ENOSPC} of ${disk.folder} (${Math.round(disk.free / FULL)} MB free now)`;
  return code === undefined ? undefined : `${readWords()[code]} (${code})`;
}
