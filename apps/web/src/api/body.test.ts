import { describe, expect, it } from 'vitest';
import { MAX_BODY, readJson } from './body.ts';

const ADDRESS = 'http://portal.example/api/v1/query';

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request(ADDRESS, { method: 'POST', body, headers });

/** A body that comes in pieces, and whether it was taken to its end. */
function inPieces(pieces: readonly Uint8Array[], headers: Record<string, string> = {}) {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
  const request = new Request(ADDRESS, { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  return { request, left };
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** JSON of exactly so many bytes. */
const quotedJson = (length: number) => JSON.stringify('x'.repeat(length - 2));

describe('the body of a question', () => {
  it.each([
    ['an object', '{"metrics":["visitors"]}', { metrics: ['visitors'] }],
    ['null', 'null', null],
    ['a text', '"grüße"', 'grüße'],
    ['a list with space around', ' [1, 2]\n', [1, 2]],
  ])('is read when it is %s', async (_, text, value) => {
    expect(await readJson(post(text))).toEqual(value);
  });

  it('may be cut anywhere on its way, in the middle of a character too', async () => {
    const whole = bytes('{"path":"/grüße/😀"}');
    for (let at = 0; at <= whole.length; at += 1) {
      const { request } = inPieces([whole.slice(0, at), whole.slice(at)]);
      expect(await readJson(request)).toEqual({ path: '/grüße/😀' });
    }
  });

  it.each([
    ['nothing', ''],
    ['half an object', '{"metrics":'],
    ['two values', '{} {}'],
    ['what is not JSON', 'metrics=visitors'],
    ['a number that JSON does not have', 'NaN'],
  ])('is refused as JSON when it is %s', async (_, text) => {
    await expect(readJson(post(text))).rejects.toMatchObject({
      code: 'invalid_json',
      status: 400,
      cause: expect.any(SyntaxError),
    });
  });

  it('is refused as JSON when there is none', async () => {
    await expect(readJson(new Request(ADDRESS, { method: 'POST' }))).rejects.toMatchObject({
      code: 'invalid_json',
    });
  });
});

describe('the length of a body', () => {
  it('may be all that is allowed, and not one byte more', async () => {
    expect(await readJson(post(quotedJson(MAX_BODY)))).toHaveLength(MAX_BODY - 2);
    await expect(readJson(post(quotedJson(MAX_BODY + 1)))).rejects.toMatchObject({
      code: 'body_too_large',
      status: 413,
      message: expect.stringContaining(String(MAX_BODY)),
    });
  });

  it('is that of its bytes, not of its characters', async () => {
    const text = JSON.stringify('ü'.repeat(MAX_BODY / 2));
    expect(text.length).toBeLessThan(MAX_BODY);
    await expect(readJson(post(text))).rejects.toMatchObject({ code: 'body_too_large' });
  });

  it('that is announced as too large is believed before anything is read', async () => {
    const { request, left } = inPieces([bytes('{'), bytes('}'), bytes(' '), bytes(' ')], {
      'content-length': String(MAX_BODY + 1),
    });
    await expect(readJson(request)).rejects.toMatchObject({ code: 'body_too_large' });
    // What a stream takes in advance, and no more.
    expect(left.length).toBeGreaterThanOrEqual(3);
  });

  it.each([{ 'content-length': '2' }, { 'content-length': 'two' }, {}])(
    'is counted all the same where %j is announced, and no more is read than shows it',
    async (headers) => {
      const piece = bytes(' '.repeat(MAX_BODY / 2));
      const { request, left } = inPieces(
        [piece, piece, piece, piece, piece, piece],
        headers as Record<string, string>,
      );
      await expect(readJson(request)).rejects.toMatchObject({ code: 'body_too_large' });
      expect(left.length).toBeGreaterThan(0);
    },
  );
});
