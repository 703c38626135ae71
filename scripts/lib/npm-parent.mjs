// @ts-check
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LOOK_MS = 100;

/**
 * The parent and the command line of a process; null when there is no such process, or it has ended and its parent has
 * not asked yet.
 * @param {number} pid
 * @returns {{ parent: number, command: string } | null}
 */
function lookUp(pid) {
  try {
    if (process.platform === 'linux') {
      // Slim images have no ps.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z') return null;
      return {
        parent: Number(parent),
        command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '),
      };
    }
    const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [parent = '', ...command] = line.split(/\s+/);
    return { parent: Number(parent), command: command.join(' ') };
  } catch {
    // It has ended, or this system does not tell.
    return null;
  }
}

/** The npm that runs this script: the parent, or behind the shell that it starts scripts with. */
function npmProcess() {
  if (process.env.npm_lifecycle_event === undefined) return null;
  const parent = lookUp(process.ppid);
  if (parent === null) return null;
  const isNpm = (/** @type {string} */ command) => /(^|[/\\ ])npm(-cli\.js)?( |$)/.test(command);
  if (isNpm(parent.command) && !/^\S*sh /.test(parent.command)) return process.ppid;
  return isNpm(lookUp(parent.parent)?.command ?? '') ? parent.parent : null;
}

/** @param {number} pid */
function isAlive(pid) {
  if (process.platform === 'linux') return lookUp(pid) !== null;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Calls back when the npm that runs this script has gone: it may be killed, and on SIGTERM it ends its shell without a word to
 * the script. Only npm is watched: a shell may well start something in the background and end.
 * @param {() => void} onGone
 */
export function watchNpm(onGone) {
  const npm = npmProcess();
  if (npm === null) return;
  const timer = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(timer);
    onGone();
  }, LOOK_MS);
  timer.unref();
}
