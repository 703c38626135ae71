import { Failure } from '@footfall/core/failure';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { GroupCommit } from '@footfall/eventlog/group-commit';
import { fileProblem } from '@footfall/files/file-problem';
import { Backlog } from './backlog.ts';
import { spoolFailure } from './errors.ts';
import type { SpoolFiles } from './files.ts';
import { type Draft, draftFrame, readRecords, readSummary, type Summary } from './frame.ts';
import { type Position, PositionFile } from './position.ts';
import { type Segment, segmentsAmong } from './segment.ts';
import { type Found, SegmentReader } from './segment-reader.ts';
import { SegmentWriter } from './segment-writer.ts';

/** Bytes that share one write: more would make a single request wait. */
const MAX_GROUP_BYTES = 4 * 1024 * 1024;
/** Bytes of records that may wait for the disk: bounds memory. */
const MAX_WAITING_BYTES = 32 * 1024 * 1024;
const MAX_SEGMENT_BYTES = 64 * 1024 * 1024;
const MIN_SEGMENT_BYTES = 64 * 1024;
/** Segments that a spool is cut into at least, so that a small one has room again before it is empty. */
const SEGMENTS = 16;
/** What is handed to the log at a time: as a large request, and a transaction or a record batch of a usual size. */
const BATCH = { records: 2_000, bytes: 1024 * 1024 };
/** How old a look at the disk's free space may be, milliseconds. */
const SPACE_AGE_MS = 1_000;
/** How long a failed write is held to tell how the next will go, milliseconds. */
const PROBLEM_MS = 5_000;
/** Of the disk that the spool leaves free: a database on the same disk needs room to come back. */
const RESERVE = { share: 0.05, bytes: 512 * 1024 * 1024 };

/** What is told of a spool as it happens. */
export type SpoolListener = {
  spooled(records: number): void;
  drained(records: number): void;
  /** Bytes that are not a frame. `torn`: a write that a crash cut off, which nobody was answered for; `damaged`: events may be lost. */
  skipped(what: { path: string; start: number; end: number; kind: 'torn' | 'damaged' }): void;
  /** The log refuses these records for good; they are kept beside the spool. */
  refused(records: readonly LogRecord[], error: unknown): void;
  /** A batch leaves the spool before the ledger could be told: for a moment its events may be counted twice there. */
  notWithdrawn(): void;
  /** Something went wrong that costs nothing but time or space. */
  trouble(what: string, error: unknown): void;
};

export type SpoolOptions = {
  folder: string;
  files: SpoolFiles;
  news: SpoolListener;
  /** Bytes that the spool may take on the disk. */
  maxBytes: number;
};

/** Records in the order in which they came, for the log. */
export type Batch = {
  records: LogRecord[];
  summaries: Summary[];
  /** What lies before it is in the log, or damaged, once this batch is. */
  end: Position;
};

/** The segments that a process found when it began are not its own: a crash may have cut off the last write. */
type Held = Segment & { isFound: boolean };
type Read = { segment: Held; found: Found };

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

/**
 * Records on disk, first in, first out. What {@link append} resolved for survives the process and the machine, until {@link done}
 * was told that the log has it; after a crash records may come again. One process at a time has a spool.
 */
export class Spool {
  readonly backlog = new Backlog();
  readonly #options: SpoolOptions;
  readonly #position: PositionFile;
  readonly #writer: SegmentWriter;
  readonly #commit: GroupCommit<Draft>;
  /** Those with anything that is not done, in order. */
  #segments: Held[];
  #doneOffset = 0;
  #reading: { segment: Held; reader: SegmentReader } | undefined;
  #problem: { text: string; until: number } | undefined;
  #space = { checkedAt: Number.NEGATIVE_INFINITY, isShort: false };

