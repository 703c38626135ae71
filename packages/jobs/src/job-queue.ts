import type { Pool } from '@footfall/postgres/pool';
import { PgBoss } from 'pg-boss';

// All that this project knows of pg-boss is here, in provision.ts and in the migrations of this package.

/** Where pg-boss keeps its tables. */
export const SCHEMA = 'pgboss';

/** A job that is due again and again; at most one run of it exists at a time, in all processes together. */
export type RecurringJob = {
  /** Of letters, digits and `-`. */
  name: string;
  /** Five fields, in UTC; a minute is the finest. */
  cron: string;
  /** An attempt that takes longer has failed; seconds. */
  timeoutSeconds: number;
  /** Attempts after the first one, until the next time it is due. */
  retries: number;
  /** Before the first retry, seconds; twice as long (and a little, by chance) before each one after. */
  retrySeconds: number;
};

/** One attempt; `signal` is aborted when its time is up or the process stops. Rejecting means that it is tried again. */
export type Attempt = (signal: AbortSignal) => Promise<void>;

/** How often the database is asked, seconds; less costs queries and gains promptness. */
export type Pace = {
  /** Whether a job waits; 0.5 or more. */
  poll: number;
  /** Whether a schedule is due: 1 to 45. */
  cron: number;
  /** Whether a worker has died: 1 or more. */
  supervise: number;
};

/** Some 0.5 queries a second with three jobs. A run begins at most 40 s after it is due. */
const PACE: Pace = { poll: 10, cron: 30, supervise: 15 };

/** A worker that has not been heard of for so long is taken for dead, and its job is done again: pg-boss allows no less. Seconds. */
const HEARTBEAT_SECONDS = 10;

/** Runs of a job are kept for so long after they ended, for whoever looks into the tables. Seconds. */
const KEPT_SECONDS = 7 * 24 * 3_600;

const DAY_SECONDS = 24 * 3_600;

export type JobQueueOptions = {
  /** What goes wrong besides the attempts themselves, such as a database that is away; everything is tried again. */
  onError: (error: unknown) => void;
  pace?: Pace;
};

/** Jobs in the tables of pg-boss, of which any number of processes take theirs. */
export type JobQueue = {
  /** Begins to work. Rejects while the database cannot be used; may be called again then. */
  start(): Promise<void>;
  /** Has a job done whenever it is due, here or in another process; what it was before is replaced. */
  repeat(job: RecurringJob, attempt: Attempt): Promise<void>;
  /** Forgets the schedules of all jobs but those named. */
  keepOnly(names: readonly string[]): Promise<void>;
  /** Takes nothing new, and waits for attempts in hand, at most so many milliseconds; those left over are aborted and done again. */
  stop(timeoutMs: number): Promise<void>;
};

/** The first moment after `from` at which a cron expression is due. */
export function nextDue(cron: string, from: Date): Date {
  // The library computes it without a database; it is never started.
  const boss = new PgBoss({ db: { executeSql: () => Promise.reject(new Error('not connected')) } });
  const [next] = boss.previewSchedule(cron, { count: 1, from });
  if (next === undefined) throw new Error(`${JSON.stringify(cron)} is never due`);
  return next;
}

function openBoss(pool: Pool, pace: Pace): PgBoss {
  return new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: SCHEMA,
    // Tables are made before services start, by a role that may: see provision.ts.
    migrate: false,
    cronMonitorIntervalSeconds: pace.cron,
    cronWorkerIntervalSeconds: Math.max(1, pace.poll),
    superviseIntervalSeconds: pace.supervise,
    monitorIntervalSeconds: pace.supervise,
    // Not used here: jobs that wait for other jobs; and what only an owner of the tables may do.
    flowIntervalSeconds: DAY_SECONDS,
    reindex: false,
    monitorVacuum: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  });
}

/** Opens the queue on a pool, which stays its owner's. */
export function openJobQueue(pool: Pool, { onError, pace = PACE }: JobQueueOptions): JobQueue {
  const boss = openBoss(pool, pace);
  boss.on('error', onError);
  /** What each job is, by its name: it has one worker, however often it is said anew. */
  const attempts = new Map<string, Attempt>();
  const repeat = async (job: RecurringJob, attempt: Attempt): Promise<void> => {
    const settings = {
      expireInSeconds: job.timeoutSeconds,
      retryLimit: job.retries,
      retryDelay: job.retrySeconds,
      retryBackoff: true,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      deleteAfterSeconds: KEPT_SECONDS,
    };
    // One waits or runs, no more: a run that is due while one is still being retried is that one.
    await boss.createQueue(job.name, { policy: 'exclusive', ...settings });
    await boss.updateQueue(job.name, settings);
    // Once after a time in which nobody was there to do it.
    await boss.schedule(job.name, job.cron, null, { tz: 'UTC', missed: 'once' });
    const hasWorker = attempts.has(job.name);
    attempts.set(job.name, attempt);
    if (hasWorker) return;
    await boss.work(job.name, { pollingIntervalSeconds: pace.poll }, async ([taken]) => {
      if (taken !== undefined) await attempts.get(job.name)?.(taken.signal);
    });
  };
  return {
    start: async () => {
      await boss.start();
    },
    repeat,
    keepOnly: async (names) => {
      for (const { name, key } of await boss.getSchedules())
        if (!names.includes(name)) await boss.unschedule(name, key);
    },
    stop: (timeoutMs) => boss.stop({ graceful: true, timeout: timeoutMs }),
  };
}
