import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

const MAX_BYTES = 5_000_000;

/**
 * A log file that keeps its latest lines: when it is full it becomes `<file>.1`, in place of the one before. Lines are few and
 * written at once, so that the last ones are there when everything ends.
 */
export class LogFile {
  readonly #file: string;
  readonly #maxBytes: number;
  #handle: number;
  #bytes: number;

  constructor(file: string, maxBytes = MAX_BYTES) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#handle = openSync(file, 'a', 0o600);
    this.#bytes = fstatSync(this.#handle).size;
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    try {
      if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) this.#rotate();
      writeSync(this.#handle, `${line}\n`);
      this.#bytes += bytes;
    } catch {
      // A full disk must not stop what serves; the services' own errors say what is wrong.
    }
  }

  close(): void {
    closeSync(this.#handle);
  }

  #rotate(): void {
    renameSync(this.#file, `${this.#file}.1`);
    closeSync(this.#handle);
    this.#handle = openSync(this.#file, 'a', 0o600);
    this.#bytes = 0;
  }
}
