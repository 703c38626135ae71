import { openChromium } from './browser.fixture.ts';
import { openFirefox } from './firefox.fixture.ts';
import { openWebKit } from './webkit.fixture.ts';

/** A tab of a real browser, of any engine. */
export type RealTab = {
  /** Opens an address, and waits until it has loaded. */
  goto(url: string): Promise<void>;
  /** The value, or what it is a promise of, as JSON has it. */
  evaluate<T>(expression: string): Promise<T>;
  /** Clicks where a visitor would. */
  click(x: number, y: number): Promise<void>;
  /** Brings the tab to the front. */
  show(): Promise<void>;
  /** Goes back to the page before. */
  back(): Promise<void>;
  /** Closes it as a visitor does. */
  close(): Promise<void>;
};

export type RealBrowser = {
  /** @param behind in the background: it is loaded and not seen */
  open(behind?: boolean): Promise<RealTab>;
  close(): Promise<void>;
};

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
