import type { SyncOptions } from '@footfall/billing/sync';
import type { CheckDomain, CheckRecord } from '@footfall/db/domain/check';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { RecurringJob } from '@footfall/jobs/job-queue';
import type { MailInstallation } from '@footfall/mail/queue';
import type { Pool } from '@footfall/postgres/pool';
import type { ReportStore } from '@footfall/reportstore/report-store';

/** What chores work on. */
export type ChorePorts = {
  pool: Pool;
  reports: ReportStore;
  store: Pick<EventStore, 'deleteBefore' | 'deleteSite'>;
  /** Resolves when every service has heard of what changed; rejects when it is stopped first. */
  heard(signal: AbortSignal): Promise<void>;
  checkDomain: CheckDomain;
  checkRecord: CheckRecord;
  /** Days that entries of the audit are kept; 0: for ever. */
  auditRetentionDays: number;
  /** What mails are sealed with, and where their links lead. */
  mails: MailInstallation;
  /** Null: billing is off. */
  billing: SyncOptions | null;
};

/** One run: `now` in epoch milliseconds, by the clock that never jumps ahead; `signal` is aborted when its time is up or the scheduler stops. */
export type ChoreRun = { now: number; signal: AbortSignal };

/** A chore may be interrupted anywhere and is then done again, so doing it twice must be the same as doing it once. */
export type Chore = RecurringJob & {
  /** For the operator, one line. */
  what: string;
  run(ports: ChorePorts, run: ChoreRun): Promise<unknown>;
};
