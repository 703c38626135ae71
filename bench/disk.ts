/**
 * Bytes and CPU time an event takes in the event store: `node bench/disk.ts [events] [url]`. Events of 21 sites arrive in the
 * order in which they happened, 500 a put. Without a URL an embedded Postgres is started in a temporary folder.
 */
import type { StoredEvent } from '../packages/core/src/stored-event.ts';
import type { EventStore } from '../packages/eventstore/src/event-store.ts';
import { openEventStore, prepareEventStore } from '../packages/eventstore/src/open.ts';
import { connectPool } from '../packages/postgres/src/pool.ts';
import { benchPostgres } from './own-postgres.ts';
import { BUSY_SITE, queryData } from './query-data.ts';

const DAY = 86_400_000;
const A_PUT = 500;
const [wanted = '200000', givenUrl] = process.argv.slice(2);

/** Wall and CPU time of this process, in seconds. */
type Cost = { wall: number; cpu: number };

async function measureCost(work: () => Promise<void>): Promise<Cost> {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - begun) / 1e3, cpu: (user + system) / 1e6 };
}

const utcDay = ({ raw }: StoredEvent) => Math.floor(raw.occurredAt / DAY);

/** The events of all sites, day by day, in the order in which they happened. */
async function* groupByDay(chunks: AsyncIterable<StoredEvent[]>): AsyncGenerator<StoredEvent[]> {
  let day: StoredEvent[] = [];
  const inOrder = () => day.sort((a, b) => a.raw.occurredAt - b.raw.occurredAt);
  for await (const chunk of chunks) {
    if (day[0] !== undefined && chunk[0] !== undefined && utcDay(day[0]) !== utcDay(chunk[0])) {
      yield inOrder();
      day = [];
    }
    day.push(...chunk);
  }
  yield inOrder();
}

async function load(store: EventStore, events: number): Promise<Cost & { days: number[] }> {
  const total = { wall: 0, cpu: 0, days: [] as number[] };
  let offset = 0;
  for await (const day of groupByDay(queryData({ events, days: Math.ceil(events / 11_111) }))) {
    total.days.push(utcDay(day[0] as StoredEvent));
    for (let n = 0; n < day.length; n += A_PUT) {
      const put = day
        .slice(n, n + A_PUT)
        .map((event, index) => ({ event, origin: `local.hits/${offset % 4}/${offset}/${index}` }));
      const { wall, cpu } = await measureCost(() => store.put(put).then(() => undefined));
      total.wall += wall;
      total.cpu += cpu;
      offset += 1;
    }
  }
  return total;
}

async function scan(
  store: EventStore,
  days: readonly number[],
): Promise<Cost & { events: number; peak: number }> {
  let events = 0;
  let peak = 0;
  const cost = await measureCost(async () => {
    for (const day of days) {
      for await (const chunk of store.scanSite(BUSY_SITE, { from: day * DAY, to: (day + 1) * DAY })) {
        events += chunk.length;
        peak = Math.max(peak, chunk.length);
      }
    }
  });
  return { ...cost, events, peak };
}

async function sizes(url: string): Promise<{ relation: string; bytes: number }[]> {
  const pool = connectPool(url, { name: 'bench', max: 1 });
  await pool.query('VACUUM ANALYZE');
  const { rows } = await pool.query<{ relation: string; bytes: number }>(
    `SELECT relname AS relation, pg_table_size(oid) AS bytes FROM pg_class
     WHERE relnamespace = 'eventstore'::regnamespace AND relkind IN ('r', 'i') ORDER BY bytes DESC`,
  );
  await pool.end();
  return rows;
}

const { url, stop } = await benchPostgres(givenUrl);
await prepareEventStore(url);
const store = openEventStore(url, { name: 'bench' });
const events = Number(wanted);
const put = await load(store, events);
const relations = await sizes(url);
const read = await scan(store, put.days);
await store.close();
await stop();

const micro = (seconds: number, of: number) => `${((seconds * 1e6) / of).toFixed(1)} µs`;
const all = relations.reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${events} events: ${(all / events).toFixed(0)} bytes an event`);
for (const { relation, bytes } of relations) console.log(`  ${relation}: ${(bytes / events).toFixed(1)}`);
console.log(`put: ${micro(put.cpu, events)} of CPU here, ${micro(put.wall, events)} in all, an event`);
console.log(
  `scan of ${read.events}, at most ${read.peak} at once: ${micro(read.cpu, read.events)} of CPU here, ${micro(read.wall, read.events)} in all`,
);
