// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { machineFault } from './file-problem.mjs';
import { ROOT, Stop } from './paths.mjs';

const TAIL_LINES = 30;
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @param {number} began */
const seconds = (began) => `${((performance.now() - began) / 1000).toFixed(1)} s`;

/** A step that did not work; its message says why where the machine is at fault, else the end of its output does. */
export class StepFailed extends Stop {
  /**
   * @param {string} title
   * @param {string} problem
   * @param {string} log
   */
  constructor(title, problem, log) {
    const fault = machineFault(log);
    super(`${title} failed: ${fault ?? problem}; all of its output is in ${log}`);
    this.log = log;
    /** Another try would end alike. */
    this.isMachines = fault !== undefined;
  }

  /** The last lines of what it wrote; none where the message says it all. */
  tail() {
    if (this.isMachines) return '';
    return readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  }
}

/**
 * Shows that a step goes on: counts seconds at a terminal, says that it began elsewhere.
 * @param {string} title
 * @param {number} began
 */
function showProgress(title, began) {
  if (!process.stderr.isTTY) {
    process.stderr.write(`  ${title} …\n`);
    return () => undefined;
  }
  const show = () => process.stderr.write(`\r  ${title} … ${seconds(began)}`);
  show();
  const timer = setInterval(show, 1000);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\x1b[K');
  };
}

/** Ends the group of a child process with the signal that ends this one, and remembers it. Listens from now on, the child comes after. */
function endWithUs() {
  /** @type {NodeJS.Signals | null} */
  let heard = null;
  /** @type {number | undefined} */
  let group;
  const pass = () => {
    try {
      if (heard !== null && group !== undefined) process.kill(-group, heard);
    } catch (error) {
      // It has ended in this moment.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  };
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => {
    heard = signal;
    pass();
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return {
    /** @param {import('node:child_process').ChildProcess} child */
    watch: (child) => {
      group = child.pid;
      pass();
    },
    heard: () => heard,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, end);
    },
  };
}

/**
 * Runs one long command with its output in a log file.
 * @param {{ title: string, command: string, args: string[], log: string, env?: NodeJS.ProcessEnv, cwd?: string }} step
 * @throws {StepFailed} when the command fails
 * @throws {Stop} when this process is told to end: then nothing else is to be tried
 */
export async function runStep({ title, command, args, log, env = process.env, cwd = ROOT }) {
  const began = performance.now();
  const file = openSync(log, 'w', 0o600);
  const ending = endWithUs();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', file, file], detached: true });
  ending.watch(child);
  const hide = showProgress(title, began);
  try {
    /** @type {string | null} */
    const problem = await new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(code === 0 ? null : (signal ?? `exit code ${code}`)));
    });
    hide();
    if (ending.heard() !== null) throw new Stop(`stopped (${ending.heard()}) while ${title}`);
    if (problem !== null) {
      throw new StepFailed(title, problem, log);
    }
    process.stderr.write(`  ${title}: done (${seconds(began)})\n`);
  } finally {
    ending.release();
    closeSync(file);
  }
}
