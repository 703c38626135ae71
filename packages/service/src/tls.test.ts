import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { selfSigned } from '@footfall/testkit/certificate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTls } from './tls.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-tls-'));
  const [own, other] = [selfSigned('shop.example'), selfSigned('shop.example')];
  const files = { 'cert.pem': own.cert, 'key.pem': own.key, 'other.pem': other.key, 'text.pem': 'hello' };
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), content);
});
afterAll(() => rm(folder, { recursive: true }));

test('a certificate and its key', () => {
  const { cert, key } = readTls({ certFile: at('cert.pem'), keyFile: at('key.pem') });
  expect(String(cert)).toContain('BEGIN CERTIFICATE');
  expect(String(key)).toContain('BEGIN PRIVATE KEY');
});

test.each([
  ['absent.pem', 'key.pem', 'TLS_CERT', 'absent.pem cannot be read (ENOENT)'],
  ['cert.pem', 'absent.pem', 'TLS_KEY', 'absent.pem cannot be read (ENOENT)'],
  ['text.pem', 'key.pem', 'TLS_CERT', 'text.pem is not a certificate in PEM'],
  ['cert.pem', 'text.pem', 'TLS_KEY', 'text.pem is not a private key without a passphrase in PEM'],
  ['cert.pem', 'other.pem', 'TLS_KEY', 'is not the key of the certificate in'],
])('%s with %s is told by %s in one line', (cert, key, where, problem) => {
  expect(() => readTls({ certFile: at(cert), keyFile: at(key) })).toThrow(
    expect.objectContaining({
      code: 'tls_unusable',
      where,
      message: expect.stringMatching(
        new RegExp(`^${where}: [^\n]*${problem.replace(/[().]/g, '\\$&')}[^\n]*$`),
      ),
    }),
  );
});
