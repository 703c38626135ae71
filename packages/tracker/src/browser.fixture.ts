import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedChromium } from '@footfall/testkit/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Starts a real Chromium, with the back-forward cache that Playwright would switch off, and with further flags. */
export function openChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = installedChromium();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', ...flags],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}

/**
 * Opens an address in a Chromium that nobody controls; gives what ends it. It does what no debugged one does: it runs a page
 * that it prepares unseen, and hides a tab behind another.
 */
export async function openAlone(url: string): Promise<() => Promise<void>> {
  const profile = await mkdtemp(join(tmpdir(), 'footfall-chromium-'));
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-popup-blocking',
    '--remote-debugging-port=0',
  ];
  const running = spawn(installedChromium() ?? chromium.executablePath(), [
    ...flags,
    `--user-data-dir=${profile}`,
    url,
  ]);
  const ended = new Promise((resolve) => running.once('close', resolve));
  return async () => {
    running.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
}
