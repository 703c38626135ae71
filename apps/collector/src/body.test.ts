import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { discardRest, readBody } from './body.ts';
import { HeldMemory } from './held-memory.ts';

const MAX = 1_000;

const boundedMemory = (bytes: number) =>
  new HeldMemory({ total: bytes, sender: bytes, graceMs: 5_000, bytesPerSecond: 1 });

function sending(headers: Record<string, string> = {}): PassThrough & IncomingMessage {
  return Object.assign(new PassThrough(), { headers, complete: false }) as unknown as PassThrough &
    IncomingMessage;
}

function read(parts: (Buffer | string)[], headers: Record<string, string> = {}, memory = boundedMemory(1e6)) {
  const request = sending(headers);
  const body = readBody(request, MAX, memory.open('a'));
  for (const part of parts) request.write(part);
  request.end();
  return body;
}

const TEXT = '{"title":"Größe ☕"}';

test.each([
  ['as it is', TEXT, {}],
  ['with charset=utf-8', TEXT, { 'content-type': 'text/plain;charset=UTF-8' }],
  ['with a byte order mark', `\ufeff${TEXT}`, {}],
  ['in another charset', Buffer.from(TEXT, 'utf16le'), { 'content-type': 'text/plain; charset="utf-16le"' }],
  ['as gzip', gzipSync(TEXT), { 'content-encoding': 'gzip' }],
  ['as GZIP', gzipSync(TEXT), { 'content-encoding': 'GZIP ' }],
  ['as deflate', deflateSync(TEXT), { 'content-encoding': 'deflate' }],
  ['as br', brotliCompressSync(TEXT), { 'content-encoding': 'br' }],
  ['as identity', TEXT, { 'content-encoding': 'identity' }],
])('reads a body that comes %s', async (_, sent, headers) => {
  expect(await read([sent], headers)).toBe(TEXT);
});

test('a character may be split between two parts', async () => {
  const bytes = Buffer.from('ö');
  expect(await read([bytes.subarray(0, 1), bytes.subarray(1)])).toBe('ö');
});

test.each([
  ['said to be too large', ['x'], { 'content-length': String(MAX + 1) }, 'too_large'],
  ['too large', ['x'.repeat(MAX), 'x'], {}, 'too_large'],
  ['too large when unpacked', [gzipSync(' '.repeat(MAX + 1))], { 'content-encoding': 'gzip' }, 'too_large'],
  ['no gzip', ['{}'], { 'content-encoding': 'gzip' }, 'invalid_body'],
  ['half of a gzip', [gzipSync(TEXT).subarray(0, 20)], { 'content-encoding': 'gzip' }, 'invalid_body'],
  ['in an unknown encoding', ['{}'], { 'content-encoding': 'constructor' }, 'unsupported_encoding'],
  ['in an unknown charset', ['{}'], { 'content-type': 'text/plain; charset=klingon' }, 'unsupported_charset'],
])('refuses a body that is %s', async (_, parts, headers, code) => {
  await expect(read(parts, headers as Record<string, string>)).rejects.toMatchObject({ code });
});

test('a body exactly as large as allowed is read', async () => {
  expect(await read(['x'.repeat(MAX)])).toHaveLength(MAX);
});

test('refuses what the process cannot hold, packed or not', async () => {
  await expect(read(['x'.repeat(101)], {}, boundedMemory(100))).rejects.toMatchObject({
    code: 'overloaded',
    status: 503,
  });
  const packed = gzipSync('x'.repeat(900));
  await expect(read([packed], { 'content-encoding': 'gzip' }, boundedMemory(600))).rejects.toMatchObject({
    code: 'overloaded',
  });
});

test('many packed bodies are unpacked a few at a time, and none is refused for what it might become', async () => {
  const memory = boundedMemory(100_000);
  const bodies = Array.from({ length: 50 }, () =>
    read([gzipSync(TEXT)], { 'content-encoding': 'gzip' }, memory),
  );
  expect(new Set(await Promise.all(bodies))).toEqual(new Set([TEXT]));
});

test('a drip of single bytes counts for what it costs', async () => {
  const memory = boundedMemory(5_000);
  await expect(read('x'.repeat(100).split(''), {}, memory)).rejects.toMatchObject({ code: 'overloaded' });
});

test('a body that is cut off says why', async () => {
  let now = 0;
  const memory = new HeldMemory({ total: 1e6, sender: 1e6, graceMs: 5_000, bytesPerSecond: 100 }, () => now);
  const request = sending();
  const body = readBody(request, MAX, memory.open('a'));
  now = 6_000;
  memory.cutSlow();
  await expect(body).rejects.toMatchObject({ code: 'too_slow', status: 408 });
});

test('a sender that leaves in the middle is not a fault of ours', async () => {
  const request = sending();
  const body = readBody(request, MAX, boundedMemory(1e6).open('a'));
  request.write('{');
  request.destroy();
  await expect(body).rejects.toMatchObject({ code: 'aborted', status: 499 });
});

test('what nobody wants is read to its end', async () => {
  const request = sending();
  const discarded = discardRest(request);
  for (let part = 0; part < 20; part += 1) request.write('x'.repeat(100_000));
  request.end();
  await discarded;
  expect(request.readableEnded).toBe(true);
});

test('a flood is not read to its end', async () => {
  const request = sending();
  const discarded = discardRest(request);
  const part = Buffer.alloc(8 * 1024 * 1024);
  for (let count = 0; count < 5; count += 1) request.write(part);
  await discarded;
  expect(request.isPaused()).toBe(true);
});
