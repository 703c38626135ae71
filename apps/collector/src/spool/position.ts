import path from 'node:path';
import { crc32 } from 'node:zlib';
import { type SpoolFile, type SpoolFiles, writeAll } from './files.ts';

/** Up to where a spool has been read: what lies before it is in the log. */
export type Position = { segment: number; salt: number; offset: number };

const BYTES = 20;
const CHECKSUM_AT = 16;

function encode({ segment, salt, offset }: Position): Buffer {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeUIntLE(segment, 0, 6);
  bytes.writeUInt32LE(salt, 8);
  bytes.writeUInt32LE(offset, 12);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, CHECKSUM_AT)), CHECKSUM_AT);
  return bytes;
}

function decode(bytes: Buffer): Position | null {
  if (bytes.readUInt32LE(CHECKSUM_AT) !== crc32(bytes.subarray(0, CHECKSUM_AT))) return null;
  return {
    segment: bytes.readUIntLE(0, 6),
    salt: bytes.readUInt32LE(8),
    offset: bytes.readUInt32LE(12),
  };
}

/**
 * Where the position of a spool is kept. It is written over in place and not synced: after a loss of power it may be an older
 * one, or none, and then events come twice, which is harmless.
 */
export class PositionFile {
  readonly #path: string;
  readonly #files: SpoolFiles;
  #file: SpoolFile | undefined;

  constructor(folder: string, files: SpoolFiles) {
    this.#path = path.join(folder, 'position');
    this.#files = files;
  }

  /** Null when there is none that can be read: everything in the spool is to be read again. */
  async read(): Promise<Position | null> {
    const file = await this.#open();
    const bytes = Buffer.alloc(BYTES);
    const read = await file.read(bytes, 0);
    return read === BYTES ? decode(bytes) : null;
  }

  async write(position: Position): Promise<void> {
    await writeAll(await this.#open(), encode(position), 0);
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #open(): Promise<SpoolFile> {
    this.#file ??= await this.#files.create(this.#path).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return this.#files.open(this.#path, 'r+');
    });
    return this.#file;
  }
}
