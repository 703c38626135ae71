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

const ended = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);

/**
 * The lines of a text in chunks, without their ends; a byte order mark at its head is left out. A last line without an end is one, too.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    // One character more than is allowed tells that it was longer.
    rest = (lines.pop() ?? '').slice(0, MAX_LINE + 1);
    if (lines.length > 0) yield lines.map(ended);
  }
  rest += decoder.decode();
  if (rest !== '') yield [ended(rest)];
}

/**
 * Reads a file a group of lines at a time, unpacking gzip; memory does not grow with the file.
 * @throws Failure `invalid_file` when it cannot be read, or unpacked to its end; the lines before were handed out
 */
export async function* readLines(file: string): AsyncGenerator<Lines> {
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  try {
    let text: Readable = source;
    if (await isGzip(file)) {
      const unpacked = createGunzip();
      source.on('error', (error) => unpacked.destroy(error));
      text = source.pipe(unpacked);
    }
    for await (const lines of splitLines(text)) yield { lines, bytesRead: source.bytesRead };
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
