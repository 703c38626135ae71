import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { buildScripts } from '../build.ts';
import { openChromium } from './browser.fixture.ts';
import {
  openRecordingSite,
  type Recorded,
  type RecordingSite,
  type ShopPage,
} from './recording-site.fixture.ts';

export const STUB =
  '<script>window.AnalyticsService=window.AnalyticsService||{q:[],track(...a){AnalyticsService.q.push(a)}}</script>';

/** The line that a shop pastes, with these parts and further attributes. */
export const snippet = (parts = '', attributes = '') =>
  `<script defer src="{collector}/a${parts}.js" data-site="{key}" ${attributes}></script>`;

export const html = (title: string, head: string, body = '') =>
  `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body>${body}</body></html>`;

/**
 * A shop, a collector and a tab of a real browser, new for each test; what a page reports as an error, or the real
 * collector would refuse, fails the test.
 */
export type BrowserSite = {
  site: RecordingSite;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** Errors of pages until now; a test that expects some empties it. */
  errors: string[];
  /** Folder of the built scripts. */
  folder: string;
  /** Opens a page and waits until its pageview has arrived. */
  open(path: string): Promise<void>;
  /** Addresses, without the origin, of the events of a name. */
  urls(name: string): string[];
  /** The events of a name. */
  named(name: string): Recorded[];
  /** Counts an event and waits for it, so that all that was sent before has arrived too. */
  mark(): Promise<void>;
};

/** Registers the hooks of a test file. */
export function browserSite(
  pages: Record<string, string | ShopPage>,
  options: BrowserContextOptions = {},
): BrowserSite {
  const here = {
    errors: [] as string[],
    async open(path: string) {
      await here.page.goto(here.site.shop + path);
      await here.site.waitFor(({ name }) => name === 'pageview');
    },
    named: (name: string) => here.site.events().filter((event) => event.name === name),
    urls: (name: string) => here.named(name).map(({ url }) => url.replace(here.site.shop, '')),
    async mark() {
      await here.page.evaluate(() => window.AnalyticsService?.track('mark'));
      await here.site.waitFor(({ name }) => name === 'mark');
    },
  } as BrowserSite;

  beforeAll(async () => {
    here.folder = await mkdtemp(join(tmpdir(), 'footfall-tracker-'));
    await buildScripts(here.folder);
    here.site = await openRecordingSite(here.folder, pages);
    here.browser = await openChromium();
  });

  afterAll(async () => {
    await here.browser?.close();
    await here.site?.close();
    await rm(here.folder, { recursive: true });
  });

  beforeEach(async () => {
    here.site.reset();
    here.errors = [];
    here.context = await here.browser.newContext({
      viewport: { width: 1000, height: 500 },
      locale: 'de-DE',
      ...options,
    });
    here.page = await here.context.newPage();
    here.page.on('pageerror', (error) => here.errors.push(error.message));
  });

  afterEach(async () => {
    await here.context.close();
    expect(here.errors).toEqual([]);
    expect(here.site.refused).toEqual([]);
  });

  return here;
}
