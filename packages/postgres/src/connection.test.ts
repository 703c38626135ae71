import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { readConnection } from './connection.ts';

const URL_ = 'postgres://u:p%40ss@db.internal:5432/shop';

test('what is not TLS’s stays in the URL as it is', () => {
  expect(readConnection(`${URL_}?application_name=a`)).toEqual({
    connectionString: `${URL_}?application_name=a`,
    ssl: false,
  });
  expect(readConnection(URL_)).toEqual({ connectionString: URL_, ssl: false });
});

test('what is TLS’s is taken out, so that the driver has nothing to say of it', () => {
  expect(readConnection(`${URL_}?sslmode=require&a=b&uselibpqcompat=true`)).toEqual({
    connectionString: `${URL_}?a=b`,
    ssl: {},
  });
});

test.each(['prefer', 'allow', 'on'])('sslmode=%s is refused, with those that there are', (mode) => {
  expect(() => readConnection(`${URL_}?sslmode=${mode}`)).toThrow(
    `sslmode=${mode} is not one of disable, require, verify-full, verify-ca, no-verify`,
  );
});

test('a file that is not there is named, and nothing of the password', () => {
  const read = () => readConnection(`${URL_}?sslrootcert=/absent/ca.pem`);
  expect(read).toThrow(
    'sslrootcert=/absent/ca.pem cannot be read: /absent/ca.pem: it does not exist (ENOENT)',
  );
  expect(read).not.toThrow('p%40ss');
});

test('a certificate and a key of our own are handed over', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'footfall-tls-'));
  for (const name of ['cert', 'key']) writeFileSync(path.join(folder, name), name);
  const url = `${URL_}?sslmode=verify-full&sslcert=${folder}/cert&sslkey=${folder}/key`;
  expect(readConnection(url).ssl).toEqual({ cert: 'cert', key: 'key' });
  rmSync(folder, { recursive: true });
});

test('sslrootcert=system trusts whom the system trusts', () => {
  const { ssl } = readConnection(`${URL_}?sslmode=verify-full&sslrootcert=system`);
  expect(ssl).toMatchObject({ ca: expect.arrayContaining([rootCertificates[0]]) });
});
