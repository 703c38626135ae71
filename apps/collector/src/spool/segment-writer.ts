import { spoolFailure } from './errors.ts';
import { type SpoolFile, type SpoolFiles, writeAll } from './files.ts';
import { type Draft, sealFrame } from './frame.ts';
import { newSegment, type Segment } from './segment.ts';

/** The codes of a file system that has no room: full, over a quota, over the size that the process may write. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

export type WriterOptions = {
  folder: string;
  files: SpoolFiles;
  /** A segment that has as many bytes gets no more frames. */
  segmentBytes: number;
  /** Of the first segment to be made. */
  firstNumber: number;
};

/** Writes frames into segments, new ones as they fill. */
export class SegmentWriter {
  readonly #options: WriterOptions;
  readonly #onNew: (segment: Segment) => void;
  #nextNumber: number;
  #current: { segment: Segment; file: SpoolFile } | undefined;

  constructor(options: WriterOptions, onNew: (segment: Segment) => void) {
    this.#options = options;
    this.#onNew = onNew;
    this.#nextNumber = options.firstNumber;
  }

  /** The segment that frames are appended to now; all others stay as they are. */
  get current(): Segment | undefined {
    return this.#current?.segment;
  }

  /**
   * Appends frames and resolves when they are on the disk: where each ends.
   * @throws Failure `spool_full`, `spool_failed`; then none of them is in the spool
   */
  async write(drafts: readonly Draft[]): Promise<{ segment: Segment; ends: number[] }> {
    try {
      const { segment, file } = await this.#roomy();
      const ends: number[] = [];
      let offset = segment.size;
      for (const { bytes } of drafts) {
        sealFrame(bytes, { salt: segment.salt, offset });
        offset += bytes.length;
        ends.push(offset);
      }
      const [first] = drafts;
      const isOne = drafts.length === 1 && first !== undefined;
      await this.#append(
        file,
        segment,
        isOne ? first.bytes : Buffer.concat(drafts.map(({ bytes }) => bytes)),
      );
      return { segment, ends };
    } catch (cause) {
      const isFull = NO_ROOM.has((cause as NodeJS.ErrnoException).code ?? '');
      throw isFull
        ? spoolFailure('spool_full', 'the disk of the spool is full', { cause })
        : spoolFailure('spool_failed', 'the spool cannot be written', { cause });
    }
  }

  /** Ends the current segment: the next frame begins another. */
  async close(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    await current?.file.close();
  }

  async #append(file: SpoolFile, segment: Segment, bytes: Buffer): Promise<void> {
    try {
      await writeAll(file, bytes, segment.size);
    } catch (error) {
      await this.#cut(file, segment);
      throw error;
    }
    try {
      await file.sync();
    } catch (error) {
      // The system has forgotten what it could not write, and will say that all is well when it is asked once more: whatever this file
      // is given from now on cannot be trusted to be on the disk. What was synced before is.
      await this.#cut(file, segment);
      await this.#abandon();
      throw error;
    }
    segment.size += bytes.length;
  }

  /** Takes away what a failed write has left. Where that fails, too, the next frame goes elsewhere. */
  async #cut(file: SpoolFile, segment: Segment): Promise<void> {
    try {
      await file.truncate(segment.size);
    } catch {
      // The failed write is what is told.
      await this.#abandon();
    }
  }

  async #abandon(): Promise<void> {
    // A file that could not be written may not close well either; nothing of it is needed but its bytes on the disk.
    await this.close().catch(() => undefined);
  }

  async #roomy(): Promise<{ segment: Segment; file: SpoolFile }> {
    if (this.#current !== undefined) {
      if (this.#current.segment.size < this.#options.segmentBytes) return this.#current;
      await this.close();
    }
    const { folder, files } = this.#options;
    const segment = newSegment(folder, this.#nextNumber);
    this.#nextNumber += 1;
    const file = await files.create(segment.path);
    try {
      await files.syncFolder(folder);
    } catch (error) {
      await file.close();
      await files.remove(segment.path);
      throw error;
    }
    this.#current = { segment, file };
    this.#onNew(segment);
    return this.#current;
  }
}
