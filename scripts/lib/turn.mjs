// @ts-check
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileReason } from './file-problem.mjs';
import { ROOT, Stop } from './paths.mjs';
import { findProcess } from './process-table.mjs';

// Outside node_modules, which an installation replaces.
const FILE = path.join(ROOT, '.footfall-setup.lock');

/** @typedef {{ pid: number, began: string }} Holder */

/**
 * Who holds the turn, as its file says; null when that process has ended. A file that is empty, of an earlier version, or names
 * a process that has begun later than the holder did is of nobody: system ids are given again.
 * @param {string} text
 */
function livingHolder(text) {
  /** @type {Partial<Holder>} */
  let said = {};
  try {
    said = JSON.parse(text);
  } catch {
    // Of nobody.
  }
  const { pid = 0, began } = said ?? {};
  const found = findProcess(pid);
  return found !== null && found.began === began ? { pid, command: found.command } : null;
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // Gone between two looks.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Puts a file in its place with all that it says, or answers false when there is one.
 * @param {string} file
 * @param {string} text
 */
function place(file, text) {
  const own = `${file}.${process.pid}`;
  try {
    writeFileSync(own, text);
    linkSync(own, file);
    return true;
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'EEXIST') return false;
    // A file system without hard links: for a moment it is there and empty.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    return placeUnlinked(file, text);
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
function placeUnlinked(file, text) {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Takes away the file of a holder that has ended. Two may do so at once: whoever finds that it has moved another file puts that back.
 * @param {string} file
 * @param {string} stale what it said
 */
function remove(file, stale) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    // Another was faster.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  if (moved !== null && moved !== stale) place(file, moved);
  rmSync(aside, { force: true });
}

/**
 * @param {string} file
 * @param {string} own what the file says of this process
 * @returns {string | null} who is waited for; null: the turn is taken
 */
function take(file, own) {
  if (place(file, own)) return null;
  const text = read(file);
  const holder = text === null ? null : livingHolder(text);
  if (holder !== null) return `process ${holder.pid} (${holder.command})`;
  if (text !== null) remove(file, text);
  return 'a command that has just ended';
}

/**
 * Runs work that changes node_modules or build output while no other command does. The turn of a process that is killed ends with it.
 * @template T
 * @param {() => Promise<T>} work
 * @param {{ file?: string, say?: (line: string) => void }} [options] `say` hears once who is waited for
 * @returns {Promise<T>}
 * @throws {Stop} when the folder of the sources cannot be written
 */
export async function inTurn(work, { file = FILE, say = (line) => process.stderr.write(`${line}\n`) } = {}) {
  const own = JSON.stringify({ pid: process.pid, began: findProcess(process.pid)?.began ?? '' });
  let said = false;
  try {
    for (let holder = take(file, own); holder !== null; holder = take(file, own)) {
      if (!said && holder.startsWith('process')) {
        say(`  waiting for ${holder}, which installs or builds and holds ${file}`);
        said = true;
      }
      await sleep(said ? 200 : 20);
    }
  } catch (error) {
    throw new Stop(
      `packages and the portal are installed and built in ${path.dirname(file)}, which cannot be written: ${fileReason(error) ?? error}`,
    );
  }
  try {
    return await work();
  } finally {
    if (read(file) === own) rmSync(file, { force: true });
  }
}