  private constructor(
    options: SpoolOptions,
    found: { segments: Held[]; position: Position | null; file: PositionFile },
  ) {
    const { segments, position, file } = found;
    this.#options = options;
    this.#position = file;
    this.#segments = segments;
    const { folder, files, maxBytes } = options;
    const segmentBytes = Math.min(MAX_SEGMENT_BYTES, Math.max(MIN_SEGMENT_BYTES, maxBytes / SEGMENTS));
    const firstNumber = Math.max(segments.at(-1)?.number ?? 0, position?.segment ?? 0) + 1;
    this.#writer = new SegmentWriter({ folder, files, segmentBytes, firstNumber }, (segment) => {
      this.#segments.push(Object.assign(segment, { isFound: false }));
    });
    this.#commit = new GroupCommit({
      write: (drafts) => this.#write(drafts),
      sizeOf: ({ bytes }) => bytes.length,
      maxGroup: MAX_GROUP_BYTES,
    });
  }

  /** Opens what a folder holds; the caller is the only one who has it. */
  static async open(options: SpoolOptions): Promise<Spool> {
    const { folder, files } = options;
    const all = segmentsAmong(folder, await files.list(folder));
    for (const segment of all) {
      const file = await files.open(segment.path, 'r');
      segment.size = await file.size();
      await file.close();
    }
    const file = new PositionFile(folder, files);
    const position = await file.read();
    // A position in a segment that is gone, or was never this one, says nothing of the others.
    const reached = all.find(({ number, salt }) => number === position?.segment && salt === position.salt);
    const spool = new Spool(options, {
      segments: all.map((segment) => ({ ...segment, isFound: true })),
      position,
      file,
    });
    if (reached === undefined || position === null) return spool;
    await spool.#dropBefore(reached.number);
    spool.#doneOffset = Math.min(position.offset, reached.size);
    return spool;
  }

  /** Nothing is in the spool, and nothing on its way into it. */
  get isEmpty(): boolean {
    return this.#commit.size === 0 && this.unread === 0;
  }

  /** Bytes of frames that are not done. */
  get unread(): number {
    return this.#segments.reduce((sum, { size }) => sum + size, -this.#doneOffset);
  }

  /** Bytes that it takes on the disk once all is there that is on its way. */
  get expected(): number {
    return this.bytes + this.#commit.size;
  }

  /** Bytes that it may take on the disk. */
  get maxBytes(): number {
    return this.#options.maxBytes;
  }

  /** Bytes that it takes on the disk. */
  get bytes(): number {
    return this.#segments.reduce((sum, { size }) => sum + size, 0);
  }

  /** Why it takes nothing now, as far as it knows; null when it does. */
  get problem(): string | null {
    // Nobody may be sending any more, just because it was told: it has to be tried again.
    return this.#problem !== undefined && performance.now() < this.#problem.until ? this.#problem.text : null;
  }

  /** Counts what is in the segments that were found. Whoever reads the spool waits for it; appending need not. */
  async count(): Promise<void> {
    const skip = this.#doneOffset;
    for (const segment of this.#segments.filter(({ isFound }) => isFound)) {
      await this.#countSegment(segment, segment === this.#segments[0] ? skip : 0).catch((error: unknown) => {
        this.#options.news.trouble(
          `${segment.path} cannot be counted, so the ledger lacks what is in it for now`,
          error,
        );
      });
    }
  }

  async #countSegment(segment: Segment, from: number): Promise<void> {
    const reader = await this.#reader(segment, from);
    try {
      for (
        let found = await reader.next(segment.size);
        found !== null;
        found = await reader.next(segment.size)
      ) {
        if (found.kind === 'frame') this.backlog.add(segment.number, found.end, readSummary(found.frame));
      }
    } finally {
      await reader.close();
    }
  }

  /**
   * Resolves when the records are on the disk.
   * @throws Failure `spool_full`, `spool_failed`, `spool_overloaded`: none of the records is in the spool; `invalid_record` of the log
   */
  async append(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    const draft = draftFrame(records);
    const waiting = this.#commit.size + draft.bytes.length;
    if (this.bytes + waiting > this.#options.maxBytes)
      throw this.#noted(
        spoolFailure('spool_full', `it has the ${megabytes(this.#options.maxBytes)} that it may have`),
      );
    if (waiting > MAX_WAITING_BYTES)
      throw this.#noted(spoolFailure('spool_overloaded', 'the disk takes events slower than they come'));
    await this.#commit.add(draft);
    this.#options.news.spooled(records.length);
  }

  /** Resolves when what was appended so far is on the disk, or refused. */
  idle(): Promise<void> {
    return this.#commit.idle();
  }

  /** The next records; null when no more are on the disk. What was handed out does not come again from this object. */
  async next(): Promise<Batch | null> {
    const batch: Batch = { records: [], summaries: [], end: { segment: 0, salt: 0, offset: 0 } };
    let bytes = 0;
    try {
      while (batch.records.length < BATCH.records && bytes < BATCH.bytes) {
        const read = await this.#read();
        if (read === null) break;
        const { segment, found } = read;
        bytes += found.end - found.start;
        batch.end = { segment: segment.number, salt: segment.salt, offset: found.end };
        this.#gather(batch, read);
      }
    } catch (error) {
      // What was read of the batch so far must come again, unless nothing will make more of it.
      await this.#stopReading();
      const isNewer = error instanceof Failure && error.code === 'spool_newer';
      if (!isNewer || batch.end.segment === 0) throw error;
    }
    return batch.end.segment === 0 ? null : batch;
  }

  /** The log has a batch, and all before it: it is not needed any more. */
  async done({ end, summaries }: Batch): Promise<void> {
    this.backlog.passed(end.segment, end.offset, summaries);
    await this.#position.write(end).catch((error: unknown) => {
      this.#options.news.trouble(
        'how far the spool was read cannot be noted; after a crash events come twice',
        error,
      );
    });
    await this.#dropBefore(end.segment);
    this.#doneOffset = end.offset;
    const [first] = this.#segments;
    if (first?.size === end.offset && first.number !== this.#writer.current?.number)
      await this.#dropBefore(end.segment + 1);
    if (this.isEmpty) await this.#clear();
  }

  /** A spool that is empty takes no space, and nothing of it can come again. */
  async #clear(): Promise<void> {
    this.backlog.clear();
    const last = this.#segments.at(-1)?.number ?? 0;
    const closing = this.#writer.close();
    await closing.catch((error: unknown) => this.#options.news.trouble('a segment cannot be closed', error));
    await this.#dropBefore(last + 1);
  }

  /** Lets the files go; what is in them stays. */
  async close(): Promise<void> {
    await this.#commit.idle();
    await this.#writer.close();
    await this.#stopReading();
    await this.#position.close();
  }

  #noted(error: Error): Error {
    this.#problem = { text: fileProblem(error) ?? error.message, until: performance.now() + PROBLEM_MS };
    return error;
  }

  async #write(drafts: readonly Draft[]): Promise<void> {
    try {
      await this.#checkSpace();
      const { segment, ends } = await this.#writer.write(drafts);
      for (const [index, { summary }] of drafts.entries())
        this.backlog.add(segment.number, ends[index] ?? 0, summary);
      this.#problem = undefined;
    } catch (error) {
      await this.#dropHollow();
      throw this.#noted(error as Error);
    }
  }

  /** Deletes the segments that were given up before anything was in them: on a broken disk there would be ever more. */
  async #dropHollow(): Promise<void> {
    const kept = (segment: Held) =>
      segment.size > 0 ||
      segment.isFound ||
      segment.number === this.#writer.current?.number ||
      segment === this.#reading?.segment;
    const hollow = this.#segments.filter((segment) => !kept(segment));
    this.#segments = this.#segments.filter(kept);
    for (const { path } of hollow) {
      await this.#options.files.remove(path).catch((error: unknown) => {
        this.#options.news.trouble(`${path} cannot be deleted`, error);
      });
    }
  }

  /** @throws Failure `spool_full` when others on the disk need what is left of it */
  async #checkSpace(): Promise<void> {
    const { folder, files } = this.#options;
    if (performance.now() - this.#space.checkedAt > SPACE_AGE_MS) {
      // Where the disk does not even tell, writing will.
      const { free, total } = await files.space(folder).catch(() => ({ free: 1, total: 0 }));
      const isShort = free < Math.min(RESERVE.bytes, total * RESERVE.share);
      this.#space = { checkedAt: performance.now(), isShort };
    }
    if (this.#space.isShort) throw spoolFailure('spool_full', 'the disk of the spool is nearly full');
  }

  #gather({ records, summaries }: Batch, { segment, found }: Read): void {
    const skip = (kind: 'torn' | 'damaged') =>
      this.#options.news.skipped({ path: segment.path, start: found.start, end: found.end, kind });
    if (found.kind === 'damage') {
      skip(found.isTail && segment.isFound ? 'torn' : 'damaged');
      return;
    }
    try {
      const [summary, own] = [readSummary(found.frame), readRecords(found.frame)];
      summaries.push(summary);
      for (const record of own) records.push(record);
    } catch {
      // As it was written, and yet not ours: of a version that nobody knows.
      skip('damaged');
    }
  }

  async #stopReading(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    // It was only read: nothing is lost with it.
    await reading?.reader.close().catch(() => undefined);
  }

  async #reader(segment: Segment, offset: number): Promise<SegmentReader> {
    return new SegmentReader(await this.#options.files.open(segment.path, 'r'), segment.salt, offset);
  }

  async #read(): Promise<Read | null> {
    for (;;) {
      const segment = this.#reading?.segment ?? this.#segments[0];
      if (segment === undefined) return null;
      this.#reading ??= { segment, reader: await this.#reader(segment, this.#doneOffset) };
      // Looked for first: what has one after it gets no more frames.
      const next = this.#segments.find(({ number }) => number > segment.number);
      const found = await this.#reading.reader.next(segment.size);
      if (found !== null) return { segment, found };
      if (next === undefined) return null;
      await this.#reading.reader.close();
      this.#reading = { segment: next, reader: await this.#reader(next, 0) };
    }
  }

  /** Deletes the segments before a number. */
  async #dropBefore(number: number): Promise<void> {
    const { files, folder, news } = this.#options;
    const dropped = this.#segments.filter((segment) => segment.number < number);
    if (dropped.length === 0) return;
    this.#segments = this.#segments.filter((segment) => segment.number >= number);
    this.#doneOffset = 0;
    if (this.#reading !== undefined && this.#reading.segment.number < number) await this.#stopReading();
    for (const { path } of dropped) {
      await files.remove(path).catch((error: unknown) => news.trouble(`${path} cannot be deleted`, error));
    }
    await files.syncFolder(folder).catch((error: unknown) => {
      news.trouble(
        'deleted segments may come back after a loss of power; their events come twice then',
        error,
      );
    });
  }
}
