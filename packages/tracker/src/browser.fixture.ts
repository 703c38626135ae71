import { installedChromium } from '@footfall/testkit/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Starts a real Chromium, with the back-forward cache that Playwright would switch off. */
export function openChromium(): Promise<Browser> {
  const executablePath = installedChromium();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}
