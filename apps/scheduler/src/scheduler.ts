import { choreFailed, choreStarted, choreSucceeded, registerChores } from '@footfall/jobs/chore-state';
import { type JobQueue, nextDue, openJobQueue, type Pace } from '@footfall/jobs/job-queue';
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { every } from '@footfall/timing/every';
import { sleep } from '@footfall/timing/sleep';
import { throttledLog } from '@footfall/timing/throttled-log';
import type { Chore, ChorePorts } from './chore.ts';
import type { ChoreMetrics } from './metrics.ts';
import { type ChoreLogger, type ChoreRecord, runChore } from './run-chore.ts';
import type { SteadyClock } from './steady-clock.ts';

export type SchedulerOptions = {
  ports: ChorePorts;
  chores: readonly Chore[];
  metrics: ChoreMetrics;
  logger: ChoreLogger;
  clock: SteadyClock;
  pace?: Pace;
};

export type Scheduler = {
  /** Resolves when chores are being done; rejects with what keeps them from it. For readiness. */
  working(): Promise<void>;
  /** Takes no more chores and waits for those in hand, at most so many milliseconds (default 10 s); what is left is done again. */
  stop(timeoutMs?: number): Promise<void>;
};

/** Below the 15 s that a service has to stop. */
const STOP_MS = 10_000;
/** Between two attempts to begin while the database is away. */
const BACKOFF: Backoff = { min: 250, max: 10_000 };
/** Between two looks at the database's clock, milliseconds. */
const LOOK_MS = 30_000;

/** Told of everything that goes wrong besides the chores themselves: while the database is away that is each question. */
function logTrouble(logger: ChoreLogger): (err: unknown) => void {
  const log = throttledLog<unknown>((err, leftOut) =>
    logger.warn({ err, leftOut }, 'chores wait for the database'),
  );
  return (err) => log('database', err);
}

function recordIn({ pool }: ChorePorts, clock: SteadyClock): ChoreRecord {
  return {
    started: (name) => choreStarted(pool, name),
    succeeded: ({ name, cron }) => choreSucceeded(pool, name, nextDue(cron, new Date(clock.timeOfDay()))),
    failed: (name, error) => choreFailed(pool, name, error),
  };
}

async function begin(queue: JobQueue, options: SchedulerOptions): Promise<void> {
  const { ports, chores, metrics, logger, clock } = options;
  // First of all: what was noted while the clock was ahead would keep the queue from beginning.
  await clock.look();
  await queue.start();
  const now = new Date(clock.timeOfDay());
  const known = chores.map(({ name, cron }) => ({ name, cron, dueAt: nextDue(cron, now) }));
  await registerChores(ports.pool, known);
  await queue.keepOnly(chores.map(({ name }) => name));
  const run = { ports, metrics, logger, record: recordIn(ports, clock), now: clock.now };
  for (const chore of chores) await queue.repeat(chore, (signal) => runChore(chore, run, signal));
}

/**
 * Does chores until it is stopped, with other schedulers on the same database, each chore by one of them at a time. While the database
 * is away it waits and tries again.
 */
export function startScheduler(options: SchedulerOptions): Scheduler {
  const { logger, ports, pace, clock } = options;
  const onError = logTrouble(logger);
  const open = () => openJobQueue(ports.pool, pace === undefined ? { onError } : { onError, pace });
  const stopping = new AbortController();
  let problem: unknown = new Error('has not begun yet');
  let queue = open();
  const looking = every(LOOK_MS, () => clock.look(), onError);
  const beginning = (async () => {
    for (let failures = 1; !stopping.signal.aborted; failures += 1) {
      try {
        await begin(queue, options);
        problem = null;
        return;
      } catch (error) {
        problem = error;
        logger.warn({ err: error }, 'chores cannot begin; it is tried again');
        // What it had begun is put away: two workers for one chore would be left otherwise.
        await queue.stop(0).catch(onError);
        queue = open();
        await sleep(backoffPause(failures, BACKOFF), stopping.signal);
      }
    }
  })();
  return {
    working: async () => {
      if (problem !== null) throw problem;
    },
    stop: async (timeoutMs = STOP_MS) => {
      stopping.abort();
      await Promise.all([beginning, looking.stop()]);
      await queue.stop(timeoutMs);
    },
  };
}
