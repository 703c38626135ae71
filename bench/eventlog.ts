/**
 * What the event log takes and hands out: `npm run bench:eventlog -- [url] [seconds]`, by 64 senders at once, of one event and of
 * 100 each, and then by one consumer. Without a URL an embedded Postgres is started; with kafka:// the compressions are compared,
 * each in topics of its own, which are deleted.
 *
 * Events a second depend on who else needs the machine, the engine above all; CPU time of this process an event hardly does.
 */
import { randomUUID } from 'node:crypto';
import type { EventLog } from '../packages/eventlog/src/event-log.ts';
import { createCluster, findBroker } from '../packages/eventlog/src/kafka/client/cluster.ts';
import { Connections } from '../packages/eventlog/src/kafka/client/connections.ts';
import { findLeader, partitionsIn } from '../packages/eventlog/src/kafka/client/topic-partition.ts';
import { dropTopics } from '../packages/eventlog/src/kafka/installation.fixture.ts';
import { openKafkaLog } from '../packages/eventlog/src/kafka/kafka-log.ts';
import { parseKafkaUrl } from '../packages/eventlog/src/kafka/kafka-url.ts';
import { fetchRanges } from '../packages/eventlog/src/kafka/protocol/fetch-request.ts';
import { batchesIn, type CodecName } from '../packages/eventlog/src/kafka/protocol/record-batch.ts';
import { listStreams } from '../packages/eventlog/src/kafka/streams.ts';
import { openEventLog, prepareEventLog } from '../packages/eventlog/src/open.ts';
import { benchPostgres } from './own-postgres.ts';

const SENDERS = 64;
const AT_ONCE = [1, 100];
const WARM_UP_MS = 2_000;
const [givenUrl, seconds = '5'] = process.argv.slice(2);

const AGENTS = ['Windows NT 10.0; Win64; x64', 'Macintosh; Intel Mac OS X 10_15_7', 'X11; Linux x86_64'];
const PAGES = ['', 'products/mug?utm_source=newsletter', 'products/shirt', 'cart', 'checkout'];
const day = new Date().toISOString().slice(0, 10);

/** An event as the collector makes them, about 500 bytes; some of it differs from any other. */
function record(n: number) {
  const [siteId, visitor, receivedAt] = [`site_${n % 50}`, randomUUID().slice(0, 22), Date.now()];
  const value = JSON.stringify({
    id: randomUUID(),
    siteId,
    visitor,
    name: 'pageview',
    occurredAt: receivedAt - 40,
    receivedAt,
    url: `https://shop.example/${PAGES[n % PAGES.length]}`,
    title: 'A mug',
    screen: [1440, 900],
    lang: 'de-DE',
    userAgent: `Mozilla/5.0 (${AGENTS[n % AGENTS.length]}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36`,
    ip: '203.0.113.0',
  });
  return { topic: 'events', key: `${siteId}:${visitor}`, value, receivedAt, tally: { siteId, day } } as const;
}

