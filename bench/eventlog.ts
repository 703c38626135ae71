/**
 * Appends a second, durable, by 64 senders of one record each: `node bench/eventlog.ts [url] [seconds]`.
 * Without a URL an embedded Postgres is started in a temporary folder.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEventLog, prepareEventLog } from '../packages/eventlog/src/open.ts';
import { startEmbeddedPostgres } from '../packages/postgres/src/embedded.ts';

const SENDERS = 64;
const [givenUrl, seconds = '5'] = process.argv.slice(2);

async function ownPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir, password: 'bench' });
  const stop = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}

const { url, stop } =
  givenUrl === undefined ? await ownPostgres() : { url: givenUrl, stop: () => Promise.resolve() };
await prepareEventLog(url);
const log = openEventLog(url, { name: 'bench' });

const value = JSON.stringify({
  id: '0199c2f0-0000-7000-8000-000000000000',
  name: 'pageview',
  url: 'https://shop.example/products/mug?utm_source=newsletter',
  title: 'Mug',
  userAgent:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
});
const waits: number[] = [];
const end = performance.now() + Number(seconds) * 1_000;
const day = new Date().toISOString().slice(0, 10);
await Promise.all(
  Array.from({ length: SENDERS }, async (_, sender) => {
    for (let n = 0; performance.now() < end; n += 1) {
      const begun = performance.now();
      const key = `site_bench:visitor-${sender}-${n >> 3}`;
      const tally = { siteId: 'site_bench', day };
      await log.append([{ topic: 'events', key, value, receivedAt: Date.now(), tally }]);
      waits.push(performance.now() - begun);
    }
  }),
);
waits.sort((a, b) => a - b);
const quantile = (q: number) => (waits[Math.floor((waits.length - 1) * q)] ?? 0).toFixed(1);
const rate = Math.round(waits.length / Number(seconds));
console.log(
  `${rate} appends/s from ${SENDERS} senders; wait p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms`,
);
await log.close();
await stop();
