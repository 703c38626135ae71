/**
 * What it costs to put events into Cassandra, and to read them: `node bench/eventstore.ts [events] [url]`. Events of one site, of 50
 * and of 2,000 uneven ones, as the processor puts them: 2,000 at a time, four puts on their way. The keyspace of the URL is dropped first and last.
 */
import type { StoredEvent } from '../packages/core/src/stored-event.ts';
import { parseCassandraUrl } from '../packages/eventstore/src/cassandra/cassandra-url.ts';
import { openCluster } from '../packages/eventstore/src/cassandra/cluster.ts';
import type { EventStore, EventToPut } from '../packages/eventstore/src/event-store.ts';
import { openEventStore, prepareEventStore } from '../packages/eventstore/src/open.ts';
import { queryData } from './query-data.ts';
import { seededRandom, unevenly } from './random.ts';

const [A_PUT, PUTS_AT_ONCE] = [2_000, 4];
const VISITORS_AT_ONCE = 500;
const DAY = 86_400_000;
const [wanted = '100000', url = 'cassandra://127.0.0.1:9042/footfall_bench?dc=datacenter1'] =
  process.argv.slice(2);

/** Wall and CPU time of this process, in microseconds. */
type Cost = { wall: number; cpu: number };

async function measureCost(work: () => unknown): Promise<Cost> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - begun) * 1e3, cpu: user + system };
}

async function atOnce<T>(limit: number, items: readonly T[], work: (item: T) => Promise<unknown>) {
  let next = 0;
  const worker = async () => {
    while (next < items.length) await work(items[next++] as T);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

/** A day's events, in the order in which they happened, dealt to sites. */
async function makeEvents(events: number, sites: number): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const chunk of queryData({ events, days: 1, siteIds: ['site'] })) all.push(...chunk);
  all.sort((a, b) => a.raw.occurredAt - b.raw.occurredAt);
  const random = seededRandom(7);
  const pick = unevenly(
    Array.from({ length: sites }, (_, n) => `site_${sites}_${n}`),
    1,
  );
  const homes = new Map<string, string>();
  return all.map((event) => {
    const { visitor } = event.raw;
    const siteId = homes.get(visitor) ?? pick(random);
    homes.set(visitor, siteId);
    return { ...event, raw: { ...event.raw, siteId } };
  });
}

function splitIntoPuts(events: readonly StoredEvent[]): EventToPut[][] {
  return Array.from({ length: Math.ceil(events.length / A_PUT) }, (_, put) =>
    events.slice(put * A_PUT, (put + 1) * A_PUT).map((event, index) => {
      const origin = `local.hits/${put % 4}/${put}/${index}`;
      return { event, origin, rawText: JSON.stringify(event.raw) };
    }),
  );
}

function say(what: string, of: number, { wall, cpu }: Cost): void {
  const rate = Math.round((of / wall) * 1e6).toLocaleString('en');
  console.log(`  ${what}: ${rate} a second, ${(cpu / of).toFixed(1)} µs of CPU here each`);
}

async function read(store: EventStore, events: readonly StoredEvent[]): Promise<void> {
  const spans = [...new Map(events.map(({ raw }) => [raw.visitor, raw])).values()].map(
    ({ siteId, visitor, occurredAt }) => {
      const from = Math.floor(occurredAt / DAY) * DAY;
      return { siteId, visitor, from, to: from + DAY };
    },
  );
  const parts = Array.from({ length: Math.ceil(spans.length / VISITORS_AT_ONCE) }, (_, n) =>
    spans.slice(n * VISITORS_AT_ONCE, (n + 1) * VISITORS_AT_ONCE),
  );
  const cost = await measureCost(() => atOnce(2, parts, (part) => store.readVisitors(part)));
  say(`visitors of ${(events.length / spans.length).toFixed(1)} events read`, spans.length, cost);
}

async function scan(store: EventStore, events: readonly StoredEvent[]): Promise<void> {
  const siteIds = [...new Set(events.map(({ raw }) => raw.siteId))];
  const span = { from: Math.floor((events[0]?.raw.occurredAt ?? 0) / DAY) * DAY };
  let found = 0;
  const cost = await measureCost(() =>
    atOnce(4, siteIds, async (siteId) => {
      for await (const chunk of store.scanSite(siteId, { ...span, to: span.from + DAY }))
        found += chunk.length;
    }),
  );
  if (found !== events.length) throw new Error(`${found} of ${events.length} events were found`);
  say('events scanned', found, cost);
}

async function measure(store: EventStore, sites: number): Promise<void> {
  const events = await makeEvents(Number(wanted), sites);
  const puts = splitIntoPuts(events);
  const yardstick = await measureCost(() =>
    events.map(({ raw, derived }) => JSON.stringify(raw) + JSON.stringify(derived)),
  );
  console.log(
    `${events.length} events of ${sites} sites (as JSON: ${(yardstick.cpu / events.length).toFixed(1)} µs each)`,
  );
  // Twice the same: what comes again costs about as much, and its outcomes must be the same.
  for (const what of ['put', 'put again']) {
    let stored = 0;
    const cost = await measureCost(() =>
      atOnce(PUTS_AT_ONCE, puts, async (put) => {
        const outcomes = await store.put(put);
        stored += outcomes.filter((outcome) => outcome === 'stored').length;
      }),
    );
    if (stored !== events.length) throw new Error(`${stored} of ${events.length} events were stored`);
    say(what, events.length, cost);
  }
  await read(store, events);
  await scan(store, events);
}

async function dropKeyspace(): Promise<void> {
  const place = parseCassandraUrl(url);
  const cluster = openCluster(place, { name: 'bench' });
  await cluster.define('DROP KEYSPACE IF EXISTS KS');
  await cluster.close();
}

await dropKeyspace();
await prepareEventStore(url);
const store = openEventStore(url, { name: 'bench' });
for (const sites of [1, 50, 2_000]) await measure(store, sites);
await store.close();
await dropKeyspace();
