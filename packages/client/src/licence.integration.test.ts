import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PACKAGES = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

type Packed = { files: { path: string }[] };

test.each(['client', 'tracker'])('the %s, as npm packs it, carries the MIT licence', async (name) => {
  const folder = path.join(PACKAGES, name);
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: folder });
  const packed = Object.values(JSON.parse(stdout) as Record<string, Packed>);
  expect(packed[0]?.files.map((file) => file.path)).toContain('LICENSE');
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  expect(manifest.license).toBe('MIT');
  expect(await readFile(path.join(folder, 'LICENSE'), 'utf8')).toMatch(/^MIT License\n/);
  // What it would depend on at run time would come with a licence of its own.
  expect(manifest.dependencies ?? {}).toEqual({});
});
