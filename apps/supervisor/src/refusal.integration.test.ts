import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { platform } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownVariables, removeDataDir, SupervisorProcess } from './supervisor.fixture.ts';

let variables: Awaited<ReturnType<typeof ownVariables>>;
beforeEach(async () => {
  variables = await ownVariables();
});
afterEach(() => removeDataDir(variables));

/** Starts with one thing wrong; answers the only line that it says. */
async function refusal(wrong: object): Promise<string> {
  const supervisor = new SupervisorProcess({ ...variables, ...wrong });
  expect(await supervisor.exit).toBe(1);
  expect(supervisor.out).toEqual([]);
  expect(supervisor.hasRuntime()).toBe(false);
  expect(supervisor.err).toHaveLength(1);
  return supervisor.err[0] ?? '';
}

/** Nothing was begun: no database, no secrets, no logs of services. */
async function expectUntouched(): Promise<void> {
  expect(await readdir(variables.FOOTFALL_DATA_DIR)).not.toContain('postgres');
  expect(await readdir(variables.FOOTFALL_DATA_DIR)).not.toContain('secrets.json');
}

test('a port that is none', async () => {
  expect(await refusal({ WEB_PORT: 'eighty' })).toBe(
    'footfall: WEB_PORT must be a port from 1 to 65535 (it is "eighty"), for example WEB_PORT=3000',
  );
  await expectUntouched();
});

test('an address to listen on that is none, and one that this machine does not have', async () => {
  expect(await refusal({ LISTEN_HOST: 'everywhere' })).toBe(
    'footfall: LISTEN_HOST must be an IP address of this machine (it is "everywhere"), for example LISTEN_HOST=0.0.0.0',
  );
  // 192.0.2.0/24 is kept for documentation: no machine has it.
  expect(await refusal({ LISTEN_HOST: '192.0.2.1' })).toBe(
    'footfall: LISTEN_HOST: 192.0.2.1 is not an address of this machine; set it to one, or to all of them, for example LISTEN_HOST=0.0.0.0',
  );
  await expectUntouched();
});

test('a port in use is named with its variable before anything is started', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  expect(await refusal({ COLLECTOR_PORT: String(port) })).toMatch(
    new RegExp(
      `^footfall: COLLECTOR_PORT: port ${port} is in use by another program; .*COLLECTOR_PORT=\\d+$`,
    ),
  );
  await expectUntouched();
  other.close();
});

test('a data folder that cannot be made', async () => {
  const file = path.join(variables.FOOTFALL_DATA_DIR, 'file');
  await writeFile(file, '');
  expect(await refusal({ FOOTFALL_DATA_DIR: path.join(file, 'data') })).toMatch(
    /^footfall: FOOTFALL_DATA_DIR: .*\/file\/data cannot be written \(it is not a folder\); set it to/,
  );
});

test.runIf(platform() === 'linux')('a data folder where the system makes none', async () => {
  expect(await refusal({ FOOTFALL_DATA_DIR: '/proc/footfall' })).toBe(
    'footfall: FOOTFALL_DATA_DIR: /proc/footfall cannot be written (it cannot be made); set it to a folder of your own, for example FOOTFALL_DATA_DIR=/var/lib/footfall',
  );
});

test('a certificate that cannot be used', async () => {
  const file = path.join(variables.FOOTFALL_DATA_DIR, 'cert.pem');
  expect(await refusal({ TLS_CERT: file })).toMatch(/^footfall: TLS_KEY must be set where TLS_CERT is/);
  expect(await refusal({ TLS_CERT: file, TLS_KEY: file })).toBe(
    `footfall: TLS_CERT: ${file} cannot be read (ENOENT)`,
  );
  await writeFile(file, 'no certificate');
  expect(await refusal({ TLS_CERT: file, TLS_KEY: file })).toBe(
    `footfall: TLS_CERT: ${file} is not a certificate in PEM`,
  );
  await expectUntouched();
});

test('a database that nobody serves, without its password', async () => {
  const line = await refusal({ DATABASE_URL: 'postgres://shop:hunter2@127.0.0.1:1/footfall' });
  expect(line).toMatch(
    /^footfall: DATABASE_URL cannot be used: 127\.0\.0\.1:1 refuses connections .* for example DATABASE_URL=postgres:\/\/user:password@host:5432\/footfall$/,
  );
  expect(line).not.toContain('hunter2');
});

test('an event log that nobody serves is told by its own variable, and Postgres is stopped again', async () => {
  const supervisor = new SupervisorProcess({
    ...variables,
    EVENT_LOG_URL: 'postgres://shop:hunter2@127.0.0.1:1/log',
  });
  expect(await supervisor.exit).toBe(1);
  expect(supervisor.err.at(-1)).toMatch(/^footfall: EVENT_LOG_URL cannot be used: .*ECONNREFUSED/);
  expect(supervisor.hasRuntime()).toBe(false);
  const files = await readdir(path.join(variables.FOOTFALL_DATA_DIR, 'postgres', 'data'));
  expect(files).not.toContain('postmaster.pid');
});

test('a password that is not percent-encoded is told by the sign, and no piece of it is shown', async () => {
  const line = await refusal({ DATABASE_URL: 'postgres://shop:hun#ter2@127.0.0.1:1/footfall' });
  expect(line).toMatch(
    /^footfall: DATABASE_URL has a user or a password with signs that must be percent-encoded/,
  );
  for (const piece of ['hun#', 'ter2']) expect(line).not.toContain(piece);
});
