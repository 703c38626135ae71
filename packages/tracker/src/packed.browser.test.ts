import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildScripts, buildTypes } from '../build.ts';
import { browserSite, html } from './browser-site.fixture.ts';
import { DOCUMENTS, readBlocks } from './docs.fixture.ts';
import { PARTS } from './part-names.ts';
import type { ShopPage } from './recording-site.fixture.ts';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const run = promisify(execFile);
const packageFolder = (name: string) => dirname(require.resolve(`${name}/package.json`));

/** What somebody's React shop is made of. */
const REACT_APP = `
  import { StrictMode, useState } from 'react';
  import { createRoot } from 'react-dom/client';
  import { links } from '@footfall/tracker/links';
  import { identify } from '@footfall/tracker/identify';
  import { purchase } from '@footfall/tracker/ecommerce';
  import { Footfall, useFootfall, useTrack } from '@footfall/tracker/next';

  const customer = identify();
  const extensions = [customer, links()];

  function Cart() {
    const track = useTrack();
    const { track: same } = useFootfall();
    const [bought, setBought] = useState(0);
    return <>
      <button id="add" onClick={() => track('add_to_cart', { items: [{ sku: 'S1' }] })}>Add</button>
      <button id="buy" onClick={() => { customer.set('c-7'); purchase({ order: 1, total: 2.5, currency: 'EUR' }); setBought(bought + 1); }}>
        {String(track === same)} {bought}
      </button>
      <button id="go" onClick={() => history.pushState({}, '', '/react/next')}>Go</button>
    </>;
  }

  createRoot(document.getElementById('root')).render(
    <StrictMode>
      <Footfall site={window.SITE} endpoint={window.ENDPOINT} extensions={extensions} />
      <Cart />
    </StrictMode>,
  );
`;

/** A server that renders pages: nothing happens there, and nothing fails. */
const SERVER = `
  import { createElement } from 'react';
  import { renderToString } from 'react-dom/server';
  import { init, track } from '@footfall/tracker';
  import { Footfall } from '@footfall/tracker/react';
  import { consent } from '@footfall/tracker/consent';
  import { viewItem } from '@footfall/tracker/ecommerce';
  init({ site: 'k', extensions: [consent()] });
  track('purchase');
  viewItem({ sku: 'S1' });
  console.log(JSON.stringify(renderToString(createElement(Footfall, { site: 'k' }))));
`;

const EVERY_SUBPATH = PARTS.map(
  (name, index) => `import * as part${index} from '@footfall/tracker/${name}';\npart${index};`,
).join('\n');

let shop: string;

/** A project of somebody else, with the package installed as it would be published, and React as they have it. */
beforeAll(async () => {
  shop = await mkdtemp(join(tmpdir(), 'footfall-shop-'));
  const staged = join(shop, 'staged');
  await mkdir(staged);
  for (const file of ['package.json', 'README.md']) await cp(join(PACKAGE, file), join(staged, file));
  await buildScripts(join(staged, 'dist'));
  buildTypes(join(staged, 'dist'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', shop], { cwd: staged });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await writeFile(join(shop, 'package.json'), '{ "type": "module", "private": true }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(shop, filename)], { cwd: shop });
  await mkdir(join(shop, 'node_modules/@types'));
  for (const name of ['react', 'react-dom', '@types/react'])
    await symlink(packageFolder(name), join(shop, 'node_modules', name));
});

afterAll(() => rm(shop, { recursive: true, force: true }));

const STRICT = [
  '--noEmit',
  '--strict',
  '--exactOptionalPropertyTypes',
  '--target',
  'es2022',
  '--lib',
  'es2022,dom,dom.iterable',
  '--jsx',
  'react-jsx',
];

