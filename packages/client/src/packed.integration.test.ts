import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const TYPESCRIPT = path.dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const run = promisify(execFile);
const tsc = (args: readonly string[]) => run(process.execPath, [path.join(TYPESCRIPT, 'bin/tsc'), ...args]);

let shop: string;
/** A project of somebody else with the package as it is published. */
beforeAll(async () => {
  shop = await mkdtemp(path.join(tmpdir(), 'footfall-client-'));
  const installed = path.join(shop, 'node_modules/@footfall/client');
  await mkdir(installed, { recursive: true });
  await cp(path.join(PACKAGE, 'package.json'), path.join(installed, 'package.json'));
  await tsc(['-p', path.join(PACKAGE, 'tsconfig.build.json'), '--outDir', path.join(installed, 'dist')]);
  await writeFile(path.join(shop, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rm(shop, { recursive: true, force: true }));

/** The examples of the README, one after another as one program. */
async function examples(): Promise<string> {
  const readme = await readFile(path.join(PACKAGE, 'README.md'), 'utf8');
  return [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code).join('\n');
}

it('the package, as it is published, has the types that the README uses', async () => {
  const file = path.join(shop, 'readme.ts');
  const code = await examples();
  expect(code).toContain('createClient');
  await writeFile(file, code);
  const strict = [
    '--noEmit',
    '--strict',
    '--target',
    'es2024',
    '--module',
    'nodenext',
    '--lib',
    'es2024,dom',
  ];
  const wrong = await tsc([...strict, file]).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
  expect(wrong).toBe('');
});

it('the package runs as it is, and needs no other', async () => {
  const program = `import { createClient, FootfallError } from '@footfall/client';
    const fetch = async () => Response.json({ error: { code: 'forbidden', message: 'no' } }, { status: 403 });
    const client = createClient({ url: 'http://x.example', apiKey: 'k', fetch });
    const error = await client.realtime('s').catch((caught) => caught);
    console.log(error instanceof FootfallError, error.code);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: shop });
  expect(stdout.trim()).toBe('true forbidden');
});
