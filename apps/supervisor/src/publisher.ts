import type { DataDir } from '@footfall/installation/data-dir';
import { oneLine } from '@footfall/installation/one-line';
import { clearRuntime, type Runtime, writeRuntime } from '@footfall/installation/runtime';
import type { Terminal } from './terminal.ts';

/** Keeps runtime.json true: every change is written, one after the other, until it is closed. */
export class Publisher {
  readonly #dataDir: DataDir;
  readonly #terminal: Terminal;
  readonly #read: () => Runtime;
  #last: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(dataDir: DataDir, terminal: Terminal, read: () => Runtime) {
    this.#dataDir = dataDir;
    this.#terminal = terminal;
    this.#read = read;
  }

  changed(): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (this.#closed) return;
      await writeRuntime(this.#dataDir, this.#read()).catch((error: unknown) =>
        this.#terminal.trouble('supervisor', `runtime.json cannot be written: ${oneLine(error)}`),
      );
    });
    return this.#last;
  }

  /** Forgets the runtime: from now on nobody takes the installation for running. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    await clearRuntime(this.#dataDir);
  }
}
