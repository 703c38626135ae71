import { gunzipSync, gzipSync, constants as zlib, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { eventLogFailure } from '../../errors.ts';
import { crc32c } from './crc32c.ts';
import { Cursor, varintSize, write } from './varint.ts';

/*
 * A record batch of Kafka, format 2: a header of 61 bytes, then records, compressed together. kafkajs has this too; here it costs
 * a tenth of the CPU, the header can be read without the records, and its base timestamp is that of the *oldest* record, which
 * is what the lag is asked for. https://kafka.apache.org/documentation/#recordbatch
 */
const HEADER = 61;
const AT = {
  baseOffset: 0,
  length: 8,
  leaderEpoch: 12,
  magic: 16,
  crc: 17,
  attributes: 21,
  lastOffsetDelta: 23,
  baseTimestamp: 27,
  maxTimestamp: 35,
  producerId: 43,
  producerEpoch: 51,
  baseSequence: 53,
  count: 57,
} as const;
const MAGIC = 2;
/** Bytes that the field `length` does not count: the base offset and itself. */
const UNCOUNTED = 12;
const CODEC_MASK = 0x07;
const CONTROL = 0x20;

export type CodecName = 'none' | 'gzip' | 'zstd';
type Codec = { id: number; compress: (bytes: Buffer) => Buffer; decompress: (bytes: Buffer) => Buffer };

const ZSTD_LEVEL = { params: { [zlib.ZSTD_c_compressionLevel]: 1 } };
const CODECS: Readonly<Record<CodecName, Codec>> = {
  none: { id: 0, compress: (bytes) => bytes, decompress: (bytes) => bytes },
  gzip: { id: 1, compress: (bytes) => gzipSync(bytes), decompress: (bytes) => gunzipSync(bytes) },
  zstd: {
    id: 4,
    compress: (bytes) => zstdCompressSync(bytes, ZSTD_LEVEL),
    decompress: (bytes) => zstdDecompressSync(bytes),
  },
};
/** Below this, compressing costs more than it saves. */
const COMPRESS_FROM = 1_024;

export type NewRecord = {
  key: string;
  value: string;
  /** Epoch milliseconds. */
  timestamp: number;
  headers: readonly (readonly [name: string, value: string])[];
};

/** Who appends a batch, and the number of its first record in that producer's count for the partition. */
export type Stamp = { producerId: bigint; producerEpoch: number; sequence: number };

const utf8Length = (text: string) => Buffer.byteLength(text);
const sizeOfText = (text: string) => {
  const length = utf8Length(text);
  return varintSize(length) + length;
};

function writeText(bytes: Buffer, text: string, at: number): number {
  const begin = write(bytes, utf8Length(text), at);
  return begin + bytes.write(text, begin);
}

/** The size of a record behind its length field; `delta` is its distance from the batch's base in time. */
function bodySize({ key, value, headers }: NewRecord, delta: number, index: number): number {
  let size =
    1 +
    varintSize(delta) +
    varintSize(index) +
    sizeOfText(key) +
    sizeOfText(value) +
    varintSize(headers.length);
  for (const [name, text] of headers) size += sizeOfText(name) + sizeOfText(text);
  return size;
}

function encodeRecords(records: readonly NewRecord[], base: number): Buffer {
  const sizes = records.map((record, index) => bodySize(record, record.timestamp - base, index));
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + varintSize(size) + size, 0));
  let at = 0;
  for (const [index, { key, value, timestamp, headers }] of records.entries()) {
    at = write(bytes, sizes[index] as number, at);
    bytes[at++] = 0;
    at = write(bytes, timestamp - base, at);
    at = write(bytes, index, at);
    at = writeText(bytes, key, at);
    at = writeText(bytes, value, at);
    at = write(bytes, headers.length, at);
    for (const [name, text] of headers) at = writeText(bytes, text, writeText(bytes, name, at));
  }
  return bytes;
}

/** Packs records, one at least, into a batch. It has no producer yet: {@link stampBatch} before it is sent. */
export function encodeBatch(records: readonly NewRecord[], codecName: CodecName): Buffer {
  let [oldest, youngest] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  for (const { timestamp } of records) {
    oldest = Math.min(oldest, timestamp);
    youngest = Math.max(youngest, timestamp);
  }
  const raw = encodeRecords(records, oldest);
  const codec = CODECS[raw.length < COMPRESS_FROM ? 'none' : codecName];
  const packed = codec.compress(raw);
  const bytes = Buffer.allocUnsafe(HEADER + packed.length);
  bytes.writeBigInt64BE(0n, AT.baseOffset);
  bytes.writeInt32BE(bytes.length - UNCOUNTED, AT.length);
  bytes.writeInt32BE(-1, AT.leaderEpoch);
  bytes[AT.magic] = MAGIC;
  bytes.writeInt16BE(codec.id, AT.attributes);
  bytes.writeInt32BE(records.length - 1, AT.lastOffsetDelta);
  bytes.writeBigInt64BE(BigInt(oldest), AT.baseTimestamp);
  bytes.writeBigInt64BE(BigInt(youngest), AT.maxTimestamp);
  bytes.writeInt32BE(records.length, AT.count);
  packed.copy(bytes, HEADER);
  return bytes;
}

