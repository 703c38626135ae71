import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataDirAt } from './data-dir.ts';
import { keepSecrets } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'footfall-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('are made once, long enough to be a FOOTFALL_SECRET, and readable by their owner only', async () => {
  const dataDir = dataDirAt(folder);
  const made = await keepSecrets(dataDir);
  expect(made.secret.length).toBeGreaterThanOrEqual(32);
  expect(made.postgresPassword.length).toBeGreaterThanOrEqual(32);
  expect(statSync(dataDir.secrets).mode & 0o777).toBe(0o600);
  expect(await keepSecrets(dataDir)).toEqual(made);
});

test('differ between installations', async () => {
  const one = await keepSecrets(dataDirAt(path.join(folder)));
  mkdirSync(path.join(folder, 'other'));
  const other = await keepSecrets(dataDirAt(path.join(folder, 'other')));
  expect(other.secret).not.toBe(one.secret);
  expect(other.postgresPassword).not.toBe(one.postgresPassword);
});

test('are never made anew for a database that has a password already', async () => {
  mkdirSync(path.join(folder, 'postgres', 'data'), { recursive: true });
  writeFileSync(path.join(folder, 'postgres', 'data', 'PG_VERSION'), '18');
  await expect(keepSecrets(dataDirAt(folder))).rejects.toMatchObject({ code: 'secrets_missing' });
});

test('of another version keep what they have, and get what they lack', async () => {
  const dataDir = dataDirAt(folder);
  const found = { postgresPassword: 'known', later: 'of a later version' };
  writeFileSync(dataDir.secrets, JSON.stringify(found));
  const secrets = await keepSecrets(dataDir);
  expect(secrets).toMatchObject(found);
  expect(secrets.secret.length).toBeGreaterThanOrEqual(32);
  expect(await keepSecrets(dataDir)).toEqual(secrets);
  expect(JSON.parse(readFileSync(dataDir.secrets, 'utf8'))).toEqual(secrets);
});
