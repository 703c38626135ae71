import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BODY_LIMITS } from '#access/body-limits.ts';
import { requestFailure } from './errors.ts';
import { createPortalServer, type PortalServerOptions } from './portal-server.ts';
import { BodyReader } from './request-body.ts';
import { noteAction } from './request-context.ts';

const BOUNDS = { mostOfSender: 1024 * 1024, mostOfAll: 2 * 1024 * 1024, timeoutMs: 300 };
const MOST = BODY_LIMITS['/api/auth/[...nextauth]'];

let server: Server;
let url = '';
let bodies: BodyReader;
/** What pages and routes got: the length of the body, or null for none. */
const seen = vi.fn<(request: IncomingMessage, length: number) => void>();
const log = { error: vi.fn(), warn: vi.fn() };
const admit = vi.fn<PortalServerOptions['refusedKeys']['admit']>();
let sender = '192.0.2.1';
const note: PortalServerOptions['handle'] = async (request, response) => {
  seen(request, (await buffer(request)).byteLength);
  response.end('seen');
};
let handle = note;

beforeEach(async () => {
  vi.clearAllMocks();
  sender = '192.0.2.1';
  handle = note;
  bodies = new BodyReader(BOUNDS);
  server = createPortalServer({
    answerHealth: () => false,
    measure: () => undefined,
    clientAddress: () => sender,
    cameByTls: () => false,
    watchProxy: () => undefined,
    refusedKeys: { admit },
    webUrl: 'https://stats.example',
    tls: null,
    log,
    bodies,
    handle: (request, response) => handle(request, response),
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(url + path, { method: 'POST', body, headers, ...({ duplex: 'half' } as object) });

/** A body without a stated length. */
function chunked(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      controller.enqueue(new Uint8Array(Math.min(left, 16_384)));
      left -= 16_384;
    },
  });
}

const refusal = async (response: Response) => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
];

describe('a body', () => {
  it.each([1, MOST])('of %i bytes is handed on whole, and given back when it is answered', async (bytes) => {
    for (const body of [new Uint8Array(bytes), chunked(bytes)]) {
      const response = await post('/api/auth/signin', body);
      expect([response.status, await response.text()]).toEqual([200, 'seen']);
      expect(seen.mock.lastCall?.[1]).toBe(bytes);
      expect(seen.mock.lastCall?.[0]).toMatchObject({ method: 'POST', url: '/api/auth/signin' });
    }
    await expect.poll(() => bodies.held).toBe(0);
  });

  it('that is too long by its stated length is refused before it is read', async () => {
    expect(await refusal(await post('/api/auth/signin', new Uint8Array(MOST + 1)))).toEqual([
      413,
      'body_too_large',
    ]);
    expect(seen).not.toHaveBeenCalled();
  });

  it('without a stated length is refused as soon as it is too long, and no more of it is held', async () => {
    const response = await post('/api/auth/signin', chunked(4 * 1024 * 1024)).catch(() => null);
    // A sender that does not read while it sends sees the connection cut.
    if (response !== null) expect(response.status).toBe(413);
    expect(seen).not.toHaveBeenCalled();
    await expect.poll(() => bodies.held).toBe(0);
  });

  it('that is compressed is refused: what it would become is not known', async () => {
    const bomb = gzipSync(Buffer.alloc(1024 * 1024));
    const response = await post('/api/auth/signin', bomb, { 'content-encoding': 'gzip' });
    expect(await refusal(response)).toEqual([415, 'unsupported_encoding']);
    expect(seen).not.toHaveBeenCalled();
  });

  it('that comes too slowly is refused, and nothing of it stays', async () => {
    const request = httpRequest(`${url}/api/auth/signin`, { method: 'POST' });
    request.on('error', () => undefined);
    request.write('a');
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect([response.statusCode, await text(response)]).toEqual([
      408,
      expect.stringContaining('body_too_slow'),
    ]);
    request.destroy();
    await expect.poll(() => bodies.held).toBe(0);
    expect(seen).not.toHaveBeenCalled();
  });

  it('that breaks off is never handed on', async () => {
    const request = httpRequest(`${url}/api/auth/signin`, { method: 'POST' });
    request.on('error', () => undefined);
    request.write('a');
    await expect.poll(() => bodies.held).toBe(1);
    request.destroy();
    await expect.poll(() => bodies.held).toBe(0);
    expect(seen).not.toHaveBeenCalled();
  });

  it.each([
    [
      'a form that ends before its end',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form',
    ],
    ['a form without a boundary', 'multipart/form-data', '--x\r\n'],
    ['not a form', 'multipart/form-data; boundary=x', '{}'],
  ])('that is %s is refused, as nobody could read it', async (_, type, body) => {
    const response = await post('/sign-in', body, { 'content-type': type });
    expect(response.status).toBe(400);
    expect(seen).not.toHaveBeenCalled();
  });

  it('that is a form of a browser is handed on', async () => {
    const form = new FormData();
    form.set('email', 'a@kiln.example');
    form.set('file', new Blob(['x']), 'a.txt');
    expect((await post('/sign-in', form)).status).toBe(200);
  });
});

