import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodingFor, isScript } from './script.ts';
import { loadScripts, trackerScripts } from './tracker-script.ts';

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['br;q=0, gzip;q=1.0', 'gzip'],
  ['br; q=0.000', 'identity'],
  ['', 'identity'],
  ['*', 'identity'],
])('who takes %j gets %s', (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});

const core = Buffer.from('core();');
const PARTS = new Map(['consent', 'links', '404'].map((name) => [name, Buffer.from(`${name};`)]));

test('a script is the same in every encoding, and its tag follows its content', () => {
  for (const asked of [[], ['links']]) {
    const script = trackerScripts(core, PARTS).variant(asked);
    const { br, gzip, identity } = script.encoded;
    const plain = asked.length === 0 ? 'core();' : 'links;core();';
    expect([brotliDecompressSync(br), gunzipSync(gzip), identity].map(String)).toEqual(Array(3).fill(plain));
    expect(trackerScripts(core, PARTS).variant(asked).etag).toBe(script.etag);
    expect(trackerScripts(Buffer.from('core(1);'), PARTS).variant(asked).etag).not.toBe(script.etag);
  }
});

test('a variant has each part once, in the order of the parts, and is made once', () => {
  const scripts = trackerScripts(core, PARTS);
  const script = scripts.variant(['404', 'consent', '404']);
  expect(String(script.encoded.identity)).toBe('consent;404;core();');
  expect(scripts.variant(['consent', '404'])).toBe(script);
});

test.each([
  ['/a.js', true],
  ['/a.links.js', true],
  ['/a.links.before-send.404.js', true],
  ['/a..js', false],
  ['/a.js.js', true],
  ['/a.LINKS.js', false],
  ['/a.links.map', false],
  ['/ab.js', false],
  [`/a${'.links'.repeat(1_000)}.js`, false],
])('%s is the tracker: %s', (path, is) => {
  expect(isScript(path)).toBe(is);
});

test('the built tracker is read with its parts in their order; what is not built is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-script-'));
  const url = pathToFileURL(`${folder}/`);
  try {
    expect(await loadScripts(url)).toBeNull();
    await mkdir(join(folder, 'parts'));
    await writeFile(join(folder, 'parts.json'), '["links","404"]');
    for (const file of ['a', 'parts/links', 'parts/404'])
      await writeFile(join(folder, `${file}.js`), `${file};`);
    const scripts = await loadScripts(url);
    expect(scripts?.parts).toEqual(['links', '404']);
    expect(String(scripts?.variant(['404', 'links']).encoded.identity)).toBe('parts/links;parts/404;a;');
  } finally {
    await rm(folder, { recursive: true });
  }
});
