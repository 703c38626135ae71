import { crc32 } from 'node:zlib';
import { findFlaw } from '@footfall/eventlog/appender';
import { eventLogFailure } from '@footfall/eventlog/errors';
import type { LogRecord } from '@footfall/eventlog/event-log';

/*
 * A frame holds the records of one request:
 *
 *   mark (4 bytes) | length of the body (4) | own offset in the segment (4) | checksum (4) | body
 *
 * Numbers are little-endian. The body is UTF-8 lines: a summary, then two for each record, what is said about it and its value.
 * The checksum covers mark, length, offset and body, and begins with the salt of the segment: nothing that a sender writes into an
 * event can pass for a frame, and neither can a frame of another segment or place.
 */

// Its first byte never occurs in UTF-8: in a damaged segment the next frame is found without reading bodies. The version follows it.
const MARK = Buffer.from([0xff, 0x46, 0x53]);
/** Version of the body; later ones keep the header. */
const VERSION = 1;
const VERSION_AT = 3;
const LENGTH_AT = 4;
const OFFSET_AT = 8;
const CHECKSUM_AT = 12;

/** Bytes before the body. */
export const HEADER_BYTES = 16;

/** No body is longer: a request of 5 MiB does not become as much, and a damaged length must not ask for all memory. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** What the ledger counts of a frame while it waits: records of a site by local day of receipt. */
export type TallyLine = { siteId: string; day: string; count: number };

export type Summary = {
  records: number;
  /** The earliest receipt among them, epoch milliseconds. */
  oldest: number;
  tally: TallyLine[];
};

/** A frame whose place is not known yet: its header is written by {@link sealFrame}. */
export type Draft = { bytes: Buffer; summary: Summary };

/** Where a frame stands: the salt is the segment's, the offset that of its first byte. */
export type Place = { salt: number; offset: number };

function summarise(records: readonly LogRecord[]): Summary {
  const lines = new Map<string, TallyLine>();
  let oldest = Number.MAX_SAFE_INTEGER;
  for (const { receivedAt, tally } of records) {
    if (receivedAt < oldest) oldest = receivedAt;
    if (tally === undefined) continue;
    const key = `${tally.day} ${tally.siteId}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { ...tally, count: 1 });
    else line.count += 1;
  }
  return { records: records.length, oldest, tally: [...lines.values()] };
}

/**
 * The frame of some records, all their fields, but for its place.
 * @throws Failure `invalid_record` of the event log
 */
export function draftFrame(records: readonly LogRecord[]): Draft {
  const summary = summarise(records);
  let text = `${JSON.stringify(summary)}\n`;
  for (const record of records) {
    // The log would refuse it later, when nobody is there any more to be told.
    const flaw = findFlaw(record, MAX_BODY_BYTES);
    if (flaw !== undefined) throw eventLogFailure('invalid_record', `${flaw} (key ${record.key})`);
    const { value, ...about } = record;
    text += `${JSON.stringify(about)}\n${value}\n`;
  }
  const length = Buffer.byteLength(text);
  if (length > MAX_BODY_BYTES)
    throw eventLogFailure('invalid_record', `${length} bytes at once are too many`);
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + length);
  bytes.write(text, HEADER_BYTES);
  return { bytes, summary };
}

function computeChecksum(frame: Buffer, salt: number): number {
  return crc32(frame.subarray(HEADER_BYTES), crc32(frame.subarray(0, CHECKSUM_AT), salt));
}

/** Writes the header of a frame, in place. */
export function sealFrame(bytes: Buffer, { salt, offset }: Place): void {
  MARK.copy(bytes);
  bytes.writeUInt8(VERSION, VERSION_AT);
  bytes.writeUInt32LE(bytes.length - HEADER_BYTES, LENGTH_AT);
  bytes.writeUInt32LE(offset, OFFSET_AT);
  bytes.writeUInt32LE(computeChecksum(bytes, salt), CHECKSUM_AT);
}

/** Bytes of the frame that a header at an offset speaks of; undefined when there can be none. */
export function claimedBytes(header: Buffer, offset: number): number | undefined {
  if (!header.subarray(0, MARK.length).equals(MARK) || header.readUInt32LE(OFFSET_AT) !== offset)
    return undefined;
  const length = header.readUInt32LE(LENGTH_AT);
  return length <= MAX_BODY_BYTES ? HEADER_BYTES + length : undefined;
}

/** Whether an intact frame was written by a later version of Footfall, which alone knows its body. */
export const isOfLaterVersion = (frame: Buffer): boolean => frame.readUInt8(VERSION_AT) > VERSION;

/** Whether a frame, of the length that it claims, is as it was written. */
export function isIntact(frame: Buffer, salt: number): boolean {
  return frame.readUInt32LE(CHECKSUM_AT) === computeChecksum(frame, salt);
}

/** Where the next frame may begin in some bytes, -1 when nowhere. */
export function nextMark(bytes: Buffer): number {
  return bytes.indexOf(MARK);
}

/** What is said of the records of an intact frame, without reading them. */
export function readSummary(frame: Buffer): Summary {
  return JSON.parse(frame.toString('utf8', HEADER_BYTES, frame.indexOf('\n', HEADER_BYTES))) as Summary;
}

/** The records of an intact frame, in order. */
export function readRecords(frame: Buffer): LogRecord[] {
  const lines = frame.toString('utf8', frame.indexOf('\n', HEADER_BYTES) + 1).split('\n');
  const records: LogRecord[] = [];
  for (let line = 0; line + 1 < lines.length; line += 2) {
    const about = JSON.parse(lines[line] as string) as Omit<LogRecord, 'value'>;
    records.push({ ...about, value: lines[line + 1] as string });
  }
  return records;
}
