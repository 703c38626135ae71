import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { collectorFailure } from './errors.ts';

/** What a route takes at most: bytes (of the body as sent and as decoded) and events. */
export type Limits = { bytes: number; events: number };

export type IntakeBody = { site: string; events: readonly unknown[] };

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

function tooLarge({ bytes }: Limits): Error {
  return collectorFailure('too_large', `a body has at most ${bytes} bytes`);
}

function readAll(request: IncomingMessage, limits: Limits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limits.bytes) chunks.push(chunk);
      else reject(tooLarge(limits));
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

async function decode(body: Buffer, encoding: string, limits: Limits): Promise<Buffer> {
  const decoder = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  if (decoder === undefined) {
    throw collectorFailure(
      'unsupported_encoding',
      `content-encoding ${encoding} is not known; allowed are ${Object.keys(DECODERS).join(', ')}`,
    );
  }
  try {
    // The limit is of the decoded size: a few bytes can unpack to gigabytes.
    return await decoder(body, { maxOutputLength: limits.bytes });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limits);
    throw collectorFailure('invalid_body', `the body is not valid ${encoding}`, { cause });
  }
}

/**
 * Reads the whole body as text, decoded.
 * @throws Failure `too_large`, `unsupported_encoding`, `invalid_body`
 */
export async function readBody(request: IncomingMessage, limits: Limits): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes) throw tooLarge(limits);
  const body = await readAll(request, limits);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  return (
    encoding === 'identity' || encoding === '' ? body : await decode(body, encoding, limits)
  ).toString();
}

/**
 * Reads the shape that all intake shares: a site and a list of events, each event still any JSON value.
 * @throws Failure `invalid_json`, `invalid_body`, `too_large`
 */
export function parseIntake(text: string, limits: Limits): IntakeBody {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw collectorFailure('invalid_json', 'the body is not valid JSON', { cause });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw collectorFailure('invalid_body', 'the body is an object {"site": "…", "events": […]}');
  }
  const { site, events } = body as { site?: unknown; events?: unknown };
  if (typeof site !== 'string' || site === '')
    throw collectorFailure('invalid_body', 'site must be a site key', { where: 'site' });
  if (!Array.isArray(events))
    throw collectorFailure('invalid_body', 'events must be a list of events', { where: 'events' });
  if (events.length > limits.events) {
    throw collectorFailure(
      'too_large',
      `a request has at most ${limits.events} events, this one has ${events.length}`,
      { where: 'events' },
    );
  }
  return { site, events };
}
