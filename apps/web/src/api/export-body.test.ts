import { describe, expect, it, vi } from 'vitest';
import { streamBody } from './export-body.ts';

type Piece = string | Uint8Array<ArrayBuffer>;

/** Pieces that note how many were made and whether their making was ended. */
function noted(pieces: readonly Piece[], failsAt = Number.POSITIVE_INFINITY) {
  const log = { made: 0, ended: false };
  async function* make(): AsyncGenerator<Piece, void, undefined> {
    try {
      for (const piece of pieces) {
        if (log.made === failsAt) throw new Error('the store went away');
        log.made += 1;
        yield piece;
      }
    } finally {
      log.ended = true;
    }
  }
  return { pieces: make(), log };
}

const read = (body: ReadableStream<Uint8Array<ArrayBuffer>>) => new Response(body).text();

describe('a body that is made while it is taken', () => {
  it.each([
    { why: 'texts', pieces: ['id\n', 'a\n', 'b\n'], whole: 'id\na\nb\n' },
    { why: 'bytes', pieces: [new Uint8Array([0x50, 0x41]), new Uint8Array([0x52])], whole: 'PAR' },
    { why: 'characters of several bytes', pieces: ['grü', 'ße 😀'], whole: 'grüße 😀' },
    { why: 'nothing', pieces: [], whole: '' },
  ])('is all of it, in order: $why', async ({ pieces, whole }) => {
    const onError = vi.fn();
    expect(await read(await streamBody(noted(pieces).pieces, onError))).toBe(whole);
    expect(onError).not.toHaveBeenCalled();
  });

  it('is not made faster than it is taken', async () => {
    const { pieces, log } = noted(['a', 'b', 'c', 'd', 'e', 'f']);
    const body = await streamBody(pieces, vi.fn());
    const reader = body.getReader();
    await reader.read();
    // One is taken, one is ready.
    expect(log.made).toBeLessThanOrEqual(3);
    await reader.cancel();
  });

  it('is not made on when the taker goes away', async () => {
    const { pieces, log } = noted(['a', 'b', 'c', 'd']);
    const onError = vi.fn();
    const reader = (await streamBody(pieces, onError)).getReader();
    await reader.read();
    await reader.cancel();
    expect(log.ended).toBe(true);
    expect(log.made).toBeLessThan(4);
    expect(onError).not.toHaveBeenCalled();
  });
});

describe('a body that fails', () => {
  it('before its first piece is answered with a status: nothing was promised yet', async () => {
    const onError = vi.fn();
    await expect(streamBody(noted(['a'], 0).pieces, onError)).rejects.toThrow('the store went away');
    expect(onError).not.toHaveBeenCalled();
  });

  it.each([1, 2])('after %d pieces breaks off, and the log is told why', async (failsAt) => {
    const onError = vi.fn();
    const body = await streamBody(noted(['a', 'b', 'c'], failsAt).pieces, onError);
    await expect(read(body)).rejects.toThrow();
    expect(onError).toHaveBeenCalledTimes(1);
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'the store went away' }));
  });
});
