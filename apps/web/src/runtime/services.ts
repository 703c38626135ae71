import type { Billing } from '@footfall/billing/billing';
import type { ServiceConfig } from '@footfall/config/config';
import type { Entitlement } from '@footfall/core/billing/entitlement';
import type { Platform } from '@footfall/core/platform';
import type { Sessions } from '@footfall/db/account/session';
import type { DatabaseClock } from '@footfall/db/clock/database-clock';
import type { CheckDomain, CheckRecord } from '@footfall/db/domain/check';
import type { Database } from '@footfall/db/prisma';
import type { RuntimeSettings } from '@footfall/db/runtime-settings';
import type { Allowance } from '@footfall/db/tenant/plan';
import type { EventLog } from '@footfall/eventlog/event-log';
import type { EventStore } from '@footfall/eventstore/event-store';
import type { NewMail } from '@footfall/mail/queue';
import type { OutboundFetch } from '@footfall/outbound/fetch';
import type { Pool } from '@footfall/postgres/pool';
import type { ParquetColumns } from '@footfall/reportstore/parquet';
import type { ReportStore } from '@footfall/reportstore/report-store';
import type { Logger } from '@footfall/service/logger';
import type { CheckPage } from '@footfall/site-check/page-check';
import type { Turns } from '@footfall/timing/turns';
import type { QueryLimiter } from '#api/query-limit.ts';
import type { AttemptLimits } from '#auth/attempt-limits.ts';
import type { ProviderFetch } from '#auth/provider/client.ts';
import type { AnswerMemory } from '#reports/memory.ts';
import { processWide } from './process-wide.ts';
import type { RefusedKeys } from './refused-keys.ts';

/** What the portal works with; one of each a process. */
export type Services = {
  config: ServiceConfig;
  /** What the operator has set since; it goes before `config`. */
  settings: RuntimeSettings;
  log: Logger;
  /** The time that reports and what processors write go by. */
  clock: DatabaseClock;
  database: Database;
  /** The connections of `database`, for statements that Prisma cannot say. */
  pool: Pool;
  closeControlPlane: () => Promise<void>;
  reportStore: ReportStore;
  eventLog: EventLog;
  /** Every event as it was received. */
  eventStore: EventStore;
  /** Up to when every event has reached the report store, at a time; both epoch milliseconds. */
  dataThrough: (now: number) => Promise<number>;
  /** JSON lines as the bytes of a Parquet file. */
  parquetOf: (
    lines: AsyncIterable<string>,
    columns: ParquetColumns,
  ) => AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;
  /** Answers that were given lately. */
  memory: AnswerMemory;
  queryLimiter: QueryLimiter;
  /** API keys that were not known, by network. */
  refusedKeys: RefusedKeys;
  /** Told of each API key that is used. */
  noteKeyUse: (id: string) => void;
  /** Told what becomes of each question of an embed key: `answered`, or the code of a refusal. */
  noteEmbedUse: (kid: string, outcome: string) => void;
  /** Who is signed in, until when. */
  sessions: Sessions;
  /** What strangers may try. */
  attempts: AttemptLimits;
  /** Passwords are hashed a few at a time: each takes 19 MiB and a core. */
  passwords: Turns;
  /** Queues a mail, which the scheduler sends. */
  queueMail: (mail: NewMail) => Promise<void>;
  /** Which browser a user agent is: `Firefox, macOS`; empty where that cannot be told. */
  describeBrowser: (userAgent: string) => string;
  /** Asks hosts that strangers name: the one way to do it. */
  outbound: OutboundFetch;
  /** Looks at a page of a shop. Made where `outbound` is: Next has failures of its own class. */
  checkPage: CheckPage;
  /** A page of docs/install, as Markdown. */
  readInstallSteps: (platform: Platform) => Promise<string>;
  /** Asks a domain whether it is a site's. */
  checkDomain: CheckDomain;
  /** Looks for a TXT record. */
  checkRecord: CheckRecord;
  /** Reaches a tenant's own provider of sign-in, and nothing of our network. */
  reachProvider: (tenantId: string) => ProviderFetch;
  /** Where the documentation of this version is. */
  docsFolder: string;
  /** What a tenant may do now, from memory: known within 10 s; see docs/decisions/0095. Never rejects. */
  findEntitlement: (tenantId: string) => Promise<Entitlement>;
  /** How many events a tenant's plan takes. */
  allowanceOf: (tenantId: string) => Promise<Allowance>;
  /** Null: no payment is taken here. */
  billing: Billing | null;
};

const held = processWide<Services>('services');

/** Hands the process's services to all that runs in it; main.ts alone opens and closes them. */
export const provideServices = held.provide;

/** The services of this process. A build has none and must not ask. */
export const services = held.get;
