import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readCart } from './cart.ts';
import { type Content, layout } from './layout.ts';
import type { ShopOptions } from './options.ts';
import { notFound } from './pages/not-found.ts';
import { type Ask, CART_COOKIE, ROUTES } from './routes.ts';

/** Files served as they are, with their type. */
const ASSETS: Readonly<Record<string, string>> = {
  '/shop.css': 'text/css; charset=utf-8',
  '/shop.js': 'text/javascript; charset=utf-8',
  '/favicon.svg': 'image/svg+xml',
};
const MAX_FORM_BYTES = 10_000;
/** A week, in seconds: how long a cart is kept. */
const COOKIE_AGE = 604_800;

function readCookies(header: string | undefined): Map<string, string> {
  const pairs = (header ?? '').split(/;\s*/).map((pair) => pair.split('=') as [string, string?]);
  return new Map(pairs.map(([name, value]) => [name, value ?? '']));
}

/** The fields of a form; what is longer than any of ours is cut, and then simply does not fit. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    if (body.length < MAX_FORM_BYTES) body += chunk;
  }
  return new URLSearchParams(body.slice(0, MAX_FORM_BYTES));
}

async function answer(shop: ShopOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const path = new URL(request.url ?? '/', 'http://shop').pathname;
  const type = ASSETS[path];
  if (type !== undefined) {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
    response.end(await readFile(new URL(`../assets${path}`, import.meta.url)));
    return;
  }

  const cookies = readCookies(request.headers.cookie);
  const cart = readCart(cookies.get(CART_COOKIE) ?? '');
  const form = method === 'POST' ? await readForm(request) : new URLSearchParams();
  const route = ROUTES.find(([routeMethod, pattern]) => routeMethod === method && pattern.test(path));
  const ask: Ask = { slug: route?.[1].exec(path)?.[1] ?? '', cart, cookies, form };
  const found = route?.[2](ask);

  if (found !== undefined && 'location' in found) {
    const kept = Object.entries(found.cookies).map(
      ([name, value]) => `${name}=${value}; Path=/; Max-Age=${COOKIE_AGE}; SameSite=Lax; HttpOnly`,
    );
    response.writeHead(303, { location: found.location, 'set-cookie': kept });
    response.end();
    return;
  }
  const content: Content = found ?? notFound();
  response.writeHead(found === undefined ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
  });
  response.end(layout({ shop, path, cart }, content).text);
}

/** A running shop. */
export type Shop = { origin: string; close(): Promise<void> };

/** Opens the shop on this machine; resolves when it answers, rejects when the port is taken. */
export async function openShop(options: ShopOptions): Promise<Shop> {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end('Something broke. The kiln is fine.');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
