import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { serviceEnvironment } from '@footfall/config/config';
import type { VariableName } from '@footfall/config/variables';
import { freePort } from '@footfall/postgres/free-port';

/** A collector in a process of its own, as it is started in production. */
export type CollectorProcess = {
  child: ChildProcess;
  url: string;
  port: number;
  stdout: Promise<string>;
  stderr: Promise<string>;
  exit: Promise<number | null>;
  /** Resolves when it serves. */
  ready(): Promise<void>;
  /** Stops it as an operator does; rejects unless it ends well. */
  stop(): Promise<void>;
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>;
};

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Starts a collector. `shell` runs before it in the same process, such as a limit of what it may write. */
export async function startProcess(
  variables: Partial<Record<VariableName, string>>,
  shell?: string,
): Promise<CollectorProcess> {
  const port = await freePort();
  const env = serviceEnvironment({
    FOOTFALL_SECRET: 'x'.repeat(32),
    COLLECTOR_PORT: String(port),
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'debug',
    ...variables,
  });
  const [program, args] =
    shell === undefined
      ? [process.execPath, [MAIN]]
      : ['bash', ['-c', `${shell}; exec "$0" "$1"`, process.execPath, MAIN]];
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  if (child.stdout === null || child.stderr === null) throw new Error('no output');
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const serves = once(child, 'message');
  return {
    child,
    url: `http://127.0.0.1:${port}`,
    port,
    stdout,
    stderr,
    exit,
    ready: async () => {
      const ended = exit.then(async () => {
        throw new Error(`the collector ended: ${await stdout}${await stderr}`);
      });
      await Promise.race([serves, ended]);
    },
    stop: async () => {
      child.kill('SIGTERM');
      if ((await exit) !== 0) throw new Error(`the collector did not end well: ${await stdout}`);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
