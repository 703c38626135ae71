import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '@footfall/installation/data-dir';
import { processRef } from '@footfall/installation/process';
import type { ServiceRuntime } from '@footfall/installation/runtime';
import { backoffPause, countFailure } from '@footfall/timing/backoff';
import { LogFile } from './log-file.ts';
import { isTrouble, parseLogLine } from './log-line.ts';
import { HEALTHY_MS, RESTART } from './restart.ts';
import type { Terminal } from './terminal.ts';

export type ServiceSpec = {
  name: string;
  /** Arguments of Node: the script and its own. */
  args: readonly string[];
  env: Record<string, string | undefined>;
  /** Where it listens; 0: where its ready message says. */
  port: number;
  /** What answers with 200 when it can do its work, at the port that it listens on. */
  findReadyUrl: (port: number) => string;
};

export type ServiceHost = {
  logFile: string;
  terminal: Terminal;
  /** Called when its process id, port or count of restarts has changed. */
  onChange: () => void;
};

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

function howItEnded(child: ChildProcess): string {
  return child.signalCode === null ? `exit code ${child.exitCode}` : child.signalCode;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not listening yet, or busy starting: the same as "no".
    return false;
  }
}

/** A process that is kept running until it is told to stop. */
export class Service {
  readonly spec: ServiceSpec;
  readonly #host: ServiceHost;
  readonly #log: LogFile;
  #child: ChildProcess | null = null;
  #exited: Promise<unknown> = Promise.resolve();
  /** All it wrote has been read. */
  #closed: Promise<unknown> = Promise.resolve();
  #port: number;
  #startedAt = 0;
  /** Early ends in a row. */
  #failures = 0;
  #restarts = 0;
  #restart: NodeJS.Timeout | undefined;
  /** An end during the first start fails the start; later ends are restarts. */
  #established = false;
  #stopping = false;
  #lastTrouble: string | null = null;

  constructor(spec: ServiceSpec, host: ServiceHost) {
    this.spec = spec;
    this.#host = host;
    this.#log = new LogFile(host.logFile);
    this.#port = spec.port;
  }

  /** Starts the process; see {@link whenReady} for the rest of the start. */
  start(): void {
    this.#startedAt = Date.now();
    this.#port = this.spec.port;
    const child = spawn(process.execPath, this.spec.args, {
      cwd: ROOT,
      env: this.spec.env,
      // A process group of its own: Ctrl-C in the terminal is the supervisor's to handle, in the right order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.#exited = once(child, 'exit').catch(() => undefined);
    this.#closed = once(child, 'close').catch(() => undefined);
    child.on('message', (message) => this.#onMessage(message));
    child.on('error', (error) => this.#trouble(`cannot be run: ${error.message}`));
    child.once('exit', () => this.#onEnd(child));
    this.#follow(child);
    this.#host.onChange();
  }

  /**
   * Resolves when the service answers that it can do its work.
   * @throws Error with one line when it ends before that, or does not answer within `timeout` milliseconds
   */
  async whenReady(signal: AbortSignal, timeout = 120_000): Promise<void> {
    for (const deadline = Date.now() + timeout; ; await sleep(50)) {
      signal.throwIfAborted();
      const child = this.#child;
      if (child !== null && hasEnded(child)) {
        await this.#lastWords();
        throw new Error(
          `${this.spec.name} did not start: ${this.#lastTrouble ?? howItEnded(child)}; see ${this.#host.logFile}`,
        );
      }
      if (this.#port > 0 && (await answers(this.spec.findReadyUrl(this.#port)))) {
        this.#established = true;
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(
          `${this.spec.name} does not get ready within ${timeout / 1000} s${this.#lastTrouble === null ? '' : `: ${this.#lastTrouble}`}; see ${this.#host.logFile}`,
        );
      }
    }
  }

  runtime(): ServiceRuntime {
    return { ...processRef(this.#child?.pid ?? 0), port: this.#port, restarts: this.#restarts };
  }

  /** Asks the process to end and waits; what has not ended at `deadline` (epoch milliseconds) is killed. */
  async stop(deadline: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (child !== null && !hasEnded(child)) {
      child.kill('SIGTERM');
      await Promise.race([
        this.#exited,
        sleep(Math.max(500, deadline - Date.now()), undefined, { ref: false }),
      ]);
      if (!hasEnded(child)) {
        this.#host.terminal.note(`${this.spec.name} does not stop; killing it`);
        this.#killGroup(child);
      }
      await this.#exited;
    }
    await this.#lastWords();
    this.#log.close();
  }

  /** Waits for the rest of the output; somebody who inherited the pipe may keep it open for ever. */
  async #lastWords(): Promise<void> {
    await Promise.race([this.#closed, sleep(1_000, undefined, { ref: false })]);
  }

  #killGroup(child: ChildProcess): void {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // No such group any more, or no groups on this system: the process itself it is.
      child.kill('SIGKILL');
    }
  }

  #onMessage(message: unknown): void {
    const { type, port } = (message ?? {}) as { type?: unknown; port?: unknown };
    if (type !== 'ready' || typeof port !== 'number') return;
    this.#port = port;
    this.#host.onChange();
  }

  #follow(child: ChildProcess): void {
    for (const [stream, fallback] of [[child.stdout, 'info'] as const, [child.stderr, 'error'] as const]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        this.#log.write(line);
        const parsed = parseLogLine(line, fallback);
        if (line.trim() !== '' && isTrouble(parsed)) this.#trouble(parsed.text);
      });
    }
  }

  #trouble(text: string): void {
    this.#lastTrouble = text;
    // A failed start is told once, by whoever waits for it.
    if (this.#established) this.#host.terminal.trouble(this.spec.name, text);
  }

  #onEnd(child: ChildProcess): void {
    if (this.#stopping || !this.#established) return;
    this.#failures = countFailure(this.#failures, {
      ranMs: Date.now() - this.#startedAt,
      healthyMs: HEALTHY_MS,
    });
    const delay = backoffPause(this.#failures, RESTART);
    this.#host.terminal.note(
      `${this.spec.name} ended (${howItEnded(child)}); starting it again in ${delay / 1000} s`,
    );
    this.#restarts += 1;
    this.#restart = setTimeout(() => this.start(), delay);
  }
}
