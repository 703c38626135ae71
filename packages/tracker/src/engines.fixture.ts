import { openChromium } from './browser.fixture.ts';
import { openFirefox } from './firefox.fixture.ts';
import type { RealBrowser } from './real-browser.fixture.ts';
import { openWebKit } from './webkit.fixture.ts';

async function openOverDebugger(): Promise<RealBrowser> {
  const browser = await openChromium();
  return {
    async open() {
      const page = await browser.newPage();
      return {
        goto: async (url) => void (await page.goto(url)),
        evaluate: (expression) => page.evaluate(expression),
        click: (x, y) => page.mouse.click(x, y),
        show: () => page.bringToFront(),
        // Not goBack(): it waits for a load, and a kept page is not loaded.
        back: () => page.evaluate(() => void setTimeout(() => history.back())),
        close: () => page.close({ runBeforeUnload: true }),
      };
    },
    close: () => browser.close(),
  };
}

/** The engines of all browsers that people use. */
export const ENGINES = { chromium: openOverDebugger, firefox: openFirefox, webkit: openWebKit } as const;

export type Engine = keyof typeof ENGINES;
