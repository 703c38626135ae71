import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { selfSigned } from '@footfall/testkit/certificate';
import { afterEach, describe, expect, test } from 'vitest';
import { dnsServer, type Zone } from './dns-server.fixture.ts';
import type { outboundFailure } from './errors.ts';
import { type OutboundRequest, outboundFetch } from './fetch.ts';
import { loopbackAt, loopbackNetwork } from './network.fixture.ts';
import type { Network } from './network.ts';

let closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing) close();
  closing = [];
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A web server on loopback, and what it was asked. */
async function web(listener: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} http://${request.headers.host}${request.url}`);
    listener(request, response);
  });
  return { port: await listen(server), asked };
}

async function dns(zone: Zone): Promise<string[]> {
  const server = await dnsServer(zone);
  closing.push(server.close);
  return [server.address];
}

type Asked = Omit<OutboundRequest, 'url' | 'owner'>;

/** Asks `http://shop.example/`, which is a server of the listener. */
async function ask(listener: RequestListener, request: Asked & { url?: string } = {}) {
  const { port } = await web(listener);
  return outboundFetch(
    [],
    loopbackAt({ http: port }),
  )({ url: 'http://shop.example/', owner: 't1', ...request });
}

const code = (expected: Parameters<typeof outboundFailure>[0]) => ({ name: 'Failure', code: expected });

describe('an address that is written in the URL', () => {
  const blocked = [
    'http://127.0.0.1/',
    'http://127.1/',
    'http://127.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://0177.0x0.1/',
    'http://１２７.０.０.１/',
    'http://127。0。0。1/',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://0/',
    'http://0.0.0.0/',
    'http://10.0.0.1/',
    'http://100.64.0.1/',
    'http://100.100.100.200/latest/meta-data/',
    'http://168.63.129.16/',
    'http://169.254.169.254/latest/meta-data/',
    'http://0xa9fea9fe/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://192.0.0.192/',
    'http://192.0.2.1/',
    'http://192.88.99.1/',
    'http://198.18.0.1/',
    'http://224.0.0.251/',
    'http://240.0.0.1/',
    'http://255.255.255.255/',
    'http://[::]/',
    'http://[::1]/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[64:ff9b::8.8.8.8]/',
    'http://[64:ff9b:1::10.0.0.1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[2001:db8::1]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[fd00:ec2::254]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://anything.localhost/',
    'http://postgres/',
    'http://printer.local/',
    'http://metadata.google.internal/computeMetadata/v1/',
    'http://router.lan/',
    'http://nas.home.arpa/',
    'http://1.0.0.127.in-addr.arpa/',
    'https://intranet.corp/',
  ];

  test.each(blocked)('%s is not asked', async (url) => {
    await expect(outboundFetch([])({ url, owner: 't1' })).rejects.toMatchObject(code('blocked_address'));
  });

  test.each([
    ['http://[fe80::1%25eth0]/', 'invalid_url'],
    ['http://[fe80::1%eth0]/', 'invalid_url'],
    ['http://127.0.0.1.1.1/', 'invalid_url'],
    ['shop.example', 'invalid_url'],
    [`http://shop.example/${'a'.repeat(3_000)}`, 'invalid_url'],
    ['file:///etc/passwd', 'blocked_scheme'],
    ['ftp://shop.example/', 'blocked_scheme'],
    ['gopher://127.0.0.1:6379/_INFO', 'blocked_scheme'],
    ['data:text/html,x', 'blocked_scheme'],
    ['http://user@shop.example/', 'blocked_credentials'],
    ['http://:secret@shop.example/', 'blocked_credentials'],
    ['http://shop.example@127.0.0.1/', 'blocked_credentials'],
    ['http://8.8.8.8:22/', 'blocked_port'],
    ['http://shop.example:6379/', 'blocked_port'],
    ['https://shop.example:8443/', 'blocked_port'],
  ] as const)('%s is refused: %s', async (url, expected) => {
    await expect(outboundFetch([])({ url, owner: 't1' })).rejects.toMatchObject(code(expected));
  });
});

