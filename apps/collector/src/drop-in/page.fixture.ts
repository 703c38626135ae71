import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installedChromium } from '@footfall/testkit/chromium';
import { type Browser, chromium } from 'playwright-core';

/** A site of this machine whose pages import libraries as they are on npm. */
export type Pages = { origin: string; close(): Promise<void> };

/** Libraries by the path at which a page imports them: the folder that holds the files of the module. */
const LIBRARIES: Readonly<Record<string, string>> = {
  '/official/': path.dirname(fileURLToPath(import.meta.resolve('@plausible-analytics/tracker'))),
  '/community/': path.resolve(fileURLToPath(import.meta.resolve('plausible-tracker')), '../../module'),
  '/segment/': path.resolve(fileURLToPath(import.meta.resolve('@segment/analytics-next')), '../../umd'),
};

/** The source of a module; those of the older library leave the ending of their imports to a bundler. */
async function moduleAt(pathname: string): Promise<string | undefined> {
  const mount = Object.keys(LIBRARIES).find((prefix) => pathname.startsWith(prefix));
  if (mount === undefined) return undefined;
  const file = path.join(LIBRARIES[mount] as string, pathname.slice(mount.length));
  return readFile(file.endsWith('.js') ? file : `${file}.js`, 'utf8');
}

/** Starts a real Chromium. */
export function openChromium(): Promise<Browser> {
  const executablePath = installedChromium();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}

/** Serves pages (HTML by path) and the libraries. */
export async function servePages(pages: Readonly<Record<string, string>>): Promise<Pages> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const source = await moduleAt(pathname);
    response.setHeader('content-type', source === undefined ? 'text/html; charset=utf-8' : 'text/javascript');
    response.end(source ?? pages[pathname] ?? '<title>Empty</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
