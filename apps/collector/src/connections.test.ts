import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, get, type Server } from 'node:http';
import { get as getByTls, Agent as TlsAgent } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHttpServer } from '@footfall/service/http-server';
import { selfSigned } from '@footfall/testkit/certificate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { limitConnections } from './connections.ts';

const MOST = 20;
const FAIR_MS = 50;
let folder: string;
let server: Server;
const sockets: Socket[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-connections-'));
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

type Tls = Parameters<typeof createHttpServer>[0]['tls'];

/** The files of a certificate. */
async function writeCertificate(): Promise<Tls> {
  const { cert, key } = selfSigned('localhost');
  const files = { certFile: path.join(folder, 'cert.pem'), keyFile: path.join(folder, 'key.pem') };
  await Promise.all([writeFile(files.certFile, cert), writeFile(files.keyFile, key)]);
  return files;
}

/** Listens; requests to /slow are answered when they are told to. */
async function listen(tls: Tls = null) {
  const slow: (() => void)[] = [];
  const limited: string[] = [];
  server = createHttpServer({ tls, maxConnections: MOST }, (request, response) => {
    if (request.url === '/slow') slow.push(() => response.end('slow'));
    else response.end('ok');
  });
  limitConnections(server, (limit) => void limited.push(limit), FAIR_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, slow, limited };
}

/** Opens a connection, says the beginning of a request, and no more. */
function hold(port: number, said: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.on('connect', () => socket.write(said, () => resolve(socket))));
}

const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test.each([
  ['no request', ''],
  ['half a head', 'POST /collect HTTP/1.1\r\nhost: a\r\n'],
  ['half a body', 'POST /collect HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{'],
  ['nothing more after an answer', 'GET / HTTP/1.1\r\nhost: a\r\n\r\n'],
])('connections with %s, as many as there may be, keep nobody out', async (_, said) => {
  const { port, limited } = await listen();
  for (let n = 0; n < MOST * 0.8; n += 1) await hold(port, said);
  // Whoever has just come is not cut off: it may be about to send.
  await passed(FAIR_MS + 20);
  for (let n = 0; n < MOST * 2; n += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
    expect(await response.text()).toBe('ok');
    await hold(port, said);
    if (n % 4 === 3) await passed(FAIR_MS + 20);
  }
  expect(limited).toContain('crowded');
});

test.each([
  ['plain HTTP', false],
  ['TLS', true],
])('one whose request is being answered is never cut off, by %s', async (_, isTls) => {
  const { port, slow } = await listen(isTls ? await writeCertificate() : null);
  const agent = isTls ? new TlsAgent({ rejectUnauthorized: false }) : new Agent();
  const url = `${isTls ? 'https' : 'http'}://127.0.0.1:${port}/slow`;
  const answers = Array.from(
    { length: 8 },
    () =>
      new Promise<number | undefined>((resolve, reject) => {
        const ask = isTls ? getByTls : get;
        ask(url, { agent }, (response) => resolve(response.statusCode)).on('error', reject);
      }),
  );
  await expect.poll(() => slow.length).toBe(8);
  for (let round = 0; round < 3; round += 1) {
    for (let n = 0; n < 8; n += 1) await hold(port, '');
    await passed(FAIR_MS + 20);
  }
  for (const end of slow) end();
  expect(await Promise.all(answers)).toEqual(Array(8).fill(200));
});
