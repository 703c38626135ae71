import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendEvents } from './send.ts';
import type { DemoEvent } from './visit.ts';

const EVENTS = [{ id: 'e1', name: 'pageview' }] as DemoEvent[];

let server: Server;
let answers: [status: number, body: string][];
let requests: { url: string | undefined; authorization: string | undefined; body: unknown }[];
beforeEach(async () => {
  requests = [];
  server = createServer(async (request: IncomingMessage, response) => {
    const { authorization } = request.headers;
    requests.push({ url: request.url, authorization, body: JSON.parse(await text(request)) });
    const [status, body] = answers.shift() ?? [500, 'nothing left to say'];
    response.writeHead(status).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const to = (retryMs = 5) => ({
  retryMs,
  collectorUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  siteId: 'site_x',
  apiKey: 'key_y',
});
const signal = () => new AbortController().signal;

test('events go through the front door, as a server sends them', async () => {
  answers = [[202, '{"accepted":1,"rejected":[]}']];
  await sendEvents(to(), EVENTS, signal());
  expect(requests).toEqual([
    { url: '/v1/events', authorization: 'Bearer key_y', body: { site: 'site_x', events: EVENTS } },
  ]);
});

test.each([429, 500, 503])('%i is asked again, with the same events', async (status) => {
  answers = [
    [status, 'later'],
    [202, '{}'],
  ];
  await sendEvents(to(), EVENTS, signal());
  expect(requests.map(({ body }) => body)).toEqual([
    { site: 'site_x', events: EVENTS },
    { site: 'site_x', events: EVENTS },
  ]);
});

test.each([400, 403, 404])('%i is for good: the answer is told in short', async (status) => {
  answers = [[status, 'x'.repeat(1_000)]];
  await expect(sendEvents(to(), EVENTS, signal())).rejects.toThrow(
    `the collector answers ${status}: ${'x'.repeat(200)}`,
  );
  expect(requests).toHaveLength(1);
});

test('a collector that is away is waited for', async () => {
  const { port } = server.address() as AddressInfo;
  const place = to(20);
  server.close();
  await once(server, 'close');
  const sent = sendEvents(place, EVENTS, signal());
  answers = [[202, '{}']];
  server.listen(port, '127.0.0.1');
  await sent;
  expect(requests).toHaveLength(1);
});

test('an end in between is an end', async () => {
  answers = Array.from({ length: 1_000 }, () => [503, 'later']);
  const ending = new AbortController();
  const sent = sendEvents(to(), EVENTS, ending.signal);
  await expect.poll(() => requests.length).toBeGreaterThan(1);
  ending.abort();
  await expect(sent).rejects.toThrow(/abort/i);
});
