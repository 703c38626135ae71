import { backupFailure } from './errors.ts';

/** What the frames of a backup hold; the letter is what stands in the file. */
export const FRAMES = { head: 'H', table: 'T', file: 'F', data: 'D', end: 'Z' } as const;
export type FrameKind = keyof typeof FRAMES;

/** A piece of a backup: what it is, and its bytes (JSON, but for `data`). */
export type Frame = { kind: FrameKind; bytes: Buffer };

/** Letter and length in front of a frame's bytes. */
const HEADER_BYTES = 5;
/** The longest frame: what a reader holds in memory. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;

const KINDS = new Map<string, FrameKind>(
  Object.entries(FRAMES).map(([kind, letter]) => [letter, kind as FrameKind]),
);

/** A frame as it stands in a backup. */
export function writeFrame({ kind, bytes }: Frame): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(FRAMES[kind], 0, 'latin1');
  header.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([header, bytes]);
}

/** A frame of what JSON says. */
export const jsonFrame = (kind: Exclude<FrameKind, 'data'>, content: object): Buffer =>
  writeFrame({ kind, bytes: Buffer.from(JSON.stringify(content)) });

/** Bytes as frames of data, each of a size that a reader can hold. */
export function* dataFrames(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += MAX_FRAME_BYTES)
    yield writeFrame({ kind: 'data', bytes: bytes.subarray(from, from + MAX_FRAME_BYTES) });
}

function readHeader(bytes: Buffer): { kind: FrameKind; length: number } {
  const kind = KINDS.get(bytes.toString('latin1', 0, 1));
  const length = bytes.readUInt32BE(1);
  if (kind === undefined || length > MAX_FRAME_BYTES)
    throw backupFailure('backup_damaged', 'the backup has a piece that no backup has');
  return { kind, length };
}

/**
 * The frames that stand in a stream of bytes, one at a time.
 * @throws Failure `backup_damaged` when the bytes cannot be frames, or end within one
 */
export async function* readFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let [held, size]: [Buffer[], number] = [[], 0];
  let wanted: { kind: FrameKind; length: number } | null = null;
  const take = (length: number): Buffer => {
    const all = held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held);
    held = [all.subarray(length)];
    size -= length;
    return all.subarray(0, length);
  };
  for await (const chunk of chunks) {
    held.push(chunk);
    size += chunk.length;
    for (;;) {
      if (wanted === null && size >= HEADER_BYTES) wanted = readHeader(take(HEADER_BYTES));
      if (wanted === null || size < wanted.length) break;
      yield { kind: wanted.kind, bytes: take(wanted.length) };
      wanted = null;
    }
  }
  if (size > 0 || wanted !== null) throw backupFailure('backup_damaged', 'the backup ends too soon');
}
