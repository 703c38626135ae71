import { IncomingMessage } from 'node:http';
import { requestFailure } from './errors.ts';

/** Bytes of bodies that are held at once, of one sender and of all, and how long a body may take, milliseconds. */
export type BodyBounds = { mostOfSender: number; mostOfAll: number; timeoutMs: number };

const MIB = 1024 * 1024;
export const BODY_BOUNDS: BodyBounds = { mostOfSender: 4 * MIB, mostOfAll: 64 * MIB, timeoutMs: 30_000 };

export type BodyRequest = {
  request: IncomingMessage;
  /** Of this body, bytes. */
  most: number;
  /** Who sends it: their address. */
  sender: string;
};

/** A body, and what gives its bytes back when they are not needed any more. */
export type HeldBody = { body: Buffer; release: () => void };

const tooLarge = (most: number) =>
  requestFailure('body_too_large', `the body may have ${most} bytes at most here`);

/** Whether a request brings a body: by the rules of HTTP/1.1, one of these headers says so. */
export const hasBody = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** Reads bodies of requests within bounds, and knows how many bytes are held. */
export class BodyReader {
  readonly #bounds: BodyBounds;
  readonly #ofSender = new Map<string, number>();
  #ofAll = 0;

  constructor(bounds: BodyBounds) {
    this.#bounds = bounds;
  }

  /** Bytes that are held now. */
  get held(): number {
    return this.#ofAll;
  }

  /**
   * The whole body of a request. Counted while it arrives: a stated length may be wrong or absent.
   * @throws Failure `body_too_large`, `body_too_slow`, `body_broken_off`, `too_many_bodies`
   */
  async read({ request, most, sender }: BodyRequest): Promise<HeldBody> {
    if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
    let held = 0;
    const release = () => {
      this.#add(sender, -held);
      held = 0;
    };
    const hold = (bytes: number) => {
      if (held + bytes > most) throw tooLarge(most);
      held += bytes;
      this.#add(sender, bytes);
      const isFull =
        this.#ofAll > this.#bounds.mostOfAll || (this.#ofSender.get(sender) ?? 0) > this.#bounds.mostOfSender;
      if (isFull)
        throw requestFailure('too_many_bodies', 'too much is being sent at once', { retryAfter: 5 });
    };
    try {
      return { body: await readChunks(request, hold, this.#bounds.timeoutMs), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  #add(sender: string, bytes: number): void {
    this.#ofAll += bytes;
    const left = (this.#ofSender.get(sender) ?? 0) + bytes;
    if (left > 0) this.#ofSender.set(sender, left);
    else this.#ofSender.delete(sender);
  }
}

function readChunks(
  request: IncomingMessage,
  hold: (bytes: number) => void,
  timeoutMs: number,
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  const onData = (chunk: Buffer) => {
    try {
      hold(chunk.byteLength);
      chunks.push(chunk);
    } catch (error) {
      reject(error);
    }
  };
  const onEnd = () => resolve(Buffer.concat(chunks));
  const onClose = () => reject(requestFailure('body_broken_off', 'the body broke off'));
  const timer = setTimeout(
    () => reject(requestFailure('body_too_slow', `the body took longer than ${timeoutMs / 1000} s`)),
    timeoutMs,
  );
  request.on('data', onData).once('end', onEnd).once('error', onClose).once('close', onClose);
  return promise.finally(() => {
    clearTimeout(timer);
    request.off('data', onData).off('end', onEnd).off('close', onClose);
    // Whatever goes wrong with it from here on is said already.
    request.off('error', onClose).on('error', () => undefined);
  });
}

/** A request whose body was read, as one that can be read again. */
export function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  const again = new IncomingMessage(request.socket);
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, headers, rawHeaders } = request;
  const head = { method, url, httpVersion, httpVersionMajor, httpVersionMinor, headers, rawHeaders };
  Object.assign(again, head, { complete: true });
  again.push(body);
  again.push(null);
  return again;
}

/**
 * Bodies are taken as they are: what is not compressed cannot grow.
 * @throws Failure `unsupported_encoding`
 */
export function checkEncoding({ headers }: Pick<IncomingMessage, 'headers'>): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    throw requestFailure('unsupported_encoding', 'bodies are taken as they are, not compressed');
}

/**
 * Checks that a form in parts is whole: Next would answer 500 to one that is not.
 * @throws Failure `invalid_body`
 */
export async function checkForm({ headers }: Pick<IncomingMessage, 'headers'>, body: Buffer): Promise<void> {
  const type = headers['content-type'] ?? '';
  if (!/^\s*multipart\/form-data/i.test(type)) return;
  const form = new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  await form.catch((cause: unknown) => {
    throw requestFailure('invalid_body', 'the form is not complete', { cause });
  });
}
