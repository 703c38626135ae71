import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { adminFailure } from '../../errors.ts';

/** Lines that were read together, and how many bytes of the file (as it lies on the disk) have been read with them. */
export type Lines = { lines: string[]; bytesRead: number };

/** A longer line is cut there, and is not a line of anything that is known. */
export const MAX_LINE = 1024 * 1024;

/** Whether a file is packed with gzip: by its first bytes, whatever its name. */
async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** The encoding of a text by its first bytes: UTF-16, as Windows saves "Unicode", by its mark or by the zeros between letters, else UTF-8. */
function detectEncoding([one, two, three, four]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (one === 0xff && two === 0xfe) return 'utf-16le';
  if (one === 0xfe && two === 0xff) return 'utf-16be';
  const isLetter = (byte: number | undefined) => byte !== undefined && byte > 0;
  if (isLetter(one) && two === 0 && isLetter(three) && four === 0) return 'utf-16le';
  return one === 0 && isLetter(two) && three === 0 && isLetter(four) ? 'utf-16be' : 'utf-8';
}

/** The text of chunks; a byte order mark at its head is left out. */
async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(detectEncoding(chunk));
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder?.decode() ?? '';
}

const ended = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);

/**
 * The lines of a text in chunks, without their ends; a byte order mark at its head is left out. A last line without an end is one, too.
 */
export function splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  return joinLines(decodeText(chunks));
}

async function* joinLines(texts: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = '';
  for await (const text of texts) {
    const lines = (rest + text).split('\n');
    // One character more than is allowed tells that it was longer.
    rest = (lines.pop() ?? '').slice(0, MAX_LINE + 1);
    if (lines.length > 0) yield lines.map(ended);
  }
  if (rest !== '') yield [ended(rest)];
}

/** A part of a file's text, and how many bytes of the file have been read with it. */
type Text = { text: string; bytesRead: number };

/**
 * Reads the text of a file a part at a time, unpacking gzip; memory does not grow with the file.
 * @throws Failure `invalid_file` when it cannot be read, or unpacked to its end; what stands before was handed out
 */
export async function* readText(file: string): AsyncGenerator<Text> {
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  try {
    let bytes: Readable = source;
    if (await isGzip(file)) {
      const unpacked = createGunzip();
      source.on('error', (error) => unpacked.destroy(error));
      bytes = source.pipe(unpacked);
    }
    for await (const text of decodeText(bytes)) yield { text, bytesRead: source.bytesRead };
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    throw adminFailure('invalid_file', `${file} cannot be read to its end: ${cause.message}`, {
      where: file,
      cause,
    });
  } finally {
    source.destroy();
  }
}

/**
 * Reads a file a group of lines at a time, as {@link readText} does.
 * @throws Failure `invalid_file`
 */
export async function* readLines(file: string): AsyncGenerator<Lines> {
  let bytesRead = 0;
  const texts = async function* () {
    for await (const part of readText(file)) {
      bytesRead = part.bytesRead;
      yield part.text;
    }
  };
  for await (const lines of joinLines(texts())) yield { lines, bytesRead };
}
