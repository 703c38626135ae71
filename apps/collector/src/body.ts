import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { collectorFailure } from './errors.ts';
import type { CutReason, Held } from './held-memory.ts';

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** How long the rest of a body that nobody wants may take, milliseconds. */
const DISCARD_MS = 5_000;

/** What is still read, and thrown away, of a body that nobody wants: beyond it the connection is cut. */
const MAX_DISCARDED = 32 * 1024 * 1024;

function tooLarge(maxBytes: number): Error {
  return collectorFailure('too_large', `a body has at most ${maxBytes} bytes, decoded`);
}

function overloaded(): Error {
  return collectorFailure('overloaded', 'more comes in than can be held; send the same again later');
}

/** What a part of a body takes beside its bytes: a drip of single bytes would cost hundreds of times what it sends. */
const PART_BYTES = 256;

function cutOff(why: CutReason): Error {
  return why === 'crowded'
    ? overloaded()
    : collectorFailure(
        'too_slow',
        'the body comes too slowly; send the same again when the network is better',
      );
}

function readBytes(request: IncomingMessage, maxBytes: number, held: Held): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isSettled = false;
    // The listeners stay where they are: taking four of them away again took longer than the reading.
    const refuse = (error: Error) => {
      if (isSettled) return;
      isSettled = true;
      chunks.length = 0;
      reading.end();
      reject(error);
    };
    const reading = held.read((why) => refuse(cutOff(why)));
    const take = (chunk: Buffer) => {
      if (isSettled) return;
      size += chunk.length;
      if (size > maxBytes) refuse(tooLarge(maxBytes));
      else if (held.add(chunk.length + PART_BYTES)) chunks.push(chunk);
      else refuse(overloaded());
    };
    const finish = () => {
      if (isSettled) return;
      isSettled = true;
      reading.end();
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    };
    const abort = () => {
      if (!isSettled) refuse(collectorFailure('aborted', 'the sender left in the middle of its body'));
    };
    request.on('data', take).on('end', finish).on('error', abort).on('close', abort);
  });
}

/** Bodies that are unpacked at the same time, as many as zlib has threads: each may become as large as its route allows. */
const UNPACKERS = 4;
let unpacking = 0;
const waiting: (() => void)[] = [];

/** Runs work when one of the {@link UNPACKERS} is free, in order of arrival. */
async function unpack<T>(work: () => Promise<T>): Promise<T> {
  if (unpacking >= UNPACKERS) await new Promise<void>((resolve) => waiting.push(resolve));
  else unpacking += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) unpacking -= 1;
    else next();
  }
}

/** Undoes the content encoding. The limit is of the decoded size: a few bytes can unpack to gigabytes. */
async function decompress(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  if (decoder === undefined) {
    throw collectorFailure(
      'unsupported_encoding',
      `content-encoding ${encoding.slice(0, 100)} is not known; allowed are ${Object.keys(DECODERS).join(', ')}`,
    );
  }
  try {
    return await unpack(() => decoder(body, { maxOutputLength: maxBytes }));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw collectorFailure('invalid_body', `the body is not valid ${encoding}`, { cause });
  }
}

const BYTE_ORDER_MARK = '\ufeff';

/** The text of a body, which is UTF-8 unless its content type says otherwise. */
function decodeBody(body: Buffer, contentType: string | undefined): string {
  const [, charset] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? '') ?? [];
  if (charset === undefined || /^utf-?8$/i.test(charset)) {
    const text = body.toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  }
  try {
    return new TextDecoder(charset).decode(body);
  } catch (cause) {
    throw collectorFailure(
      'unsupported_charset',
      `charset ${charset.slice(0, 100)} is not known; send UTF-8`,
      {
        cause,
      },
    );
  }
}

/**
 * Reads the whole body as text, decoded; `maxBytes` limits it as sent and as decoded.
 * @throws Failure `too_large`, `unsupported_encoding`, `unsupported_charset`, `invalid_body`, `overloaded`, `too_slow`, `aborted`
 */
export async function readBody(request: IncomingMessage, maxBytes: number, held: Held): Promise<string> {
  const { headers } = request;
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const bytes = await readBytes(request, maxBytes, held);
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return decodeBody(bytes, headers['content-type']);
  const unpacked = await decompress(bytes, encoding, maxBytes);
  if (!held.add(unpacked.length)) throw overloaded();
  return decodeBody(unpacked, headers['content-type']);
}

/**
 * Reads on without keeping anything, so that whoever is still sending hears the answer instead of a reset connection.
 * Resolves when the sender is done, or gone, or has sent 32 MiB more, or after five seconds.
 */
export function discardRest(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) {
    request.resume();
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    let size = 0;
    const stop = () => {
      request.pause();
      resolve();
    };
    const timer = setTimeout(stop, DISCARD_MS);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_DISCARDED) stop();
    });
    for (const end of ['end', 'error', 'close'])
      request.once(end, () => {
        clearTimeout(timer);
        resolve();
      });
  });
}