/** What making the events costs, so that it does not count. */
const EVENTS = Array.from({ length: 20_000 }, (_, n) => record(n));

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function append(
  log: EventLog,
  atOnce: number,
  ms: number,
): Promise<{ count: number; waits: number[] }> {
  const waits: number[] = [];
  let count = 0;
  const end = performance.now() + ms;
  const sender = async () => {
    while (performance.now() < end) {
      const begun = performance.now();
      const from = count % (EVENTS.length - atOnce);
      count += atOnce;
      await log.append(EVENTS.slice(from, from + atOnce));
      waits.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
  return { count, waits: waits.sort((a, b) => a - b) };
}

async function consumeAll(log: EventLog, count: number): Promise<{ ms: number; cpu: number }> {
  let seen = 0;
  let first = 0;
  let cpu = 0;
  const done = Promise.withResolvers<void>();
  const consumer = await log.consume({
    group: 'bench',
    topics: ['events'],
    maxRecords: 2_000,
    onError: (error) => done.reject(error),
    onBatch: async ({ records }) => {
      if (seen === 0) [first, cpu] = [performance.now(), cpuMs()];
      seen += records.length;
      if (seen >= count) done.resolve();
    },
  });
  await done.promise;
  const result = { ms: performance.now() - first, cpu: cpuMs() - cpu };
  await consumer.stop();
  return result;
}

async function measure(what: string, log: EventLog, size: () => Promise<string>): Promise<void> {
  let appended = (await append(log, AT_ONCE[0] ?? 1, WARM_UP_MS)).count;
  for (const atOnce of AT_ONCE) {
    const [begun, cpu] = [performance.now(), cpuMs()];
    const { count, waits } = await append(log, atOnce, Number(seconds) * 1_000);
    const [ms, used] = [performance.now() - begun, cpuMs() - cpu];
    appended += count;
    const quantile = (q: number) => (waits[Math.floor((waits.length - 1) * q)] ?? 0).toFixed(1);
    console.log(
      `${what}: ${SENDERS} senders of ${atOnce}: ${Math.round((count / ms) * 1_000)} events/s, ` +
        `${((used / count) * 1_000).toFixed(1)} µs CPU each; wait p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms`,
    );
  }
  const asked = performance.now();
  await log.tally('events', [], 'site_1');
  const tallied = performance.now();
  await log.lag('bench', ['events']);
  console.log(
    `${what}: ${appended} waiting: those of a site counted in ${Math.round(tallied - asked)} ms, ` +
      `the lag told in ${Math.round(performance.now() - tallied)} ms`,
  );
  const { ms, cpu } = await consumeAll(log, appended);
  console.log(
    `${what}: consumed ${Math.round((appended / ms) * 1_000)} events/s, ${((cpu / appended) * 1_000).toFixed(1)} µs CPU each${await size()}`,
  );
  await log.close();
}

/** What the brokers keep of an event, by reading it as it is stored. */
async function storedBytes(url: string): Promise<string> {
  const parsed = parseKafkaUrl(url);
  const { of, all } = listStreams(parsed);
  const connections = new Connections(() => createCluster(parsed, 'bench'), all);
  const [count, bytes] = await connections.use(async (cluster) => {
    let sums: [count: number, bytes: number] = [0, 0];
    for (const topicPartition of partitionsIn(cluster, [of({ topic: 'events' })])) {
      const broker = await findBroker(cluster, findLeader(cluster, topicPartition), { fetches: true });
      for (let offset = 0; ; ) {
        const wanted = [{ ...topicPartition, offset, maxBytes: 1024 * 1024 }];
        const [range] = await fetchRanges(broker, wanted, { maxWaitMs: 0, maxBytes: 1024 * 1024 });
        const batches = batchesIn(range?.bytes ?? Buffer.alloc(0)).filter(({ whole }) => whole);
        const last = batches.at(-1);
        if (last === undefined) break;
        sums = [
          sums[0] + last.lastOffset + 1 - offset,
          batches.reduce((sum, one) => sum + one.bytes.length, sums[1]),
        ];
        offset = last.lastOffset + 1;
      }
    }
    return sums;
  });
  await connections.close();
  return `; ${Math.round(bytes / count)} bytes each in the log`;
}

async function measureKafka(url: string, codec: CodecName): Promise<void> {
  const separator = url.includes('?') ? '&' : '?';
  const own = `${url}${separator}prefix=bench-${randomUUID()}.`;
  await prepareEventLog(own);
  try {
    await measure(`kafka, ${codec}`, openKafkaLog(own, { name: 'bench', codec }), () => storedBytes(own));
  } finally {
    await dropTopics(own);
  }
}

if (givenUrl?.startsWith('kafka:')) {
  for (const codec of ['none', 'gzip', 'zstd'] as const) await measureKafka(givenUrl, codec);
} else {
  const { url, stop } = await benchPostgres(givenUrl);
  await prepareEventLog(url);
  await measure('postgres', openEventLog(url, { name: 'bench' }), async () => '');
  await stop();
}
