import { describeProblem } from '@footfall/service/problem';
import type { Chore, ChorePorts } from './chore.ts';
import type { ChoreMetrics } from './metrics.ts';

/** What is kept of a chore's attempts for whoever asks; see packages/jobs' chore-state.ts. */
export type ChoreRecord = {
  started(chore: string): Promise<void>;
  succeeded(chore: Chore): Promise<void>;
  failed(chore: string, error: string): Promise<void>;
};

/** The part of a service's logger that is used here. */
export type ChoreLogger = Record<'error' | 'warn', (fields: object, message: string) => void>;

export type RunPorts = {
  ports: ChorePorts;
  record: ChoreRecord;
  metrics: ChoreMetrics;
  logger: ChoreLogger;
  /** The time that chores go by; see steady-clock.ts. */
  now: () => number;
  /** For how long one took, milliseconds; the process's monotonic clock unless given. */
  monotonic?: () => number;
};

/** Characters of a cause that are kept. */
const MAX_ERROR = 500;

/** One attempt at a chore: recorded, measured, and logged when it fails. Rejects then, so that it is tried again. */
export async function runChore(chore: Chore, run: RunPorts, signal: AbortSignal): Promise<void> {
  const { record, metrics, logger, now, monotonic = () => performance.now() } = run;
  const { name } = chore;
  // A record that cannot be kept must not keep a chore from being done, or hide why it failed.
  const kept = (keeping: Promise<void>) =>
    keeping.catch((err: unknown) => logger.warn({ err, chore: name }, 'how a chore went cannot be recorded'));
  const began = monotonic();
  const seconds = () => (monotonic() - began) / 1_000;
  await kept(record.started(name));
  try {
    await chore.run(run.ports, { now: now(), signal });
  } catch (err) {
    metrics.ended(name, 'failed', seconds());
    logger.error({ err, chore: name }, 'a chore failed; it is tried again');
    await kept(record.failed(name, describeProblem(err).slice(0, MAX_ERROR)));
    throw err;
  }
  metrics.ended(name, 'succeeded', seconds());
  await kept(record.succeeded(chore));
}
