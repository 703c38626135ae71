import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RawEvent } from '@footfall/core/raw-event';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildScripts } from '../../../packages/tracker/build.ts';
import { startCollector, type TestCollector } from './collector.fixture.ts';
import { openChromium, type Pages, servePages } from './drop-in/page.fixture.ts';
import { loadScripts } from './tracker-script.ts';

let folder: string;
let collector: TestCollector;
let url: string;
let pages: Pages;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-script-'));
  await buildScripts(folder);
  collector = await startCollector();
  const script = await loadScripts(pathToFileURL(`${folder}/`));
  url = (await collector.serve({ script })).url;
  const line = (parts: string) =>
    `<script defer src="${url}/a${parts}.js" data-site="${collector.site.siteKey}"></script>`;
  pages = await servePages({
    '/plain': `<title>Plain</title>${line('')}`,
    '/parts': `<title>Parts</title>${line('.errors.links')}
      <a id="out" href="https://elsewhere.example/">Out</a>
      <button onclick="throw new Error('broken')">Break</button>
      <script>addEventListener('click', (event) => event.preventDefault())</script>`,
    '/framed': `<title>Framed</title>${line('.clicks')}`,
    '/frame': '<iframe sandbox="allow-scripts" src="/framed"></iframe>',
  });
  browser = await openChromium();
});

afterAll(async () => {
  await browser?.close();
  await pages?.close();
  await collector?.stop();
  await rm(folder, { recursive: true });
});

/** Waits until these events of a page are in the log, in this order. */
async function expectLogged(path: string, names: readonly string[]): Promise<RawEvent[]> {
  let found: RawEvent[] = [];
  await expect
    .poll(
      async () => {
        found = (await collector.logged<RawEvent>('events')).filter(
          (event) => event.url === pages.origin + path,
        );
        found = found.filter(({ name }) => name !== 'engagement').sort((a, b) => a.occurredAt - b.occurredAt);
        return found.map(({ name }) => name);
      },
      { timeout: 20_000 },
    )
    .toEqual(names);
  return found;
}

test('the tracker as the collector serves it counts a page of another origin, and nothing is refused', async () => {
  const page = await browser.newPage();
  await page.goto(`${pages.origin}/plain`);
  const [view] = await expectLogged('/plain', ['pageview']);
  expect(view).toMatchObject({ title: 'Plain', siteId: collector.site.id });
});

test('with parts it counts what they are for', async () => {
  const page = await browser.newPage();
  await page.goto(`${pages.origin}/parts`);
  await page.click('#out');
  await page.click('button');
  const [, click, error] = await expectLogged('/parts', ['pageview', 'outbound_click', 'error']);
  expect(click?.props).toEqual({ url: 'https://elsewhere.example/' });
  expect(error?.props).toMatchObject({ message: 'Uncaught Error: broken' });
});

test('in a sandboxed frame, whose origin is null, it counts too', async () => {
  const page = await browser.newPage();
  await page.goto(`${pages.origin}/frame`);
  await expectLogged('/framed', ['pageview']);
});
