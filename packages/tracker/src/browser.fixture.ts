import { execFileSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

/** The Chromium on the PATH; undefined where there is none, and Playwright then uses the one that it downloaded. */
function installedChromium(): string | undefined {
  try {
    const script = 'command -v chromium || command -v chromium-browser || command -v google-chrome';
    return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim();
  } catch {
    // None of them: `command` says so by failing.
    return undefined;
  }
}

/** Starts a real Chromium, with the back-forward cache that Playwright would switch off. */
export function openChromium(): Promise<Browser> {
  const executablePath = installedChromium();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}
