import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { checkCollector, type Recipient, sendEvents } from './send.ts';

type Said = { status: number; body?: object; headers?: Record<string, string> };

let server: Server | undefined;
afterEach(async () => {
  server?.close();
  await (server?.listening ? once(server, 'close') : undefined);
});

const readText = async (request: IncomingMessage) => Buffer.concat(await request.toArray()).toString();

/** Something that answers as a collector may; the last answer is given to all that is asked behind it. */
async function answering(...answers: Said[]): Promise<{ to: Recipient; bodies: unknown[]; told: string[] }> {
  const [bodies, told]: [unknown[], string[]] = [[], []];
  server = createServer(async (request, response) => {
    bodies.push(JSON.parse((await readText(request)) || 'null'));
    const said = answers.length > 1 ? answers.shift() : answers[0];
    response.writeHead(said?.status ?? 500, said?.headers).end(JSON.stringify(said?.body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as { port: number };
  const to: Recipient = {
    url: `http://127.0.0.1:${address.port}`,
    siteId: 'site_1',
    apiKey: 'ffk_x',
    tell: (line) => told.push(line),
    onTaken: () => Promise.resolve(),
    signal: new AbortController().signal,
  };
  return { to, bodies, told };
}

const EVENTS = ['{"id":"a"}', '{"id":"b"}', '{"id":"c"}'];
const rejected = (index: number, reason: string) => ({ index, id: null, reason, message: 'm' });
const NOW = { 'retry-after': '0' };

test('the same is sent again until it is taken, as late as the collector asks for', async () => {
  const { to, bodies, told } = await answering(
    { status: 503, headers: NOW },
    { status: 429, headers: NOW },
    { status: 202, body: { accepted: 2, rejected: [rejected(1, 'invalid_url')] } },
  );
  expect(await sendEvents(EVENTS, to)).toEqual({ accepted: 2, rejected: [rejected(1, 'invalid_url')] });
  const body = { site: 'site_1', events: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] };
  expect(bodies).toEqual([body, body, body]);
  expect(told).toHaveLength(2);
});

test('events that are too many for the moment are sent again, those alone', async () => {
  const { to, bodies } = await answering(
    {
      status: 202,
      body: { accepted: 1, rejected: [rejected(0, 'rate_limited'), rejected(2, 'rate_limited')] },
    },
    { status: 202, body: { accepted: 1, rejected: [rejected(1, 'too_old')] } },
  );
  expect(await sendEvents(EVENTS, to)).toEqual({ accepted: 2, rejected: [rejected(2, 'too_old')] });
  expect(bodies[1]).toEqual({ site: 'site_1', events: [{ id: 'a' }, { id: 'c' }] });
});

test.each([
  [{ status: 401, body: { error: 'unauthorized' } }, /answers 401/],
  [{ status: 202, body: { accepted: 0, rejected: [rejected(0, 'over_quota')] } }, /over_quota/],
  [{ status: 202, body: { accepted: 0, rejected: [rejected(0, 'site_disabled')] } }, /site_disabled/],
])('%j ends it', async (said, message) => {
  const { to } = await answering(said);
  await expect(sendEvents(EVENTS, to)).rejects.toMatchObject({
    code: 'import_refused',
    message: expect.stringMatching(message),
  });
});

test('an interruption ends the waiting', async () => {
  const { to } = await answering({ status: 503, headers: { 'retry-after': '600' } });
  const controller = new AbortController();
  const sending = sendEvents(EVENTS, { ...to, signal: controller.signal, tell: () => controller.abort() });
  await expect(sending).rejects.toMatchObject({ code: 'interrupted' });
});

test('a collector that is not there is named', async () => {
  const { to } = await answering({ status: 200 });
  await checkCollector(to.url);
  server?.close();
  server?.closeAllConnections();
  await expect(checkCollector(to.url)).rejects.toMatchObject({
    code: 'collector_away',
    message: expect.stringContaining(to.url),
  });
});
