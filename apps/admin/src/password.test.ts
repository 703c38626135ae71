import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPassword } from './password.ts';

const PASSWORD = 'correct horse battery';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-password-'));
});
afterAll(() => rm(folder, { recursive: true }));

const piped = (content: string) => Readable.from([content]);

describe('a password of the command line', () => {
  it.each([PASSWORD, `${PASSWORD}\n`, `${PASSWORD}\r\nmore`, `\uFEFF${PASSWORD}\n`])(
    'is the first line of a file: %j',
    async (content) => {
      const file = path.join(folder, 'password.txt');
      await writeFile(file, content);
      expect(await readPassword({ 'password-file': file })).toBe(PASSWORD);
    },
  );

  it('is the first line of standard input', async () => {
    expect(await readPassword({ 'password-stdin': 'true' }, piped(`${PASSWORD}\n`))).toBe(PASSWORD);
    expect(await readPassword({ password: '-' }, piped(PASSWORD))).toBe(PASSWORD);
  });

  it('may stand on it, as it always could', async () => {
    expect(await readPassword({ password: PASSWORD })).toBe(PASSWORD);
  });

  it('is given one way', async () => {
    await expect(readPassword({})).rejects.toMatchObject({ code: 'missing_option' });
    const both = { password: PASSWORD, 'password-stdin': 'true' };
    await expect(readPassword(both)).rejects.toMatchObject({ code: 'repeated_option' });
    const nowhere = { 'password-file': path.join(folder, 'nowhere') };
    await expect(readPassword(nowhere)).rejects.toMatchObject({ code: 'invalid_file' });
  });
});
