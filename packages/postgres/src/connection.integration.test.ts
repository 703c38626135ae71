import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { selfSigned } from '@footfall/testkit/certificate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
import { findBinaries } from './embedded-binaries.ts';
import { giveTo, identityFor } from './embedded-identity.ts';
import { connectPool } from './pool.ts';

let folder: string;
let postgres: EmbeddedPostgres;
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-postgres-tls-'));
  const { cert, key } = selfSigned('localhost');
  await writeFile(file('cert.pem'), cert);
  await writeFile(file('key.pem'), key, { mode: 0o600 });
  await writeFile(file('other.pem'), selfSigned('localhost').cert);
  // Postgres takes a key of its own user only.
  const as = identityFor((await findBinaries()).postgres, folder);
  for (const name of ['cert.pem', 'key.pem']) giveTo(as, file(name));
  postgres = await startEmbeddedPostgres({
    dataDir: file('postgres'),
    password: 'test',
    settings: { ssl: 'on', ssl_cert_file: file('cert.pem'), ssl_key_file: file('key.pem'), fsync: 'off' },
  });
});
afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Whether a connection with these parameters speaks TLS; `host` is what the certificate may be for. */
async function speaksTls(parameters: Record<string, string>, host = 'localhost'): Promise<boolean> {
  const url = new URL(postgres.url);
  url.hostname = host;
  url.search = new URLSearchParams(parameters).toString();
  const pool = connectPool(url.href, { name: 'test', max: 1 });
  try {
    const sql = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    const { rows } = await pool.query<{ ssl: boolean }>(sql);
    return rows[0]?.ssl === true;
  } finally {
    await pool.end();
  }
}

test('without sslmode there is no TLS, as on one machine', async () => {
  expect(await speaksTls({})).toBe(false);
  expect(await speaksTls({ sslmode: 'disable' })).toBe(false);
});

test.each(['require', 'verify-ca', 'verify-full'])(
  'sslmode=%s speaks TLS with a server whose certificate is trusted, without a warning of the driver',
  async (sslmode) => {
    const warn = vi.spyOn(process, 'emitWarning');
    expect(await speaksTls({ sslmode, sslrootcert: file('cert.pem') })).toBe(true);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  },
);

test.each(['require', 'verify-ca', 'verify-full'])(
  'sslmode=%s refuses a certificate of a stranger',
  async (sslmode) => {
    await expect(speaksTls({ sslmode })).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    await expect(speaksTls({ sslmode, sslrootcert: file('other.pem') })).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  },
);

test('the name in the certificate is checked, but for sslmode=verify-ca', async () => {
  const trusted = { sslrootcert: file('cert.pem') };
  for (const sslmode of ['require', 'verify-full'])
    await expect(speaksTls({ ...trusted, sslmode }, '127.0.0.1')).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  expect(await speaksTls({ ...trusted, sslmode: 'verify-ca' }, '127.0.0.1')).toBe(true);
});

test('a CA without sslmode asks for TLS, and sslmode=no-verify for TLS with anybody', async () => {
  expect(await speaksTls({ sslrootcert: file('cert.pem') })).toBe(true);
  expect(await speaksTls({ sslmode: 'no-verify' }, '127.0.0.1')).toBe(true);
});
