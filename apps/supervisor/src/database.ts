import { oneLine } from '@footfall/installation/one-line';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { backoffPause, countFailure } from '@footfall/timing/backoff';
import { sleep } from '@footfall/timing/sleep';
import { HEALTHY_MS, RESTART } from './restart.ts';
import type { Terminal } from './terminal.ts';

/** Rolling back open transactions is quick; beyond this the server is told to leave without a checkpoint, which costs a recovery and no data. */
const STOP_MS = 10_000;

export type DatabaseHost = { terminal: Terminal; onChange: () => void };
type Settings = { dataDir: string; password: string };

/** The embedded Postgres, kept running at one address until it is told to stop. */
export class SupervisedDatabase {
  readonly #settings: Settings;
  readonly #host: DatabaseHost;
  #postgres: EmbeddedPostgres;
  #startedAt = Date.now();
  /** Early ends in a row. */
  #failures = 0;
  readonly #stopping = new AbortController();
  #restarting: Promise<void> = Promise.resolve();

  private constructor(settings: Settings, host: DatabaseHost, postgres: EmbeddedPostgres) {
    this.#settings = settings;
    this.#host = host;
    this.#postgres = postgres;
    this.#watch();
  }

  /** @throws Failure `embedded_unavailable`, `embedded_failed` */
  static async start(settings: Settings, host: DatabaseHost): Promise<SupervisedDatabase> {
    return new SupervisedDatabase(settings, host, await startEmbeddedPostgres(settings));
  }

  get url(): string {
    return this.#postgres.url;
  }

  runtime(): { pid: number; port: number } {
    return { pid: this.#postgres.pid, port: this.#postgres.port };
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#restarting;
    const { pid } = this.#postgres;
    const timeout = setTimeout(() => process.kill(pid, 'SIGQUIT'), STOP_MS);
    await this.#postgres.stop();
    clearTimeout(timeout);
  }

  #watch(): void {
    void this.#postgres.stopped.then(() => {
      if (!this.#stopping.signal.aborted) this.#restarting = this.#startAgain();
    });
  }

  async #startAgain(): Promise<void> {
    const { signal } = this.#stopping;
    const { port } = this.#postgres;
    while (!signal.aborted) {
      this.#failures = countFailure(this.#failures, {
        ranMs: Date.now() - this.#startedAt,
        healthyMs: HEALTHY_MS,
      });
      const delay = backoffPause(this.#failures, RESTART);
      this.#host.terminal.note(`postgres ended; starting it again in ${delay / 1000} s`);
      await sleep(delay, signal);
      if (signal.aborted) return;
      this.#startedAt = Date.now();
      try {
        // The same port: services know the address they were given.
        this.#postgres = await startEmbeddedPostgres({ ...this.#settings, port });
        this.#watch();
        this.#host.onChange();
        return;
      } catch (error) {
        this.#host.terminal.trouble('postgres', oneLine(error));
      }
    }
  }
}
