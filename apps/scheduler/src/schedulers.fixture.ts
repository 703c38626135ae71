import { prepareControlPlane } from '@footfall/db/prepare';
import type { Pace } from '@footfall/jobs/job-queue';
import { JOBS } from '@footfall/jobs/provision';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { freshDatabase } from '@footfall/testkit/database';
import { Registry } from 'prom-client';
import type { Chore } from './chore.ts';
import { createChoreMetrics } from './metrics.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';
import { openSteadyClock } from './steady-clock.ts';

/** Nobody waits for minutes: the database is asked as often as it may be. */
export const QUICK: Pace = { poll: 0.5, cron: 1, supervise: 1 };

/** Due in every minute, so also in the one before a scheduler starts: it runs at once. */
export const EVERY_MINUTE = '* * * * *';

/** Due when nobody tests, but for {@link makeDue}. */
export const NEW_YEAR = '0 0 1 1 *';

/** A chore of a test, which waits little. */
export const chore = (name: string, run: Chore['run'], other: Partial<Chore> = {}): Chore => ({
  name,
  cron: NEW_YEAR,
  timeoutSeconds: 60,
  retries: 3,
  retrySeconds: 1,
  what: 'tests',
  run,
  ...other,
});

/** For chores that touch no reports. */
export const NO_REPORTS = {} as ReportStore;

export type LogEntry = { level: string; message: string; fields: Record<string, unknown> };

/** A logger that keeps what it is told. */
export function keepingLogger() {
  const entries: LogEntry[] = [];
  const at = (level: string) => (fields: object, message: string) => {
    entries.push({ level, message, fields: { ...fields } });
  };
  return { entries, error: at('error'), warn: at('warn') };
}

export type Place = {
  url: string;
  pool: Pool;
  /** A scheduler with connections of its own, as on a machine of its own. */
  start(chores: readonly Chore[]): Started;
  /** Stops the schedulers, and leaves nothing of them. */
  reset(): Promise<void>;
  drop(): Promise<void>;
};

export type Started = Scheduler & {
  log: LogEntry[];
  metrics(): Promise<string>;
};

/** Starts a scheduler on a database that is prepared. */
export function schedulerAt(url: string, chores: readonly Chore[]): Started {
  const pool = connectPool(url, { name: 'scheduler', role: 'scheduler', max: 3 });
  const registry = new Registry();
  const names = chores.map(({ name }) => name);
  const metrics = createChoreMetrics(registry, pool, names);
  const logger = keepingLogger();
  const store = { deleteBefore: async () => 0, deleteSite: async () => 0 };
  const heard = async () => undefined;
  const checkDomain = async () => ({ dns: null, snippet: null });
  const ports = {
    pool,
    reports: NO_REPORTS,
    store,
    heard,
    checkDomain,
    checkRecord: async () => null,
    auditRetentionDays: 730,
    mails: { secret: 'a-long-random-text-of-32-characters-or-more', webUrl: 'https://stats.example' },
    billing: null,
  };
  const clock = openSteadyClock(pool, logger);
  const scheduler = startScheduler({ ports, chores, metrics, logger, clock, pace: QUICK });
  return {
    ...scheduler,
    log: logger.entries,
    metrics: () => registry.metrics(),
    stop: async (timeoutMs) => {
      if (pool.ending) return;
      await scheduler.stop(timeoutMs);
      await pool.end();
    },
  };
}

/** Has all chores of a database be due once, as they are after years in which no scheduler ran. */
export async function makeDue(pool: Pool): Promise<void> {
  // Who has sent a due job before sends no second one for the same time.
  await pool.query(`DELETE FROM pgboss.job WHERE name = '__pgboss__send-it'`);
  await pool.query(
    `UPDATE pgboss.schedule SET created_on = now() - interval '2 years', updated_on = now() - interval '2 years'`,
  );
  await pool.query(`UPDATE pgboss.version SET cron_on = now() - interval '2 years'`);
}

/** Makes the tables that schedulers need. */
export async function prepareAt(url: string): Promise<void> {
  await prepareControlPlane(url);
  await JOBS.prepare(url);
}

/** A database of a test's own, and schedulers on it, which are stopped with it. */
export async function freshPlace(): Promise<Place> {
  const { url, drop } = await freshDatabase();
  await prepareAt(url);
  const pool = connectPool(url, { name: 'test' });
  const started: Started[] = [];
  const reset = async () => {
    await Promise.all(started.splice(0).map((scheduler) => scheduler.stop(0)));
    for (const table of ['pgboss.schedule', 'pgboss.job', 'jobs.chore'])
      await pool.query(`DELETE FROM ${table}`);
  };
  return {
    url,
    pool,
    start: (chores) => {
      const scheduler = schedulerAt(url, chores);
      started.push(scheduler);
      return scheduler;
    },
    reset,
    drop: async () => {
      await reset();
      await pool.end();
      await drop();
    },
  };
}
