import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { request } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { selfSigned } from '@footfall/testkit/certificate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttpServer } from './http-server.ts';
import { closeServer, listen } from './listen.ts';

const ANY = { host: '127.0.0.1', port: 0, variable: 'TEST_PORT' };
const servers: Server[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-server-'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map(closeServer));
  await rm(folder, { recursive: true });
});

async function serve(options: Parameters<typeof createHttpServer>[0]): Promise<number> {
  const server = createHttpServer(options, (_request, response) => response.end('here'));
  servers.push(server);
  return listen(server, ANY);
}

/** Takes its place whole, as tools that renew certificates do. */
async function put(name: string, content: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
  return file;
}

async function tlsFiles(name: string) {
  const { cert, key } = selfSigned(name);
  return { cert, files: { certFile: await put('cert.pem', cert), keyFile: await put('key.pem', key) } };
}

/** The name in the certificate that a port answers with. */
async function nameAt(port: number): Promise<string> {
  const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return String(CN);
}

describe('with a certificate', () => {
  test('answers by TLS to whoever trusts it, and to nobody in plain text', async () => {
    const { cert, files } = await tlsFiles('shop.example');
    const port = await serve({ tls: files });
    const asked = request({ host: '127.0.0.1', port, servername: 'shop.example', ca: cert }).end();
    const [answer] = await once(asked, 'response');
    expect(await text(answer)).toBe('here');
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  test('speaks no TLS before 1.2', async () => {
    const port = await serve({ tls: (await tlsFiles('shop.example')).files });
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const socket = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false, ...old });
    await expect(once(socket, 'secureConnect')).rejects.toThrow();
  });

  test('takes a new one without a new start, and keeps the one before while the new one is not whole', async () => {
    const { files } = await tlsFiles('old.example');
    const troubles: unknown[] = [];
    const port = await serve({ tls: files, onTrouble: (error) => troubles.push(error) });
    await put('cert.pem', 'half');
    await expect.poll(() => troubles.length, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(await nameAt(port)).toBe('old.example');
    await tlsFiles('new.example');
    await expect.poll(() => nameAt(port), { timeout: 30_000 }).toBe('new.example');
  });
});

describe('limits', () => {
  const opened = async (port: number): Promise<Socket> => {
    const socket = connectTcp(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };

  test('one connection more than it takes is closed as it comes', async () => {
    const port = await serve({ tls: null, maxConnections: 2 });
    const held = [await opened(port), await opened(port)];
    const turnedAway = await opened(port);
    await once(turnedAway, 'close');
    for (const socket of held) expect(socket.destroyed).toBe(false);
    for (const socket of held) socket.destroy();
  });

  test('a sender has 10 s for its headers and 30 s for all of a request; its headers have 16 KB', async () => {
    const port = await serve({ tls: null });
    expect(servers[0]).toMatchObject({ headersTimeout: 10_000, requestTimeout: 30_000 });
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { x: 'x'.repeat(20_000) } });
    expect(answer.status).toBe(431);
  });
});
