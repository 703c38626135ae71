import type { EventLog } from '@footfall/eventlog/event-log';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Reply } from './reply.ts';

/** What the collector counts of itself. */
export type CollectorMetrics = {
  answered(route: string, reply: Reply): void;
  /** A log whose appends are timed. */
  timed(log: Pick<EventLog, 'append'>): Pick<EventLog, 'append'>;
  /** A limit refused a request. */
  limited(limit: string): void;
  /** One request more, or less, is in hand. */
  inHand(change: 1 | -1): void;
};

/** Counts by text, and tells a counter of them when it is asked for: with labels a counter's own `inc` takes a microsecond. */
class Tally {
  readonly #counts = new Map<string, number>();

  add(key: string, count: number): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  tell<Label extends string>(
    counter: Counter<Label>,
    labelsOf: (key: string) => Record<Label, string>,
  ): void {
    counter.reset();
    for (const [key, count] of this.#counts) counter.inc(labelsOf(key), count);
  }
}

/** Adds the collector's figures to a registry. `heldBytes` tells how much memory bodies take now. */
export function collectorMetrics(registry: Registry, heldBytes: () => number): CollectorMetrics {
  const registers = [registry];
  const [requests, events, limits] = [new Tally(), new Tally(), new Tally()];
  new Counter({
    name: 'footfall_collector_requests_total',
    help: 'Requests by route and status',
    labelNames: ['route', 'status'],
    registers,
    collect() {
      requests.tell(this, (key) => {
        const [route = '', status = ''] = key.split(' ');
        return { route, status };
      });
    },
  });
  new Counter({
    name: 'footfall_collector_events_total',
    help: 'Events by outcome: accepted, or the reason of refusal',
    labelNames: ['outcome'],
    registers,
    collect() {
      events.tell(this, (outcome) => ({ outcome }));
    },
  });
  new Counter({
    name: 'footfall_collector_limited_total',
    help: 'Requests that a limit refused, by limit',
    labelNames: ['limit'],
    registers,
    collect() {
      limits.tell(this, (limit) => ({ limit }));
    },
  });
  const appends = new Histogram({
    name: 'footfall_collector_append_seconds',
    help: 'Time until the log has made the events of a request durable',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  let inHand = 0;
  new Gauge({
    name: 'footfall_collector_requests_in_hand',
    help: 'Requests that are not answered yet',
    registers,
    collect() {
      this.set(inHand);
    },
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
    inHand: (change) => {
      inHand += change;
    },
    limited: (limit) => limits.add(limit, 1),
    answered(route, { status, taken }) {
      requests.add(`${route} ${status}`, 1);
      if (taken === undefined) return;
      if (taken.accepted > 0) events.add('accepted', taken.accepted);
      for (const { reason } of taken.rejected) events.add(reason, 1);
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
