import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Recorded = { name: string; id: string; ts: number; url: string } & Record<string, unknown>;
export type RecordedRequest = { site: string; events: Recorded[]; headers: IncomingMessage['headers'] };

/** A shop and a collector that remembers what it is sent, on two origins of this machine. */
export type RecordingSite = {
  /** Origin of the shop, such as `http://127.0.0.1:1234`. */
  shop: string;
  /** Origin of the collector: another one, as in life. */
  collector: string;
  /** The key of the test that runs; what a page of the last one still sends as it closes is not recorded. */
  key: string;
  requests: RecordedRequest[];
  /** Statuses of the next answers; then 202. */
  answers: number[];
  /** Waits until an event is there that fits; fails after fifteen seconds, naming what came instead. */
  waitFor(fits: (event: Recorded) => boolean): Promise<Recorded>;
  events(): Recorded[];
  reset(): void;
  close(): Promise<void>;
};

const CORS = { 'access-control-allow-origin': '*' };

async function take(site: RecordingSite, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.parse(await text(request)) as Omit<RecordedRequest, 'headers'>;
  const mine = body.site === site.key;
  const status = (mine && site.answers.shift()) || 202;
  if (mine) site.requests.push({ ...body, headers: request.headers });
  response.writeHead(status, { ...CORS, 'content-type': 'application/json' });
  response.end('{"accepted":1,"rejected":[]}');
}

async function waitFor(site: RecordingSite, fits: (event: Recorded) => boolean): Promise<Recorded> {
  const end = Date.now() + 15_000;
  while (Date.now() < end) {
    const found = site.events().find(fits);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`not among what was sent: ${JSON.stringify(site.events(), null, 1)}`);
}

/**
 * Starts both.
 * @param script path of the built `a.js`
 * @param pages HTML by path, `{collector}` standing for the collector's origin and `{key}` for the site's key; what is not named is an empty page
 */
export async function openRecordingSite(
  script: string,
  pages: Record<string, string>,
): Promise<RecordingSite> {
  const servers = [
    createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://shop');
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(
        (pages[pathname] ?? '<title>Empty</title>')
          .replaceAll('{collector}', site.collector)
          .replace(/\{key\}/g, site.key),
      );
    }),
    createServer(async (request, response) => {
      if (request.method === 'POST' && request.url === '/collect') return take(site, request, response);
      response.writeHead(200, { ...CORS, 'content-type': 'text/javascript' });
      response.end(await readFile(script));
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
    answers: [],
    events: () => site.requests.flatMap(({ events }) => events),
    waitFor: (fits) => waitFor(site, fits),
    reset: () => {
      site.key = `key${Number(site.key.slice(3)) + 1}`;
      site.requests.length = 0;
      site.answers.length = 0;
    },
    async close() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
  return site;
}
