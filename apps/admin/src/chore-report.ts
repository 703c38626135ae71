import type { ChoreStatus } from '@footfall/jobs/status';

/** A chore as `status --json` tells of it; times are ISO 8601, null: never. */
export type ChoreReport = {
  name: string;
  state: ChoreStatus['state'];
  last_run: string | null;
  last_success: string | null;
  next_run: string;
  /** Failed attempts since the last success. */
  failures: number;
  error: string | null;
  waiting: number;
  running: number;
};

const iso = (instant: number) => new Date(instant).toISOString();
const isoOrNull = (instant: number | null) => (instant === null ? null : iso(instant));

export function choreReport(chore: ChoreStatus): ChoreReport {
  const { name, state, failures, error, waiting, running } = chore;
  return {
    name,
    state,
    last_run: isoOrNull(chore.startedAt),
    last_success: isoOrNull(chore.succeededAt),
    next_run: iso(chore.dueAt),
    failures,
    error,
    waiting,
    running,
  };
}

/** One line for people. */
export function choreText({ name, state, last_success, next_run, failures, error }: ChoreReport): string {
  const trouble = failures === 0 ? '' : `; failed ${failures === 1 ? 'once' : `${failures} times`}: ${error}`;
  const success = last_success === null ? 'not done yet' : `last done ${last_success}`;
  return `${'chore'.padEnd(14)}${name.padEnd(28)}${state.padEnd(8)}${success}, next ${next_run}${trouble}`;
}
