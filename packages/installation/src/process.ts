import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that is still the same one when its id has been given to another: `identity` tells when it began. */
export type ProcessRef = { pid: number; identity: string };

/** Field 22 of /proc/PID/stat, counted behind the command's name, which may contain spaces and brackets. */
const START_TIME = 22 - 3;

function processIdentity(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // A zombie has ended; only its parent has not asked yet.
      return fields[0] === 'Z' ? null : (fields[START_TIME] ?? null);
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    // There is no such process.
    return null;
  }
}

/** Names a running process for later. */
export function processRef(pid: number): ProcessRef {
  return { pid, identity: processIdentity(pid) ?? '' };
}

export function isRunning({ pid, identity }: ProcessRef): boolean {
  return identity !== '' && processIdentity(pid) === identity;
}

/** Waits until a process has ended, at most `timeout` milliseconds; answers whether it has. */
export async function waitForEnd(process: ProcessRef, timeout: number): Promise<boolean> {
  for (const deadline = Date.now() + timeout; isRunning(process); await sleep(50))
    if (Date.now() > deadline) return false;
  return true;
}
