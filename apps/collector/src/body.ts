import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { collectorFailure } from './errors.ts';
import type { Held } from './held-memory.ts';

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** What is still read, and thrown away, of a body that nobody wants: beyond it the connection is cut. */
const MAX_DISCARDED = 32 * 1024 * 1024;

function tooLarge(maxBytes: number): Error {
  return collectorFailure('too_large', `a body has at most ${maxBytes} bytes, decoded`);
}

function overloaded(): Error {
  return collectorFailure('overloaded', 'more comes in than can be held; send the same again later');
}

function readBytes(request: IncomingMessage, maxBytes: number, held: Held): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isSettled = false;
    // The listeners stay where they are: taking four of them away again took longer than the reading.
    const refuse = (error: Error) => {
      isSettled = true;
      reject(error);
    };
    const take = (chunk: Buffer) => {
      if (isSettled) return;
      size += chunk.length;
      if (size > maxBytes) refuse(tooLarge(maxBytes));
      else if (held.add(chunk.length)) chunks.push(chunk);
      else refuse(overloaded());
    };
    const finish = () => {
      if (isSettled) return;
      isSettled = true;
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    };
    const abort = () => {
      if (!isSettled) refuse(collectorFailure('aborted', 'the sender left in the middle of its body'));
    };
    request.on('data', take).on('end', finish).on('error', abort).on('close', abort);
  });
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
    return await decoder(body, { maxOutputLength: maxBytes });
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
 * @throws Failure `too_large`, `unsupported_encoding`, `unsupported_charset`, `invalid_body`, `overloaded`, `aborted`
 */
export async function readBody(request: IncomingMessage, maxBytes: number, held: Held): Promise<string> {
  const { headers } = request;
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const bytes = await readBytes(request, maxBytes, held);
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding === '' || encoding === 'identity') return decodeBody(bytes, headers['content-type']);
  if (!held.add(maxBytes)) throw overloaded();
  return decodeBody(await decompress(bytes, encoding, maxBytes), headers['content-type']);
}

/**
 * Reads on without keeping anything, so that whoever is still sending hears the answer instead of a reset connection.
 * Resolves when the sender is done, or gone, or has sent 32 MiB more.
 */
export function discardRest(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) {
    request.resume();
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_DISCARDED) return;
      request.pause();
      resolve();
    });
    for (const end of ['end', 'error', 'close']) request.once(end, () => resolve());
  });
}