/** What the compiler says of programs of the shop; nothing when it is content. */
async function complaints(programs: Record<string, string>, options: readonly string[]): Promise<string> {
  for (const [name, code] of Object.entries(programs))
    await writeFile(join(shop, name), `${code}\nexport {};\n`);
  const compiler = join(packageFolder('typescript'), 'bin/tsc');
  const args = [compiler, ...STRICT, ...options, ...Object.keys(programs)];
  return run(process.execPath, args, { cwd: shop }).then(
    () => '',
    ({ stdout }: { stdout: string }) => stdout,
  );
}

/** Every example in TypeScript of the documents, by a name of its own. */
const EXAMPLES = Object.fromEntries(
  DOCUMENTS.flatMap(readBlocks)
    .filter(({ language }) => /^tsx?$/.test(language))
    .map(({ language, code }, index) => [`example-${index}.${language}`, code]),
);

test.each([
  ['nodenext', ['--module', 'nodenext']],
  ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler']],
])(
  'with the module resolution %s, every subpath and every example of the docs type-checks',
  async (_, options) => {
    expect(Object.keys(EXAMPLES).length).toBeGreaterThan(8);
    const programs = {
      'subpaths.ts': EVERY_SUBPATH,
      'wrong.tsx': `import { Footfall } from '@footfall/tracker/react';
      // @ts-expect-error: there is no such prop
      export const App = () => <Footfall site="k" manuel />;`,
      ...EXAMPLES,
    };
    expect(await complaints(programs, options)).toBe('');
  },
);

test('on a server the installed package does nothing and needs nothing', async () => {
  const file = join(shop, 'server.js');
  await writeFile(file, SERVER);
  expect((await run(process.execPath, [file])).stdout).toBe('""\n');
});

test('what the client of a React server component must say stands first in its file', async () => {
  for (const name of ['react', 'next'])
    expect(await readFile(join(shop, `node_modules/@footfall/tracker/dist/${name}.js`), 'utf8')).toMatch(
      /^"use client";/,
    );
});

describe('in a browser', () => {
  const pages: Record<string, string | ShopPage> = {
    '/react': html(
      'React',
      '<script>SITE = "{key}"; ENDPOINT = "{collector}/collect"</script>',
      '<div id="root"></div><a id="out" href="https://other.example/">Out</a><script src="/app.js"></script>',
    ),
    '/installed': html(
      'Installed',
      '<script defer src="/a.js" data-site="{key}" data-endpoint="{collector}/collect"></script>',
    ),
  };
  const here = browserSite(pages);

  test('a React app counts once in strict mode, its calls and its links, with the same track in every hook', async () => {
    const file = join(shop, 'app.jsx');
    await writeFile(file, REACT_APP);
    const { outputFiles } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      jsx: 'automatic',
      define: { 'process.env.NODE_ENV': '"development"' },
      logLevel: 'error',
    });
    pages['/app.js'] = { html: outputFiles[0]?.text ?? '', headers: { 'content-type': 'text/javascript' } };
    await here.open('/react');
    await here.page.evaluate(() => addEventListener('click', (event) => event.preventDefault()));
    await here.page.click('#add');
    await here.page.click('#out');
    await here.page.click('#go');
    await here.page.click('#buy');
    await here.site.waitFor(({ name }) => name === 'purchase');
    const told = here.site.events().filter(({ name }) => name !== 'engagement');
    expect(told.map(({ name, url, user }) => [name, new URL(url).pathname, user])).toEqual([
      ['pageview', '/react', undefined],
      ['add_to_cart', '/react', undefined],
      ['outbound_click', '/react', undefined],
      ['pageview', '/react/next', undefined],
      ['purchase', '/react/next', 'c-7'],
    ]);
    expect(await here.page.textContent('#buy')).toBe('true 1');
  });

  test('the installed a.js counts when the shop serves it itself', async () => {
    const script = await readFile(join(shop, 'node_modules/@footfall/tracker/dist/a.js'), 'utf8');
    pages['/a.js'] = { html: script, headers: { 'content-type': 'text/javascript' } };
    await here.open('/installed');
    expect(here.urls('pageview')).toEqual(['/installed']);
  });
});
