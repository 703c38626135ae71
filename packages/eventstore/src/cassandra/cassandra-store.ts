import type { EventStore } from '../event-store.ts';
import { parseCassandraUrl } from './cassandra-url.ts';
import { openClaims } from './claims.ts';
import { openCluster } from './cluster.ts';
import { openDayShards } from './day-shards.ts';
import { openOrders } from './orders.ts';
import { putEvents } from './put.ts';
import { readVisitors } from './read.ts';
import { deleteBefore, deleteEvents, deleteSite, deleteVisitor } from './remove.ts';
import { scanSite } from './scan.ts';
import { readSpan } from './span.ts';
import { VERSION } from './statements.ts';

/** When days are cut into more partitions. */
export type Tuning = {
  /** Events of a partition: some 60 MB. */
  events: number;
  /** Ids of a partition: some 60 MB. */
  ids: number;
  /** Milliseconds for which a reader need not look again how many partitions a day has. */
  memory: number;
};

const TUNING: Tuning = { events: 50_000, ids: 1_000_000, memory: 30_000 };

/** Opens the store in a keyspace that `prepare` has made; connects with the first call. `tuning` and `now` are for tests. */
export function openCassandraStore(
  url: string,
  { name, tuning = TUNING, now }: { name: string; tuning?: Tuning; now?: () => number },
): EventStore {
  const place = parseCassandraUrl(url);
  const cluster = openCluster(place, { name: `${name}-events`, ...(now === undefined ? {} : { now }) });
  const days = openDayShards({
    cluster,
    growth: { capacity: tuning.events, least: 1, factor: 4 },
    memory: tuning.memory,
  });
  const claims = openClaims(cluster, { capacity: tuning.ids, least: 4, factor: 2 });
  const ports = { cluster, days, claims, orders: openOrders(cluster) };
  return {
    put: (events) => putEvents(events, ports),
    readVisitors: (keys, most) => readVisitors(keys, ports, most),
    scanSite: (siteId, span, most) => scanSite({ siteId, span, most }, ports),
    span: (siteId) => readSpan(siteId, ports),
    deleteVisitor: (siteId, visitor, span) => deleteVisitor({ siteId, visitor, span }, ports),
    deleteEvents: (siteId, events) => deleteEvents({ siteId, events }, ports),
    deleteBefore: (siteId, before) => deleteBefore({ siteId, before }, ports),
    deleteSite: (siteId) => deleteSite(siteId, ports),
    ping: async () => {
      await cluster.rows(VERSION, []);
    },
    close: async () => {
      await Promise.all([days.idle(), claims.idle()]);
      await cluster.close();
    },
  };
}