describe('a name', () => {
  /** Asks with the rules of the public internet; should one of them let it through, a server on loopback notes it. */
  async function askName(zone: Zone, more: Partial<Network> = {}) {
    const page = await web((_request, response) => void response.end('secret'));
    const fetch = outboundFetch(await dns(zone), { portOf: () => page.port, ...more });
    const asking = fetch({ url: 'http://shop.example/', owner: 't1' });
    return { asking, page };
  }

  test.each([
    ['loopback', { A: ['127.0.0.1'] }],
    ['a private address', { A: ['10.0.0.1'] }],
    ['a metadata service', { A: ['169.254.169.254'] }],
    ['loopback of IPv6', { AAAA: ['0:0:0:0:0:0:0:1'] }],
    ['an IPv4-mapped address', { AAAA: ['0:0:0:0:0:ffff:7f00:1'] }],
    ['an address through NAT64', { AAAA: ['64:ff9b:0:0:0:0:7f00:1'] }],
    ['one public address and loopback', { A: ['8.8.8.8', '127.0.0.1'] }],
    ['a public IPv4 and an inner IPv6 address', { A: ['8.8.8.8'], AAAA: ['fd00:0:0:0:0:0:0:1'] }],
  ])('that means %s is not asked', async (_, records) => {
    const { asking, page } = await askName({ 'shop.example': records });
    await expect(asking).rejects.toMatchObject(code('blocked_address'));
    expect(page.asked).toEqual([]);
  });

  test('that means another address a moment later is connected to where it was checked', async () => {
    let asked = 0;
    const A = () => {
      asked += 1;
      return { A: [asked === 1 ? '127.0.0.1' : '127.0.0.2'] };
    };
    const { asking, page } = await askName(
      { 'shop.example': A },
      { isAllowed: (address) => address === '127.0.0.1' },
    );
    expect((await asking).body.toString()).toBe('secret');
    expect(asked).toBe(1);
    expect(page.asked).toHaveLength(1);
  });

  test('that turns to an inner address between a page and its redirect is not asked again', async () => {
    let asked = 0;
    const rebinding = () => {
      asked += 1;
      return { A: [asked === 1 ? '127.0.0.1' : '127.0.0.2'] };
    };
    const page = await web((_request, response) => void response.writeHead(302, { location: '/2' }).end());
    const fetch = outboundFetch(await dns({ 'shop.example': rebinding }), {
      portOf: () => page.port,
      isAllowed: (address) => address === '127.0.0.1',
    });
    await expect(fetch({ url: 'http://shop.example/1', owner: 't1', redirects: 3 })).rejects.toMatchObject(
      code('blocked_address'),
    );
    expect(page.asked).toEqual(['GET http://shop.example/1']);
  });

  test('without an address is not found', async () => {
    const { asking } = await askName({});
    await expect(asking).rejects.toMatchObject({ ...code('dns'), values: { host: 'shop.example' } });
  });

  test('that no server of DNS answers for is not found', async () => {
    const fetch = outboundFetch([], { addresses: () => Promise.reject(new Error('SERVFAIL')) });
    await expect(fetch({ url: 'http://shop.example/', owner: 't1' })).rejects.toMatchObject(code('dns'));
  });
});

describe('a redirect', () => {
  const to =
    (location: string): RequestListener =>
    (request, response) => {
      if (request.url === '/') response.writeHead(302, { location }).end();
      else response.end(`${request.url} ${request.headers['x-secret'] ?? 'none'}`);
    };

  test('is the answer when none are followed', async () => {
    expect(await ask(to('http://127.0.0.1/'))).toMatchObject({
      status: 302,
      headers: { location: 'http://127.0.0.1/' },
    });
  });

  test('is followed, and named', async () => {
    expect(await ask(to('/start'), { redirects: 1 })).toMatchObject({
      status: 200,
      url: 'http://shop.example/start',
      redirectedFrom: ['http://shop.example/'],
    });
  });

  test('takes the headers of a request to its own origin only', async () => {
    const headers = { 'x-secret': 'key' };
    const same = await ask(to('/start'), { redirects: 1, headers });
    const other = await ask(to('http://evil.example/start'), { redirects: 1, headers });
    expect([String(same.body), String(other.body)]).toEqual(['/start key', '/start none']);
  });

  test.each([
    ['http://10.0.0.2/', 'blocked_address'],
    ['http://169.254.169.254/', 'blocked_address'],
    ['http://[::ffff:10.0.0.1]/', 'blocked_address'],
    ['//167772162/', 'blocked_address'],
    ['http://localhost/', 'blocked_address'],
    ['http://shop.example:6379/', 'blocked_port'],
    ['http://user:word@shop.example/', 'blocked_credentials'],
    ['file:///etc/passwd', 'blocked_scheme'],
    ['http://', 'blocked_redirect'],
    ['/', 'too_many_redirects'],
  ] as const)('to %s is not followed: %s', async (location, expected) => {
    await expect(ask(to(location), { redirects: 9 })).rejects.toMatchObject(code(expected));
  });

  test('that the caller does not want is not followed', async () => {
    const mayFollow = ({ hostname }: URL) => hostname === 'shop.example';
    await expect(ask(to('http://other.example/'), { redirects: 1, mayFollow })).rejects.toMatchObject({
      ...code('blocked_redirect'),
      values: { host: 'other.example' },
    });
  });

  test('of a POST is never followed', async () => {
    expect(await ask(to('/start'), { method: 'POST', body: 'x', redirects: 3 })).toMatchObject({
      status: 302,
    });
  });
});

