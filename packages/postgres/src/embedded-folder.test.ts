import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Folder, freeFolder, holdsDatabase, initialise } from './embedded-folder.ts';

const OURSELVES = { prefix: [] };

let root: string;
let folder: Folder;
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'footfall-folder-')));
  folder = { data: path.join(root, 'data'), log: path.join(root, 'postgres.log') };
});
afterEach(() => rm(root, { recursive: true }));

/** A program that stands in for one of Postgres. */
async function fake(name: string, script: string): Promise<string> {
  const file = path.join(root, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

/** `initdb` calls us with `-D <folder>` first and `--pwfile=<file>` last. */
const MAKES_FOLDER = `
mkdir "$2" && echo 18 > "$2/PG_VERSION"
for last; do :; done
cp -p "\${last#--pwfile=}" "$2/password"
echo "$@" > "$2/arguments"`;

const make = (initdb: string) => initialise(OURSELVES, initdb, { folder, user: 'owner', password: 's3cret' });

describe('a new data folder', () => {
  test('comes to its place when it is whole', async () => {
    await make(await fake('initdb', MAKES_FOLDER));
    expect(await readFile(path.join(folder.data, 'PG_VERSION'), 'utf8')).toBe('18\n');
    expect(existsSync(`${folder.data}.new`)).toBe(false);
  });

  test('has one user, with a password that no command line shows', async () => {
    await make(await fake('initdb', MAKES_FOLDER));
    expect(await readFile(path.join(folder.data, 'password'), 'utf8')).toBe('s3cret');
    const command = await readFile(path.join(folder.data, 'arguments'), 'utf8');
    expect(command).toContain('-U owner');
    expect(command).toContain('--auth=scram-sha-256');
    expect(command).not.toContain('s3cret');
  });

  test('replaces one that an interrupted start has left', async () => {
    await mkdir(`${folder.data}.new`);
    await writeFile(path.join(`${folder.data}.new`, 'half'), '');
    await make(await fake('initdb', MAKES_FOLDER));
    expect(existsSync(path.join(folder.data, 'half'))).toBe(false);
  });

  test.each([
    ['the program’s own words', 'echo "initdb: error: disk full"; exit 1', 'disk full'],
    [
      'what is wrong, not how it tidies up',
      'echo "FATAL:  could not write: No space left on device"; echo "initdb: removing data directory"; exit 1',
      'could not write: No space left on device',
    ],
    ['those of the server that it runs', 'echo "[1] FATAL:  no memory" >&2; exit 1', 'no memory'],
  ])('is refused with %s', async (_whose, script, words) => {
    await writeFile(folder.log, 'initdb: error: of a start before\n');
    await expect(make(await fake('initdb', script))).rejects.toMatchObject({
      code: 'embedded_failed',
      message: `no database can be made in ${folder.data}: ${words}`,
    });
    expect(existsSync(folder.data)).toBe(false);
  });

  test.each([
    ['fails without a word', 'exit 1'],
    ['is killed', 'kill -9 $$'],
  ])('is refused with the name of the log when the program %s', async (_how, script) => {
    await writeFile(folder.log, 'initdb: error: of a start before\n');
    await expect(make(await fake('initdb', script))).rejects.toThrow(
      `no database can be made in ${folder.data}: see ${folder.log}`,
    );
  });

  test('is refused when there is no such program', async () => {
    await expect(make(path.join(root, 'absent'))).rejects.toThrow(
      `no database can be made in ${folder.data}: see ${folder.log}`,
    );
  });

  test('does not replace a folder that holds something else', async () => {
    await mkdir(folder.data);
    await writeFile(path.join(folder.data, 'diary'), 'dear');
    await expect(make(await fake('initdb', MAKES_FOLDER))).rejects.toMatchObject({
      code: 'embedded_failed',
      message: `${folder.data} is in the way: it holds no database (ENOTEMPTY)`,
    });
    expect(await readFile(path.join(folder.data, 'diary'), 'utf8')).toBe('dear');
  });

  test.each([
    ['made', MAKES_FOLDER],
    ['refused', 'exit 1'],
  ])('leaves no password beside it when it is %s', async (_how, script) => {
    await make(await fake('initdb', script)).catch(() => undefined);
    expect(existsSync(`${folder.data}.password`)).toBe(false);
  });
});

describe('a note of a process id', () => {
  const note = () => path.join(folder.data, 'postmaster.pid');
  const write = async (text: string) => {
    await mkdir(folder.data);
    await writeFile(note(), text);
  };

  test('may be absent, and so may the folder', async () => {
    await expect(freeFolder(folder)).resolves.toBeUndefined();
    await mkdir(folder.data);
    await expect(freeFolder(folder)).resolves.toBeUndefined();
  });

  test.each([
    ['empty', ''],
    ['not a number', 'postgres\n'],
    ['everybody’s process group', '0\n'],
    ['the first process of the system', '1\n'],
    ['a process group', '-5\n'],
    ['not whole', '12.5\n'],
  ])('that is %s is left to Postgres, and no process is sent a signal', async (_why, text) => {
    await write(text);
    await freeFolder(folder);
    expect(await readFile(note(), 'utf8')).toBe(text);
  });

  test('goes when another process has the number now, which goes on', async () => {
    await write(`${process.pid}\n${folder.data}\n`);
    await freeFolder(folder);
    expect(existsSync(note())).toBe(false);
  });

  test('goes when no process has the number', async () => {
    const ended = spawn('true');
    await once(ended, 'exit');
    await write(`${ended.pid}\n`);
    await freeFolder(folder);
    expect(existsSync(note())).toBe(false);
  });

  test('that cannot be read for another reason is not passed over', async () => {
    await writeFile(folder.data, 'a file');
    await expect(freeFolder(folder)).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

// Elsewhere a script is listed by the name of its shell.
describe.runIf(platform() === 'linux')('a server that was left behind', () => {
  /** Something that the system lists as `postgres`, in a folder. */
  async function server(cwd: string) {
    const script = `trap 'exit 0' INT; echo ready; while :; do sleep 0.05; done`;
    const child = spawn(await fake('postgres', script), { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    await writeFile(path.join(folder.data, 'postmaster.pid'), `${child.pid}\n`);
    return { child, ended: once(child, 'exit') };
  }
  beforeEach(() => mkdir(folder.data));

  test('is told to stop, and its note goes', async () => {
    const { child, ended } = await server(folder.data);
    await freeFolder(folder);
    await ended;
    // It has ended by its own trap: it was asked, not killed.
    expect([child.exitCode, child.signalCode]).toEqual([0, null]);
    expect(existsSync(path.join(folder.data, 'postmaster.pid'))).toBe(false);
  });

  test('is left alone when it serves another folder', async () => {
    const { child, ended } = await server(root);
    await freeFolder(folder);
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    child.kill('SIGKILL');
    await ended;
  });
});

test('a database that this user may not read is not taken for none', async () => {
  await mkdir(folder.data);
  await writeFile(path.join(folder.data, 'PG_VERSION'), '18');
  await chmod(folder.data, 0);
  const module = new URL('./embedded-folder.ts', import.meta.url).href;
  const script = `import { holdsDatabase } from ${JSON.stringify(module)};
    try { console.log(holdsDatabase(${JSON.stringify(folder)})); } catch (error) { console.log(error.message); }`;
  // Root may read everything, but without its capabilities.
  const plain = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : [];
  const [command = '', ...args] = [...plain, process.execPath, '--input-type=module', '-e', script];
  const said = execFileSync(command, args, { encoding: 'utf8' });
  await chmod(folder.data, 0o700);
  const { uid } = await stat(folder.data);
  expect(said.trim()).toBe(
    `the database in ${folder.data} cannot be read (EACCES): it belongs to the user with id ${uid}; run this as that user, or give it to yours with chown -R`,
  );
  expect(holdsDatabase(folder)).toBe(true);
  expect(holdsDatabase({ ...folder, data: path.join(root, 'absent') })).toBe(false);
});
