import { queueStates } from '@footfall/jobs/queue-state';
import { countMails } from '@footfall/mail/outgoing';
import type { Pool } from '@footfall/postgres/pool';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export type ChoreMetrics = {
  /** Counts an attempt that has ended after so many seconds. */
  ended(chore: string, outcome: 'succeeded' | 'failed', seconds: number): void;
};

/** Seconds: a chore with nothing to do takes milliseconds, the largest may take an hour. */
const BUCKETS = [0.01, 0.1, 1, 10, 60, 600, 3_600];

const QUEUE_GAUGES = [
  ['footfall_jobs_waiting', 'Jobs that wait, by queue', 'waiting'],
  ['footfall_jobs_running', 'Jobs that run, by queue', 'running'],
  ['footfall_jobs_oldest_waiting_seconds', 'For how long the oldest job has waited', 'oldestWaitingSeconds'],
] as const;

/** The figures of a scheduler; those of queues are asked from the database with each look at them. */
export function createChoreMetrics(registry: Registry, pool: Pool, chores: readonly string[]): ChoreMetrics {
  const registers = [registry];
  const runs = new Counter({
    name: 'footfall_chore_runs_total',
    help: 'Attempts at chores that have ended here, by outcome',
    labelNames: ['chore', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'footfall_chore_duration_seconds',
    help: 'Time that attempts at chores took',
    labelNames: ['chore'],
    buckets: BUCKETS,
    registers,
  });
  // One that never failed is 0, not absent: an alert on growth sees the first failure.
  for (const chore of chores) for (const outcome of ['succeeded', 'failed']) runs.inc({ chore, outcome }, 0);
  let states: ReturnType<typeof queueStates> | undefined;
  for (const [name, help, field] of QUEUE_GAUGES) {
    new Gauge({
      name,
      help,
      labelNames: ['queue'],
      registers,
      async collect() {
        // All three are collected at once, from one question.
        states ??= queueStates(pool).finally(() => {
          states = undefined;
        });
        // A database that is away is said by the readiness; the other figures are still wanted.
        const found = await states.catch(() => []);
        this.reset();
        for (const state of found) this.set({ queue: state.name }, state[field]);
      },
    });
  }
  return {
    ended: (chore, outcome, seconds) => {
      runs.inc({ chore, outcome });
      duration.observe({ chore }, seconds);
    },
  };
}

/** How many mails wait, were sent and so on, asked from the database with each look. */
export function createMailMetrics(registry: Registry, pool: Pool): void {
  new Gauge({
    name: 'footfall_mails',
    help: 'Mails of the last 30 days, by state; queued: they wait to be sent',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const found = await countMails(pool).catch(() => []);
      this.reset();
      for (const { state, mails } of found) this.set({ state }, mails);
    },
  });
}