describe('what is sent', () => {
  test('is a body with its length and headers', async () => {
    const answer = await ask(
      async (request, response) => {
        const parts: Buffer[] = [];
        for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
        response.statusCode = 500;
        response.end(
          `${request.method} ${request.url} ${request.headers['content-length']} ${request.headers['content-type']} ${Buffer.concat(parts)}`,
        );
      },
      {
        url: 'http://shop.example/hook?a=1',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '"ö"',
      },
    );
    expect(answer.status).toBe(500);
    expect(String(answer.body)).toBe('POST /hook?a=1 4 application/json "ö"');
  });

  test('goes to the host itself, whatever proxy the environment names', async () => {
    const page = await web((_request, response) => void response.end('page'));
    const proxy = await web((_request, response) => void response.end('proxy'));
    const program = `
      import { outboundFetch } from ${JSON.stringify(new URL('fetch.ts', import.meta.url).href)};
      import { loopbackAt } from ${JSON.stringify(new URL('network.fixture.ts', import.meta.url).href)};
      const fetch = outboundFetch([], loopbackAt({ http: ${page.port} }));
      process.stdout.write((await fetch({ url: 'http://shop.example/', owner: 't1' })).body);`;
    const address = `http://127.0.0.1:${proxy.port}`;
    const env = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: address, http_proxy: address };
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env });
    expect((await run).stdout).toBe('page');
  });

  test('goes to literal addresses and any port where a test allows it', async () => {
    const { port } = await web((_request, response) => void response.end('here'));
    const answer = await outboundFetch(
      [],
      loopbackNetwork,
    )({ url: `http://127.0.0.1:${port}/`, owner: 't1' });
    expect(String(answer.body)).toBe('here');
  });
});

describe('a body', () => {
  const megabyte = 1024 * 1024;
  const long =
    (bytes: number): RequestListener =>
    (_request, response) =>
      void response.end(Buffer.alloc(bytes, 97));

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ] as const)('in %s is read', async (encoding, compress) => {
    const answer = await ask((_request, response) => {
      response.setHeader('content-encoding', encoding);
      response.end(compress('Töpferei'));
    });
    expect(String(answer.body)).toBe('Töpferei');
  });

  test('of exactly as much as is allowed is read', async () => {
    const { body, isCut } = await ask(long(megabyte));
    expect([body.length, isCut]).toEqual([megabyte, false]);
  });

  test('of one byte more is refused, or cut', async () => {
    await expect(ask(long(megabyte + 1))).rejects.toMatchObject(code('too_large'));
    const { body, isCut } = await ask(long(megabyte + 1), { tooLong: 'cut' });
    expect([body.length, isCut]).toEqual([megabyte, true]);
  });

  test('is never read beyond 1 MiB, whatever a caller allows', async () => {
    await expect(ask(long(2 * megabyte), { maxBytes: 1e9 })).rejects.toMatchObject(code('too_large'));
  });

  test.each([
    ['gzip', (bytes: Buffer) => gzipSync(bytes, { level: 1 })],
    ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ] as const)('that is a bomb of 200 MB in %s is left after the first', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(200_000_000));
    const before = process.memoryUsage().rss;
    await expect(
      ask((_request, response) => {
        response.setHeader('content-encoding', encoding);
        response.end(bomb);
      }),
    ).rejects.toMatchObject(code('too_large'));
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  test('that decompresses to nothing, without an end, is left', async () => {
    // An empty block of deflate, which any number may follow.
    const nothing = Buffer.alloc(64 * 1024);
    for (let at = 0; at < nothing.length - 5; at += 5) nothing.set([0, 0, 0, 0xff, 0xff], at);
    const blocks = nothing.subarray(0, nothing.length - (nothing.length % 5));
    await expect(
      ask((_request, response) => {
        response.setHeader('content-encoding', 'deflate');
        response.write(Buffer.from([0x78, 0x9c]));
        const more = () => {
          while (!response.destroyed && response.write(blocks));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      }),
    ).rejects.toMatchObject(code('too_large'));
  });

  test.each([['gzip'], ['zstd'], ['gzip, gzip'], ['constructor']])(
    'that is not %s is refused',
    async (encoding) => {
      await expect(
        ask((_request, response) => {
          response.setHeader('content-encoding', encoding);
          response.end('plain');
        }),
      ).rejects.toMatchObject(code('protocol'));
    },
  );
});

