import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { outboundFailure } from './errors.ts';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What is asked for; what else an answer comes in is not read. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

function decoded(response: IncomingMessage, maxBytes: number): Readable {
  const encoding = (response.headers['content-encoding'] ?? '').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return response;
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding]?.() : undefined;
  if (decoder === undefined)
    throw outboundFailure('protocol', 'the answer is in an encoding that was not asked for');
  let received = 0;
  response.on('data', (part: Buffer) => {
    received += part.length;
    // What decompresses to nothing would be without an end.
    if (received > 2 * maxBytes) response.destroy(tooLarge(maxBytes));
  });
  // Errors come out where its end is read.
  return pipeline(response, decoder, () => undefined);
}

const tooLarge = (maxBytes: number) =>
  outboundFailure('too_large', `the answer has more than ${maxBytes} bytes`, { values: { bytes: maxBytes } });

/** How much of a body is read, of bytes as they are after decompression, and what happens with a longer one. */
export type BodyLimit = { maxBytes: number; tooLong: 'fail' | 'cut' };

/** The body of an answer. It is measured while it is decompressed, so a bomb costs no more than the bytes allowed. */
export async function readBody(
  response: IncomingMessage,
  { maxBytes, tooLong }: BodyLimit,
): Promise<{ body: Buffer; isCut: boolean }> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of decoded(response, maxBytes) as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > maxBytes) break;
  }
  response.destroy();
  if (size > maxBytes && tooLong === 'fail') throw tooLarge(maxBytes);
  return { body: Buffer.concat(parts).subarray(0, maxBytes), isCut: size > maxBytes };
}
