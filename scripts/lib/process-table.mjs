// @ts-check
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * @typedef {{ parent: number, command: string, began: string }} RunningProcess
 *   `began` tells the process from a later one with the same id; its form is the system's own.
 */

/** Field 22 of /proc/PID/stat, counted after the command's name, which may contain spaces and brackets. */
const START_TIME = 22 - 3;

/**
 * A process; null when there is none of this id, or it has ended and its parent has not asked yet.
 * @param {number} pid
 * @returns {RunningProcess | null}
 */
export function findProcess(pid) {
  try {
    if (process.platform === 'linux') {
      // Slim images have no ps.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') return null;
      return {
        parent: Number(fields[1]),
        command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim(),
        began: fields[START_TIME] ?? '',
      };
    }
    const ps = (/** @type {string} */ columns) =>
      execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [parent = '', ...command] = ps('ppid=,args=').split(/\s+/);
    return { parent: Number(parent), command: command.join(' '), began: ps('lstart=') };
  } catch {
    // It has ended, or this system does not tell.
    return null;
  }
}
