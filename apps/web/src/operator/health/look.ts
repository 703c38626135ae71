import { type ClockState, readClock } from '@footfall/db/clock/steady';
import { listSpools, type SpoolState } from '@footfall/db/count/spool-backlog';
import { findMailTrouble, type MailTrouble } from '@footfall/db/staff/mails';
import { findUsageTrouble, type UsageTrouble } from '@footfall/db/staff/usage';
import type { Space } from '@footfall/installation/space-warnings';
import { type Freshness, readFreshness } from '@footfall/installation/status/freshness';
import { type Lag, readLags } from '@footfall/installation/status/lag';
import type { Health } from '@footfall/installation/status/part';
import { type ChoreState, listChores } from '@footfall/jobs/chore-state';
import { type StaffServices, staffServices } from '#runtime/staff-services.ts';
import { ask, type Known } from './known.ts';
import { readLedgerOfAll, type WholeInstallation } from './ledger.ts';

export type Spool = SpoolState & { saidAt: Date };

/** What was found of an installation at a moment (epoch milliseconds). */
export type Found = {
  now: number;
  version: string;
  /** Its value is the version of the database. */
  database: Known<string>;
  eventLog: Known<void>;
  eventStore: Known<void>;
  reportStore: Known<void>;
  /** The services that a supervisor runs on this machine. */
  services: Known<Health>;
  lag: Known<Record<string, Lag>>;
  freshness: Known<Freshness>;
  spools: Known<readonly Spool[]>;
  chores: Known<readonly ChoreState[]>;
  space: Known<Space>;
  clock: Known<ClockState>;
  proxies: Known<readonly string[]>;
  mails: Known<MailTrouble>;
  usage: Known<UsageTrouble>;
  ledger: Known<WholeInstallation>;
};

const VERSION = `SELECT current_setting('server_version') AS version`;

/** The questions, by what they find. */
const QUESTIONS: {
  [Name in Exclude<keyof Found, 'now' | 'version'>]: (
    services: StaffServices,
    now: number,
  ) => Promise<Found[Name] extends Known<infer T> ? T : never>;
} = {
  database: async ({ staffPool }) =>
    (await staffPool.query<{ version: string }>(VERSION)).rows[0]?.version ?? '',
  eventLog: ({ eventLog }) => eventLog.ping(),
  eventStore: ({ eventStore }) => eventStore.ping(),
  reportStore: ({ reportStore }) => reportStore.ping(),
  services: ({ installation }) => installation.askServices(),
  lag: ({ eventLog }) => readLags(eventLog),
  freshness: ({ eventLog, staffPool, reportStore }, now) =>
    readFreshness({ log: eventLog, pool: staffPool, reports: reportStore }, now),
  spools: ({ staffPool }) => listSpools(staffPool),
  chores: ({ staffPool }) => listChores(staffPool),
  space: ({ installation }) => installation.readSpace(),
  clock: ({ staffPool }) => readClock(staffPool),
  proxies: ({ installation }) => installation.proxyWarnings(),
  mails: ({ staffPool }) => findMailTrouble(staffPool),
  usage: ({ staffPool }) => findUsageTrouble(staffPool),
  ledger: (services, now) => readLedgerOfAll(services, now),
};

/** Asks every part of the installation how it is: all at once, each with a deadline of its own. */
export async function lookAtInstallation(
  services: StaffServices = staffServices(),
  options: { deadlineMs?: number } = {},
): Promise<Found> {
  const now = services.clock.now();
  const asked = Object.entries(QUESTIONS).map(
    async ([name, question]) => [name, await ask<unknown>(() => question(services, now), options)] as const,
  );
  const found = Object.fromEntries(await Promise.all(asked)) as Omit<Found, 'now' | 'version'>;
  return { now, version: services.installation.version, ...found };
}
