import { spoolFailure } from './errors.ts';
import type { SpoolFile } from './files.ts';
import { claimedBytes, HEADER_BYTES, isIntact, isOfLaterVersion, nextMark } from './frame.ts';

/** What is in a segment at a place: a frame as it was written, or bytes that are none. */
export type Found = { start: number; end: number } & (
  | { kind: 'frame'; frame: Buffer }
  /** `isTail`: no frame comes after it. */
  | { kind: 'damage'; isTail: boolean }
);

/** Read at a time. */
const WINDOW_BYTES = 256 * 1024;
/** What a disk gives or refuses at a time, at the most. */
const BLOCK_BYTES = 4 * 1024;
/** Bytes of a mark that may stand at the end of one window, the rest in the next. */
const MARK_OVERLAP = 2;

/** Reads a segment frame by frame, and finds the next one behind whatever is damaged. */
export class SegmentReader {
  readonly #file: SpoolFile;
  readonly #salt: number;
  #offset: number;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  /** Begins at an offset, which is where a frame begins. */
  constructor(file: SpoolFile, salt: number, offset: number) {
    this.#file = file;
    this.#salt = salt;
    this.#offset = offset;
  }

  /**
   * What comes next before `end`, where the last frame ends (or the file, after a crash); null when nothing does.
   * @throws Failure `spool_newer` where a frame of a later version stands
   */
  async next(end: number): Promise<Found | null> {
    const start = this.#offset;
    if (start >= end) return null;
    const frame = await this.#frameAt(start, end);
    if (frame !== undefined) {
      this.#offset = start + frame.length;
      return { kind: 'frame', start, end: this.#offset, frame };
    }
    const resumed = await this.#search(start + 1, end);
    this.#offset = resumed ?? end;
    return { kind: 'damage', start, end: this.#offset, isTail: resumed === undefined };
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #frameAt(at: number, end: number): Promise<Buffer | undefined> {
    if (at + HEADER_BYTES > end) return undefined;
    const bytes = claimedBytes(await this.#bytes(at, HEADER_BYTES, end), at);
    if (bytes === undefined || at + bytes > end) return undefined;
    const frame = await this.#bytes(at, bytes, end);
    if (!isIntact(frame, this.#salt)) return undefined;
    if (isOfLaterVersion(frame))
      throw spoolFailure('spool_newer', 'the spool holds events that a later version of Footfall has taken');
    return frame;
  }

  async #search(from: number, end: number): Promise<number | undefined> {
    for (let at = from; at + HEADER_BYTES <= end; ) {
      const bytes = await this.#bytes(at, Math.min(WINDOW_BYTES, end - at), end);
      const mark = nextMark(bytes);
      if (mark === -1) {
        at += bytes.length - MARK_OVERLAP;
        continue;
      }
      at += mark;
      if ((await this.#frameAt(at, end)) !== undefined) return at;
      at += 1;
    }
    return undefined;
  }

  /** `count` bytes from a place on, which lie before `end`. */
  async #bytes(at: number, count: number, end: number): Promise<Buffer> {
    const from = at - this.#windowStart;
    if (from >= 0 && from + count <= this.#window.length) return this.#window.subarray(from, from + count);
    this.#window = await this.#read(at, Math.min(Math.max(count, WINDOW_BYTES), end - at));
    this.#windowStart = at;
    return this.#window.subarray(0, count);
  }

  /** What the disk cannot read, and what the file does not have, are zeros: no frame is made of them. */
  async #read(position: number, count: number): Promise<Buffer> {
    const into = Buffer.alloc(count);
    for (let done = 0; done < count; ) {
      const rest = into.subarray(done);
      const read = await this.#file.read(rest, position + done).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EIO') throw error;
        return this.#readBlock(rest, position + done);
      });
      if (read === 0) break;
      done += read;
    }
    return into;
  }

  /** One block at most; a bad one is passed over. */
  async #readBlock(into: Buffer, position: number): Promise<number> {
    const block = into.subarray(0, BLOCK_BYTES - (position % BLOCK_BYTES));
    try {
      return await this.#file.read(block, position);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EIO') throw error;
      block.fill(0);
      return block.length;
    }
  }
}
