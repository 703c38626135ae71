// @ts-check
import { findProcess } from './process-table.mjs';

const LOOK_MS = 100;

/** The npm that runs this script: the parent, or behind the shell that it starts scripts with. */
function npmProcess() {
  if (process.env.npm_lifecycle_event === undefined) return null;
  const parent = findProcess(process.ppid);
  if (parent === null) return null;
  const isNpm = (/** @type {string} */ command) => /(^|[/\\ ])npm(-cli\.js)?( |$)/.test(command);
  if (isNpm(parent.command) && !/^\S*sh /.test(parent.command)) return process.ppid;
  return isNpm(findProcess(parent.parent)?.command ?? '') ? parent.parent : null;
}

/** @param {number} pid */
function isAlive(pid) {
  if (process.platform === 'linux') return findProcess(pid) !== null;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Ends this process, as by SIGTERM, when the npm that runs it has gone: npm may be killed, and on SIGTERM it ends its shell without a word
 * to the script. Only npm is watched: a shell may well start something in the background and end.
 */
export function endWithNpm() {
  const npm = npmProcess();
  if (npm === null) return;
  const timer = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  timer.unref();
}
