import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

const MAX_BYTES = 5_000_000;

/**
 * A log file that keeps its latest lines: when it is full it becomes `<file>.1`, in place of the one before. Lines are few and
 * written at once, so that the last ones are there when everything ends.
 */
export class LogFile {
  readonly #file: string;
  readonly #maxBytes: number;
  /** Null when it is closed: the number may be another file's by then. */
  #handle: number | null;
  #bytes: number;

  constructor(file: string, maxBytes = MAX_BYTES) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#handle = openSync(file, 'a', 0o600);
    this.#bytes = fstatSync(this.#handle).size;
  }

  /** Adds a line; one that comes after the end, from somebody who inherited the output of a service, is dropped. */
  write(line: string): void {
    if (this.#handle === null) return;
    const bytes = Buffer.byteLength(line) + 1;
    try {
      if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) this.#handle = this.#rotate(this.#handle);
      writeSync(this.#handle, `${line}\n`);
      this.#bytes += bytes;
    } catch {
      // A full disk must not stop what serves; the services' own errors say what is wrong.
    }
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }

  #rotate(full: number): number {
    renameSync(this.#file, `${this.#file}.1`);
    const next = openSync(this.#file, 'a', 0o600);
    closeSync(full);
    this.#bytes = 0;
    return next;
  }
}
