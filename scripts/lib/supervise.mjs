// @ts-check
import { spawn } from 'node:child_process';
import path from 'node:path';
import { NODE_24, ROOT } from './paths.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a script of the supervisor with Node 24 until it ends; answers its exit code. It is in a process group of its own, so that it
 * hears of each signal once, from here; when this process is killed, the channel between them ends and the supervisor stops.
 * @param {'main.ts' | 'check.ts'} script
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export function supervise(script, args) {
  const child = spawn(NODE_24, [path.join(ROOT, 'apps/supervisor/src', script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  /** @param {NodeJS.Signals} signal */
  const passOn = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, passOn);
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(`footfall: the supervisor cannot be run: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      if (signal !== null) console.error(`footfall: the supervisor was ended by ${signal}`);
      resolve(code ?? 1);
    });
  });
  return ended.finally(() => {
    for (const signal of SIGNALS) process.off(signal, passOn);
  });
}
