// @ts-check
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './paths.mjs';

// Outside node_modules, which an installation replaces.
const FILE = path.join(ROOT, '.footfall-setup.lock');

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // There is no such process: its turn has ended with it.
    return false;
  }
}

function take() {
  try {
    writeFileSync(FILE, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  }
}

function removeStale() {
  try {
    const pid = Number(readFileSync(FILE, 'utf8'));
    if (pid > 0 && !isAlive(pid)) rmSync(FILE, { force: true });
  } catch {
    // Gone between two looks: the next try finds the place free.
  }
}

/**
 * Runs work that changes node_modules or build output while no other command does.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTurn(work) {
  for (let waited = 0; !take(); waited += 1) {
    if (waited === 0) process.stderr.write('  waiting for another command that installs or builds\n');
    removeStale();
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(FILE, { force: true });
  }
}
