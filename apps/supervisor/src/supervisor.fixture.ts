import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { serviceEnvironment } from '@footfall/config/config';
import type { VariableName } from '@footfall/config/variables';
import { dataDirAt, ROOT } from '@footfall/installation/data-dir';
import { isRunning, type ProcessRef, processRef } from '@footfall/installation/process';
import type { Runtime } from '@footfall/installation/runtime';
import { freePort } from '@footfall/postgres/free-port';

export type Variables = Partial<Record<VariableName, string>>;

/** Variables of an installation that nobody else uses. */
export async function ownVariables(): Promise<
  Required<Pick<Record<VariableName, string>, 'FOOTFALL_DATA_DIR'>> & Variables
> {
  return {
    WEB_PORT: String(await freePort()),
    COLLECTOR_PORT: String(await freePort()),
    FOOTFALL_DATA_DIR: await mkdtemp(path.join(tmpdir(), 'footfall-supervisor-')),
    FOOTFALL_DEMO: '0',
  };
}

/** How to start a supervisor: by itself, or as operators do. */
export type Way = { command: string; args: readonly string[] };

const DIRECTLY: Way = { command: process.execPath, args: ['apps/supervisor/src/main.ts'] };
export const NPM_START: Way = { command: 'npm', args: ['start'] };

/** A supervisor as a child process in a group of its own, with what it printed. */
export class SupervisorProcess {
  readonly child: ChildProcess;
  readonly out: string[] = [];
  readonly err: string[] = [];
  /** Resolves with the exit code, or the signal that ended it, when nobody can write to its output any more. */
  readonly exit: Promise<number | string>;
  readonly #dataDir: string;

  constructor(variables: Variables & { FOOTFALL_DATA_DIR: string }, { command, args }: Way = DIRECTLY) {
    this.#dataDir = variables.FOOTFALL_DATA_DIR;
    this.child = spawn(command, args, {
      cwd: ROOT,
      env: serviceEnvironment({ ...variables, NODE_ENV: 'production' }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    const read = (
      [
        [this.child.stdout, this.out],
        [this.child.stderr, this.err],
      ] as const
    ).map(async ([stream, lines]) => {
      if (stream !== null) for await (const line of createInterface({ input: stream })) lines.push(line);
    });
    // With the streams, so that nothing it said is missed. ("close" does not come when this side has closed the channel.)
    this.exit = Promise.all([once(this.child, 'exit'), ...read]).then(([[code, signal]]) => code ?? signal);
  }

  /** Waits for the line that says so; fails with what was said when it ends instead. */
  async ready(): Promise<void> {
    let ended = false;
    void this.exit.then(() => {
      ended = true;
    });
    while (!this.out.some((line) => line.startsWith('ready '))) {
      if (ended) throw new Error(`the supervisor ended: ${this.err.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async runtime(): Promise<Runtime> {
    return JSON.parse(await readFile(dataDirAt(this.#dataDir).runtime, 'utf8')) as Runtime;
  }

  /** Every process of the installation but the supervisor. */
  async processes(): Promise<ProcessRef[]> {
    const { services, postgres } = await this.runtime();
    return [...Object.values(services), ...(postgres === null ? [] : [processRef(postgres.pid)])];
  }

  hasRuntime(): boolean {
    return existsSync(dataDirAt(this.#dataDir).runtime);
  }

  async stop(): Promise<number | string> {
    this.child.kill('SIGTERM');
    return this.exit;
  }
}

export const running = (processes: readonly ProcessRef[]) => processes.filter(isRunning);

export function removeDataDir({ FOOTFALL_DATA_DIR }: { FOOTFALL_DATA_DIR: string }): Promise<void> {
  return rm(FOOTFALL_DATA_DIR, { recursive: true, force: true });
}

export type AdminAnswer = { code: number; out: string; err: string };

/** Runs the operator's command line. */
export function admin(variables: Variables, args: readonly string[]): Promise<AdminAnswer> {
  const env = serviceEnvironment({ ...variables, NODE_ENV: 'production' });
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [path.join(ROOT, 'apps/admin/src/main.ts'), ...args],
      { env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}
