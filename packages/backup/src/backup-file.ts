import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { fileProblem } from '@footfall/files/file-problem';
import { backupFailure } from './errors.ts';
import { type Frame, readFrames } from './frames.ts';

/**
 * A backup is one file: a line that says what it is and its format, then its frames, compressed with gzip, then the SHA-256 of all that
 * stands before.
 */
const MAGIC = 'footfall-backup';
const FORMAT = 1;
const FIRST_LINE = `${MAGIC} ${FORMAT}\n`;
/** A first line is no longer, of whatever format. */
const FIRST_BYTES = 64;
const DIGEST_BYTES = 32;
/** Bodies of events are compressed already: more effort gains little. */
const LEVEL = 1;

const cannotRead = (file: string, cause: unknown) =>
  backupFailure('backup_unreadable', `${file} cannot be read: ${fileProblem(cause) ?? String(cause)}`, {
    where: file,
    cause,
  });

/** Lets bytes through and counts them into a hash; `flushed` may add to what comes out at the end. */
function hashing(flushed: (digest: Buffer) => Buffer | null): Transform {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(null, flushed(hash.digest()));
    },
  });
}

async function* behind(first: string, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from(first);
  yield* rest;
}

/** Writes a backup of these frames. A file that has the name is replaced once the new one is whole and on the disk. Answers its size, bytes. */
export async function writeBackupFile(file: string, frames: AsyncIterable<Buffer>): Promise<number> {
  const draft = `${file}.${process.pid}.part`;
  try {
    const gzip = createGzip({ level: LEVEL });
    await Promise.all([
      pipeline(Readable.from(frames, { objectMode: false }), gzip),
      pipeline(
        Readable.from(behind(FIRST_LINE, gzip), { objectMode: false }),
        hashing((digest) => digest),
        createWriteStream(draft, { mode: 0o600, flush: true }),
      ),
    ]);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return (await stat(file)).size;
}

/** @throws Failure `not_a_backup`, `backup_newer`, `backup_unreadable` */
async function checkFirstLine(file: string): Promise<number> {
  const handle = await open(file).catch((cause: unknown) => {
    throw cannotRead(file, cause);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    const [line = ''] = buffer.toString('latin1', 0, bytesRead).split('\n', 1);
    const [, format] = /^footfall-backup (\d{1,9})$/.exec(line) ?? [];
    if (format === undefined) throw backupFailure('not_a_backup', `${file} is not a backup of Footfall`);
    if (Number(format) > FORMAT)
      throw backupFailure('backup_newer', `${file} has the format ${format}; this version reads ${FORMAT}`);
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

async function digestAt(file: string, from: number): Promise<Buffer> {
  const chunks = await createReadStream(file, { start: from }).toArray();
  return Buffer.concat(chunks as Buffer[]);
}

/**
 * The frames of a backup, whose checksum is compared at the end: what is read before may not be used until then.
 * @throws Failure `backup_unreadable`, `not_a_backup`, `backup_newer`, `backup_damaged`
 */
export async function* readBackupFile(file: string): AsyncGenerator<Frame> {
  const size = await checkFirstLine(file);
  const end = size - DIGEST_BYTES;
  const damaged = (cause?: unknown) =>
    backupFailure('backup_damaged', `${file} is damaged: its checksum does not fit`, { where: file, cause });
  if (end <= FIRST_LINE.length) throw damaged();
  let found: Buffer | null = null;
  const whole = createReadStream(file, { end: end - 1 });
  const gunzip = createGunzip();
  let skip = FIRST_LINE.length;
  const body = new Transform({
    transform(chunk: Buffer, _, done) {
      const rest = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - rest.length;
      done(null, rest);
    },
  });
  const hashed = hashing((digest) => {
    found = digest;
    return null;
  });
  const reading = pipeline(whole, hashed, body, gunzip);
  // Whoever reads the frames hears of it.
  reading.catch(() => undefined);
  try {
    yield* readFrames(gunzip as AsyncIterable<Buffer>);
    await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') === true) throw damaged(error);
    throw error;
  } finally {
    whole.destroy();
  }
  if (found === null || !(await digestAt(file, end)).equals(found)) throw damaged();
}
