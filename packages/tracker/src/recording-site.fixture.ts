import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Validation, validateEvent } from '@footfall/core/validate';
import { PARTS } from './part-names.ts';

export type Recorded = { name: string; id: string; ts: number; url: string } & Record<string, unknown>;
export type RecordedRequest = {
  /** Path that it was sent to. */
  path: string;
  site: string;
  events: Recorded[];
  headers: IncomingMessage['headers'];
  /** What it was answered. */
  status: number;
  bytes: number;
};

/** A shop and a collector that remembers what it is sent, on two origins of this machine. */
export type RecordingSite = {
  /** Origin of the shop, such as `http://127.0.0.1:1234`. */
  shop: string;
  /** Origin of the collector: another one, as in life. */
  collector: string;
  /** The key of the test that runs; what a page of the last one still sends as it closes is not recorded. */
  key: string;
  requests: RecordedRequest[];
  /** What the real collector would have refused of it, and why. */
  refused: string[];
  /** Statuses of the next answers; then 202. */
  answers: number[];
  /** Set while the collector is away: `busy` answers 503, `dead` drops connections. */
  away: 'busy' | 'dead' | undefined;
  /** Waits until an event is there that fits; fails after fifteen seconds, naming what came instead. */
  waitFor(fits: (event: Recorded) => boolean): Promise<Recorded>;
  /** Waits until a script of this path and query was asked for. */
  waitForScript(url: string): Promise<void>;
  events(): Recorded[];
  /** The events of requests that were accepted. */
  taken(): Recorded[];
  reset(): void;
  close(): Promise<void>;
};

/** A page of the shop: HTML, and what else its answer says. */
export type ShopPage = { html: string; status?: number; headers?: Record<string, string> };

/** As the real one. */
const MAX_BODY = 256 * 1024;

/** Directly, or in a folder that a proxy passes on. */
const COLLECT = /^(\/first)?\/collect$/;

const CORS = { 'access-control-allow-origin': '*' };

/** What the real collector would say of an event. */
const verdict = (event: unknown): Validation =>
  validateEvent(event, {
    sender: 'browser',
    site: { id: 'site', retentionDays: 365 },
    now: Date.now(),
    newId: () => 'none',
  });

async function take(site: RecordingSite, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const sent = await text(request);
  const body = JSON.parse(sent) as Pick<RecordedRequest, 'site' | 'events'>;
  const mine = body.site === site.key;
  if (site.away === 'dead') {
    request.socket.destroy();
    return;
  }
  const bytes = Buffer.byteLength(sent);
  const answer = (mine && site.answers.shift()) || (bytes > MAX_BODY ? 413 : 202);
  const status = site.away ? 503 : answer;
  if (mine) {
    site.requests.push({ ...body, path: request.url ?? '', headers: request.headers, status, bytes });
    for (const event of status === 413 ? [] : body.events) {
      const said = verdict(event);
      if (!said.ok) site.refused.push(`${event.name}: ${said.message}`);
    }
  }
  response.writeHead(status, { ...CORS, 'content-type': 'application/json' });
  response.end('{"accepted":1,"rejected":[]}');
}

/** Looks again and again until there is something; fails after fifteen seconds, naming what there was. */
async function until<T>(look: () => T | undefined, was: () => unknown): Promise<T> {
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not among what was sent: ${JSON.stringify(was(), null, 1)}`);
}

/** A variant of the script, as the collector puts it together: `a.links.404.js`. */
async function variant(folder: string, path: string): Promise<string> {
  const asked = path.replace(/^.*\/a|\.js$/g, '').split('.');
  const files = [...PARTS.filter((name) => asked.includes(name)).map((name) => `parts/${name}.js`), 'a.js'];
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('');
}

/**
 * Starts both.
 * @param folder of the built scripts
 * @param pages by path, `{collector}` standing for the collector's origin and `{key}` for the site's key; what is not named is an empty page
 */
export async function openRecordingSite(
  folder: string,
  pages: Record<string, string | ShopPage>,
): Promise<RecordingSite> {
  const filled = (text: string) =>
    text.replaceAll('{collector}', site.collector).replaceAll('{key}', site.key);
  const scripts: string[] = [];
  const servers = [
    createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://shop');
      const page = pages[pathname] ?? '<title>Empty</title>';
      const { html, status = 200, headers = {} } = typeof page === 'string' ? { html: page } : page;
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, filled(value));
      if (!response.hasHeader('content-type')) response.setHeader('content-type', 'text/html; charset=utf-8');
      response.writeHead(status);
      response.end(filled(html));
    }),
    createServer(async (request, response) => {
      const { url = '', method } = request;
      scripts.push(url);
      if (method === 'POST' && COLLECT.test(url)) return take(site, request, response);
      response.writeHead(200, { ...CORS, 'content-type': 'text/javascript' });
      response.end(await variant(folder, url.replace(/\?.*/, '')));
    }),
  ];
  const origins = await Promise.all(
    servers.map(async (server) => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }),
  );
  const site: RecordingSite = {
    shop: origins[0] as string,
    collector: origins[1] as string,
    key: 'key0',
    requests: [],
    refused: [],
    answers: [],
    away: undefined,
    events: () => site.requests.flatMap(({ events }) => events),
    taken: () => site.requests.filter(({ status }) => status < 300).flatMap(({ events }) => events),
    waitFor: (fits) => until(() => site.events().find(fits), site.events),
    waitForScript: async (url) =>
      void (await until(
        () => scripts.find((asked) => asked === url),
        () => scripts,
      )),
    reset: () => {
      site.key = `key${Number(site.key.slice(3)) + 1}`;
      site.requests.length = 0;
      site.refused.length = 0;
      site.answers.length = 0;
      site.away = undefined;
      scripts.length = 0;
    },
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
  return site;
}