describe('a form of a page', () => {
  const send = (headers: Record<string, string>) => post('/sign-in', 'form', headers);

  it.each([
    ['of WEB_URL, however the proxy calls the portal', { origin: 'https://stats.example' }],
    [
      'of WEB_URL, whatever the proxy says of the host',
      { origin: 'https://stats.example', 'x-forwarded-host': 'internal:3000' },
    ],
    [
      'of the host that the proxy names',
      { origin: 'https://other.example', 'x-forwarded-host': 'other.example, internal' },
    ],
    ['that says no origin', {}],
  ])('%s is handed on, and Next agrees', async (_, headers) => {
    expect((await send(headers)).status).toBe(200);
    const { origin, ...handedOn } = seen.mock.lastCall?.[0].headers ?? {};
    const host = String(handedOn['x-forwarded-host'] ?? handedOn.host).split(',')[0];
    if (origin !== undefined) expect(host).toBe(new URL(origin).host);
  });

  it('of the address that it came to is handed on', async () => {
    expect((await send({ origin: url })).status).toBe(200);
  });

  it.each(['https://evil.example', 'http://stats.example', 'null', 'nonsense'])(
    'of %s is refused, and says which header is missing',
    async (origin) => {
      const response = await send({ origin });
      expect([response.status, response.headers.get('content-type')]).toEqual([
        403,
        'text/plain; charset=utf-8',
      ]);
      expect(await response.text()).toMatch(/^foreign_origin: .*proxy_set_header Host \$host;.*WEB_URL/);
      expect(seen).not.toHaveBeenCalled();
      expect(log.warn.mock.lastCall?.[0]).toMatchObject({ origin, webUrl: 'https://stats.example' });
    },
  );

  it('that a script of the page sends is refused in a way that the page can show', async () => {
    const response = await send({ origin: 'https://evil.example', 'next-action': 'x' });
    expect([response.status, response.headers.get('content-type')]).toEqual([403, 'text/plain']);
  });
});

describe('a form that Next cannot read', () => {
  it('is the sender’s to mend unless an action had begun', async () => {
    const broken = (began: boolean) => {
      handle = async (request, response) => {
        await buffer(request);
        if (began) noteAction();
        response.statusCode = 500;
        response.end();
      };
    };
    broken(false);
    expect((await post('/sign-in', '[{')).status).toBe(400);
    broken(true);
    expect((await post('/sign-in', '[{')).status).toBe(500);
    broken(false);
    expect((await post('/api/v1/query', '{}')).status).toBe(500);
  });
});

describe('a method', () => {
  it.each(['TRACE', 'PROPFIND', 'SEARCH'])('%s is refused, and says which are possible', async (method) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.end(`${method} / HTTP/1.1\r\nhost: a\r\ncookie: secret\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 405 /);
    expect(answer).toMatch(/^allow: GET, HEAD, POST/im);
    expect(answer).not.toContain('secret');
    expect(seen).not.toHaveBeenCalled();
  });
});

it('every answer says what browsers may not do, a refusal too', async () => {
  for (const response of [await fetch(url), await post('/api/auth/signin', new Uint8Array(MOST + 1))])
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

describe('an API key', () => {
  const ask = (path: string, authorization: string) => fetch(url + path, { headers: { authorization } });

  it('of a network that presented too many unknown ones is answered before anything looks at it', async () => {
    admit.mockRejectedValueOnce(requestFailure('too_many_of_network', 'too many', { retryAfter: 7 }));
    const response = await ask('/api/v1/query', 'Bearer ffk_x');
    expect([response.headers.get('retry-after'), await refusal(response)]).toEqual([
      '7',
      [429, 'too_many_of_network'],
    ]);
    expect(seen).not.toHaveBeenCalled();
    expect(admit).toHaveBeenCalledWith(sender, 'ffk_x');
  });

  it.each([
    ['/api/v1/query', 'Basic dXNlcjpwYXNz'],
    ['/sites/site_a', 'Bearer ffk_x'],
  ])('is looked for at the API alone, in one scheme: not at %s in %j', async (path, authorization) => {
    expect((await ask(path, authorization)).status).toBe(200);
    expect(admit).not.toHaveBeenCalled();
  });
});
