import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';

const MAX_BYTES = 5_000_000;

/** A log file that keeps its latest lines: when it is full it becomes `<file>.1`, in place of the one before. */
export class LogFile {
  readonly #file: string;
  readonly #maxBytes: number;
  #stream: WriteStream;
  #bytes: number;

  constructor(file: string, maxBytes = MAX_BYTES) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    this.#stream = this.#open();
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    if (this.#bytes + bytes > this.#maxBytes && this.#bytes > 0) this.#rotate();
    this.#bytes += bytes;
    this.#stream.write(`${line}\n`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#stream.end(() => resolve()));
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#file, { flags: 'a', mode: 0o600 });
    // A full disk must not stop what serves; the services' own errors say what is wrong.
    stream.on('error', () => undefined);
    return stream;
  }

  #rotate(): void {
    this.#stream.end();
    try {
      renameSync(this.#file, `${this.#file}.1`);
    } catch (error) {
      // The file is made when its stream has opened, or somebody removed it: there is nothing to keep.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    this.#bytes = 0;
    this.#stream = this.#open();
  }
}
