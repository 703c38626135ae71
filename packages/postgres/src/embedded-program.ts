import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Identity } from './embedded-identity.ts';

/** A program of Postgres that was started. */
export type Program = {
  /** 0 when it could not be started. */
  pid: number;
  /** Resolves when it has ended, however. */
  ended: Promise<void>;
  hasEnded(): boolean;
  /** Its exit code; null while it runs, after a signal, and when it could not be started. */
  code(): number | null;
  signal(name: 'SIGINT' | 'SIGQUIT'): void;
};

/** Starts a program as an identity, with its output appended to a file. */
export function startProgram(as: Identity, log: string, command: readonly string[]): Program {
  const [file = '', ...args] = [...as.prefix, ...command];
  const output = openSync(log, 'a', 0o600);
  // A session of its own, so that Ctrl-C in the terminal reaches the supervisor only.
  const child = spawn(file, args, {
    stdio: ['ignore', output, output],
    detached: true,
    windowsHide: true,
    ...as.spawn,
  });
  closeSync(output);
  let over = false;
  const ended = new Promise<void>((resolve) => {
    for (const event of ['exit', 'error']) child.once(event, () => resolve());
  }).then(() => {
    over = true;
  });
  return {
    pid: child.pid ?? 0,
    ended,
    hasEnded: () => over,
    // Node has the error's number as the exit code of what it could not start.
    code: () => (child.pid === undefined ? null : child.exitCode),
    signal: (name) => void child.kill(name),
  };
}

/** Bytes of a file; 0 when there is none. */
export async function fileSize(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** What the last matching line of a log says, from a byte on: the first group that matched; undefined when none does. */
export async function complaintSince(
  log: string,
  from: number,
  pattern: RegExp,
): Promise<string | undefined> {
  const lines = (await readFile(log)).subarray(from).toString('utf8').split('\n');
  const match = lines.findLast((line) => pattern.test(line))?.match(pattern);
  return match?.slice(1).find((group) => group !== undefined);
}
