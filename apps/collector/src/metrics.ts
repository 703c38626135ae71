import type { EventLog } from '@footfall/eventlog/event-log';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Reply } from './reply.ts';

/** What the collector counts of itself. */
export type CollectorMetrics = {
  answered(route: string, reply: Reply): void;
  /** A log whose appends are timed. */
  timed(log: Pick<EventLog, 'append'>): Pick<EventLog, 'append'>;
  inHand: Gauge;
};

/** Adds the collector's figures to a registry. `heldBytes` tells how much memory bodies take now. */
export function collectorMetrics(registry: Registry, heldBytes: () => number): CollectorMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'footfall_collector_requests_total',
    help: 'Requests by route and status',
    labelNames: ['route', 'status'],
    registers,
  });
  const events = new Counter({
    name: 'footfall_collector_events_total',
    help: 'Events by outcome: accepted, or the reason of refusal',
    labelNames: ['outcome'],
    registers,
  });
  const appends = new Histogram({
    name: 'footfall_collector_append_seconds',
    help: 'Time until the log has made the events of a request durable',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  const inHand = new Gauge({
    name: 'footfall_collector_requests_in_hand',
    help: 'Requests that are not answered yet',
    registers,
  });
  new Gauge({
    name: 'footfall_collector_held_bytes',
    help: 'Memory that bodies of requests in hand take',
    registers,
    collect() {
      this.set(heldBytes());
    },
  });
  return {
    inHand,
    answered(route, { status, taken }) {
      requests.inc({ route, status });
      if (taken === undefined) return;
      if (taken.accepted > 0) events.inc({ outcome: 'accepted' }, taken.accepted);
      for (const { reason } of taken.rejected) events.inc({ outcome: reason });
    },
    timed: (log) => ({
      async append(records) {
        const begun = performance.now();
        await log.append(records);
        appends.observe((performance.now() - begun) / 1_000);
      },
    }),
  };
}
