import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RawEvent } from '@footfall/core/raw-event';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AGENT, startCollector, type TestCollector } from '../collector.fixture.ts';
import { type CollectorProcess, startProcess } from '../collector-process.fixture.ts';

let around: TestCollector;
let collector: CollectorProcess | undefined;
let dataDir: string;
beforeAll(async () => {
  around = await startCollector();
  dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-drop-in-'));
});
afterAll(async () => {
  await collector?.kill();
  await around?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const PAGE = 'https://shop.example/process';

test('what a started collector answered for, by each way in, outlives its being killed', async () => {
  collector = await startProcess({ DATABASE_URL: around.databaseUrl, FOOTFALL_DATA_DIR: dataDir });
  await collector.ready();
  const { url } = collector;
  const post = (to: string, body: object) =>
    fetch(url + to, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'user-agent': AGENT },
    });
  const segment = new Analytics({ writeKey: around.site.siteKey, host: url });
  const failed: unknown[] = [];
  segment.on('error', (error) => failed.push(error));
  segment.track({ anonymousId: 'a', event: 'By Segment', context: { page: { url: PAGE } } });
  const keys = new URLSearchParams({ measurement_id: around.site.siteKey, api_secret: around.keys.ingest });
  const hit = { client_id: 'c', events: [{ name: 'by_ga4', params: { page_location: PAGE } }] };
  const answers = await Promise.all([
    post('/api/event', { n: 'By Plausible', u: PAGE, d: 'shop.example' }),
    post(`/mp/collect?${keys}`, hit),
    segment.flush({ close: true }),
  ]);
  await collector.kill();
  expect([answers[0].headers.get('x-plausible-dropped'), answers[1].status, failed]).toEqual([null, 204, []]);
  const events = (await around.logged<RawEvent>('events')).filter(({ url }) => url === PAGE);
  expect(events.map(({ name }) => name).toSorted()).toEqual(['By Plausible', 'By Segment', 'by_ga4']);
});