describe('a host that does not answer as it should', () => {
  const raw = async (text: string, end: 'end' | 'destroy' = 'end') => {
    const port = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => {
          socket.write(text);
          socket[end]();
        });
      }),
    );
    return outboundFetch([], loopbackAt({ http: port }))({ url: 'http://shop.example/', owner: 't1' });
  };

  test('is not HTTP', async () => {
    await expect(raw('SSH-2.0-OpenSSH_9.7\r\n')).rejects.toMatchObject(code('protocol'));
  });

  test('has headers without an end', async () => {
    await expect(raw(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`)).rejects.toMatchObject(
      code('too_large'),
    );
  });

  test('goes away in the middle', async () => {
    await expect(raw('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab', 'destroy')).rejects.toMatchObject(
      code('unreachable'),
    );
  });

  test('refuses', async () => {
    await expect(
      outboundFetch([], loopbackAt({}))({ url: 'http://shop.example/', owner: 't1' }),
    ).rejects.toMatchObject(code('refused'));
  });

  test.each<[string, RequestListener]>([
    ['is silent', () => undefined],
    [
      'sends a letter at a time',
      (_request, response) => {
        const timer = setInterval(() => response.write('a'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
    [
      'sends redirects slowly',
      (_request, response) => void setTimeout(() => response.writeHead(302, { location: '/' }).end(), 80),
    ],
  ])('%s', async (_, listener) => {
    await expect(ask(listener, { timeoutMs: 250, redirects: 5 })).rejects.toMatchObject(code('timeout'));
  });

  test('has a server of DNS that is silent', async () => {
    const fetch = outboundFetch([], { addresses: () => new Promise(() => undefined) });
    await expect(fetch({ url: 'http://shop.example/', owner: 't1', timeoutMs: 100 })).rejects.toMatchObject(
      code('timeout'),
    );
  });
});

describe('TLS', () => {
  const { cert, key } = selfSigned('shop.example');
  const secure = async (request: { url: string }, network: Partial<Network>) => {
    const port = await listen(
      createTlsServer({ cert, key }, (_request, response) => void response.end('safe')),
    );
    return outboundFetch([], { ...loopbackAt({ https: port }), ...network })({ owner: 't1', ...request });
  };

  test('is verified', async () => {
    await expect(secure({ url: 'https://shop.example/' }, {})).rejects.toMatchObject(code('tls'));
  });

  test('of another host is refused', async () => {
    await expect(secure({ url: 'https://other.example/' }, { ca: cert })).rejects.toMatchObject(code('tls'));
  });

  test('that is right is used', async () => {
    expect(String((await secure({ url: 'https://shop.example/' }, { ca: cert })).body)).toBe('safe');
  });
});

test('one owner has four requests at once, all together have 32, and places are given back', async () => {
  const open: (() => void)[] = [];
  const { port } = await web((_request, response) => void open.push(() => response.end()));
  const fetch = outboundFetch([], loopbackAt({ http: port }));
  const from = (owner: string) => fetch({ url: 'http://shop.example/', owner });
  const first = Array.from({ length: 32 }, (_, index) => from(`t${index >> 2}`));
  await expect(from('t0')).rejects.toMatchObject({ ...code('busy'), retriable: true });
  await expect(from('another')).rejects.toMatchObject(code('busy'));
  await expect.poll(() => open.length).toBe(32);
  for (const end of open) end();
  await Promise.all(first);
  const again = from('t0');
  await expect.poll(() => open.length).toBe(33);
  open.at(-1)?.();
  expect((await again).status).toBe(200);
});
