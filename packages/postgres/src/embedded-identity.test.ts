import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { giveTo, identityFor } from './embedded-identity.ts';

const ROOT = 0;
const NOBODY = 65_534;
const POSTGRES = '/somewhere/postgres';

let folder: string;
let calls: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-identity-'));
  calls = path.join(folder, 'calls');
  // Nothing of the machine is asked: its commands are those that a test puts into the folder.
  vi.stubEnv('PATH', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** A command that stands in for one of the system, says that it was called, and ends with a code. */
const command = (name: string, code = 0) =>
  writeFile(path.join(folder, name), `#!/bin/sh\necho "${name} $*" >> '${calls}'\nexit ${code}\n`, {
    mode: 0o755,
  });

const called = async () =>
  (existsSync(calls) ? await readFile(calls, 'utf8') : '')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' ')[0]);

describe('somebody who is not root and has a name', () => {
  test('runs Postgres as they are, and nothing is tried', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1_000);
    await command('unshare');
    expect(identityFor(POSTGRES, folder)).toEqual({ prefix: [] });
    expect(await called()).toEqual([]);
  });
});

describe('root, whom Postgres refuses,', () => {
  beforeEach(() => void vi.spyOn(process, 'getuid').mockReturnValue(ROOT));

  test('runs it in a user namespace, where files stay root’s', async () => {
    await command('unshare');
    const as = identityFor(POSTGRES, folder);
    expect(as).toEqual({
      prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
      owner: ROOT,
    });
    expect(await called()).toEqual(['unshare']);
  });

  test('tries it with the folder to write into and the program to run', async () => {
    await command('unshare');
    identityFor(POSTGRES, folder);
    const script = 'id -un && test -w "$1" && "$2" --version';
    expect(await readFile(calls, 'utf8')).toContain(`-- sh -c ${script} sh ${folder} ${POSTGRES}\n`);
  });

  test.each([
    ['are not permitted', () => command('unshare', 1)],
    ['are unknown to the system', async () => undefined],
  ])('runs it as nobody who may enter root’s folders where namespaces %s', async (_why, arrange) => {
    await arrange();
    await command('setpriv');
    const as = identityFor(POSTGRES, folder);
    expect(as.prefix).toContain('--ambient-caps=+dac_override');
    expect(as.owner).toBe(NOBODY);
    expect((await called()).at(-1)).toBe('setpriv');
  });

  test('is refused where no way works, after the folder was offered to nobody', async () => {
    for (const name of ['unshare', 'setpriv', 'sh']) await command(name, 1);
    await command('chown');
    expect(() => identityFor(POSTGRES, folder)).toThrow(
      expect.objectContaining({
        code: 'embedded_unavailable',
        message: `Postgres cannot run as user 0, nor as another user who may use ${folder} and ${POSTGRES}`,
        remedy: 'set DATABASE_URL to a Postgres of your own',
      }),
    );
    expect((await called()).slice(0, 3)).toEqual(['unshare', 'setpriv', 'chown']);
  });
});

describe('a folder', () => {
  const STRANGER = 4_321;

  test.each([
    ['stays whose it is when its owner does not matter', {}],
    ['stays whose it is when that is the owner', { owner: process.getuid?.() ?? 0 }],
  ])('%s', async (_why, as) => {
    await command('chown');
    giveTo({ prefix: [], ...as }, folder);
    expect(await called()).toEqual([]);
  });

  test('is given to the owner with all that it holds', async () => {
    await command('chown');
    giveTo({ prefix: [], owner: STRANGER }, folder);
    expect(await readFile(calls, 'utf8')).toBe(`chown -R ${STRANGER}:${STRANGER} ${folder}\n`);
  });

  test('that cannot be given stops the start', async () => {
    await command('chown', 1);
    expect(() => giveTo({ prefix: [], owner: STRANGER }, folder)).toThrow(/Command failed: chown -R/);
  });
});