/** Writes into a batch whose it is, and its checksum. May be done again for another producer. */
export function stampBatch(bytes: Buffer, { producerId, producerEpoch, sequence }: Stamp): void {
  bytes.writeBigInt64BE(producerId, AT.producerId);
  bytes.writeInt16BE(producerEpoch, AT.producerEpoch);
  bytes.writeInt32BE(sequence, AT.baseSequence);
  bytes.writeUInt32BE(crc32c(bytes.subarray(AT.attributes)), AT.crc);
}

/** What a batch says of itself without being opened. */
export type StoredBatch = {
  baseOffset: number;
  lastOffset: number;
  /** Epoch milliseconds; of the oldest record, if the batch is one of ours. */
  baseTimestamp: number;
  /** The whole batch, or its beginning when an answer was cut off. */
  bytes: Buffer;
  whole: boolean;
};

/** The batches of a fetched range in order; the last may be cut off, yet have a header. */
export function batchesIn(range: Buffer): StoredBatch[] {
  const batches: StoredBatch[] = [];
  for (let at = 0; at + HEADER <= range.length; ) {
    const magic = range[at + AT.magic];
    if (magic !== MAGIC)
      throw eventLogFailure('unreadable_batch', `a record batch has format ${magic}, not ${MAGIC}`);
    const end = at + UNCOUNTED + range.readInt32BE(at + AT.length);
    const bytes = range.subarray(at, end);
    const baseOffset = Number(bytes.readBigInt64BE(AT.baseOffset));
    batches.push({
      baseOffset,
      lastOffset: baseOffset + bytes.readInt32BE(AT.lastOffsetDelta),
      baseTimestamp: Number(bytes.readBigInt64BE(AT.baseTimestamp)),
      bytes,
      whole: end <= range.length,
    });
    at = end;
  }
  return batches;
}

/** Whether bytes are this text, which is ASCII. Names are compared for each record that is counted. */
function isAscii(bytes: Buffer, { from, to }: { from: number; to: number }, text: string): boolean {
  if (to - from !== text.length) return false;
  for (let index = 0; index < text.length; index += 1)
    if (bytes[from + index] !== text.charCodeAt(index)) return false;
  return true;
}

/** One record of an opened batch: valid until the next one is visited. Texts are read only when they are asked for. */
export class RecordView {
  readonly #bytes: Buffer;
  offset = 0;
  timestamp = 0;
  valueAt = 0;
  valueEnd = 0;
  headersAt = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Null for a tombstone, which no one of us writes. */
  value(): string | null {
    return this.valueEnd < this.valueAt ? null : this.#bytes.toString('utf8', this.valueAt, this.valueEnd);
  }

  /** The text of a header, by its ASCII name. */
  header(name: string): string | undefined {
    const cursor = new Cursor(this.#bytes, this.headersAt);
    for (let left = cursor.int(); left > 0; left -= 1) {
      const nameEnd = cursor.int() + cursor.at;
      const found = isAscii(this.#bytes, { from: cursor.at, to: nameEnd }, name);
      cursor.at = nameEnd;
      const valueEnd = cursor.int() + cursor.at;
      if (found) return this.#bytes.toString('utf8', cursor.at, valueEnd);
      cursor.at = Math.max(cursor.at, valueEnd);
    }
    return undefined;
  }
}

function opened({ bytes, baseOffset }: StoredBatch): Buffer {
  if (crc32c(bytes.subarray(AT.attributes)) !== bytes.readUInt32BE(AT.crc))
    throw eventLogFailure('unreadable_batch', `the record batch at offset ${baseOffset} fails its checksum`);
  const id = bytes.readInt16BE(AT.attributes) & CODEC_MASK;
  const codec = Object.values(CODECS).find((one) => one.id === id);
  if (codec === undefined) {
    const message = `the record batch at offset ${baseOffset} has compression ${id}, which nobody here writes`;
    throw eventLogFailure('unreadable_batch', message);
  }
  return codec.decompress(bytes.subarray(HEADER));
}

/**
 * Visits the records of a whole batch from an offset on, in order. Marks of transactions are not records.
 * @throws Failure `unreadable_batch`
 */
export function visitRecords(batch: StoredBatch, from: number, visit: (record: RecordView) => void): void {
  if ((batch.bytes.readInt16BE(AT.attributes) & CONTROL) !== 0) return;
  const bytes = opened(batch);
  const cursor = new Cursor(bytes);
  const record = new RecordView(bytes);
  for (let left = batch.bytes.readInt32BE(AT.count); left > 0; left -= 1) {
    const end = cursor.int() + cursor.at;
    cursor.at += 1;
    record.timestamp = batch.baseTimestamp + cursor.long();
    record.offset = batch.baseOffset + cursor.int();
    if (record.offset >= from) {
      const keyLength = cursor.int();
      cursor.at += Math.max(0, keyLength);
      const length = cursor.int();
      record.valueAt = cursor.at;
      record.valueEnd = cursor.at + length;
      record.headersAt = cursor.at + Math.max(0, length);
      visit(record);
    }
    cursor.at = end;
  }
}
