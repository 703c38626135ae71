import type { Config } from '@footfall/config/config';
import { exposureWarnings } from '@footfall/config/exposure';
import { localUrl } from '@footfall/config/local-url';
import { snakeCase } from '@footfall/core/snake-case';
import { listSpools, oldestSpooled } from '@footfall/db/count/spool-backlog';
import type { EventLog, PartitionLag, Topic } from '@footfall/eventlog/event-log';
import { dataThrough } from '@footfall/eventlog/freshness';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { type Access, useInstallation } from '@footfall/installation/access';
import { oneLine } from '@footfall/installation/one-line';
import type { Runtime } from '@footfall/installation/runtime';
import type { StoreUrls } from '@footfall/installation/store-table';
import { choreStatuses } from '@footfall/jobs/status';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { reachableRoles, SERVICES } from '@footfall/postgres/service-role';
import { openReportStore } from '@footfall/reportstore/open';
import { type ChoreReport, choreReport, choreText } from '../chore-report.ts';
import type { Command, Result } from '../command.ts';
import { SELF } from '../database.ts';

/** One part: `problem` is null when it can do its work. */
type Part = { healthy: boolean; problem: string | null; pid?: number; port?: number; restarts?: number };
type Lag = { pending: number; oldest_received_at: string | null };

const ANSWER_MS = 3_000;

/** Who reads what of the log. */
const GROUPS: Readonly<Record<string, readonly Topic[]>> = {
  processor: ['events', 'rejected'],
  aggregator: ['touched'],
};

type Store = { ping(): Promise<unknown>; close(): Promise<void> };

const STORES: Readonly<Record<keyof StoreUrls, (url: string, config: Config) => Store>> = {
  database: (url) => {
    const pool = connectPool(url, { ...SELF, max: 1 });
    return { ping: () => pool.query('SELECT 1'), close: () => pool.end() };
  },
  eventLog: (url) => openEventLog(url, SELF),
  eventStore: (url) => openEventStore(url, SELF),
  reportStore: (url, { factsDir }) => openReportStore(url, { ...SELF, filesDir: factsDir }),
};

async function part(check: () => Promise<unknown>): Promise<Part> {
  try {
    await check();
    return { healthy: true, problem: null };
  } catch (error) {
    return { healthy: false, problem: oneLine(error) };
  }
}

async function askReady(url: string): Promise<void> {
  const response = await fetch(`${url}/readyz`, {
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`answers ${response.status}: ${answer}`);
}

async function services(runtime: Runtime | null): Promise<[string, Part][]> {
  if (runtime === null) return [];
  return Promise.all(
    Object.entries(runtime.services).map(async ([name, { pid, port, restarts }]) => [
      name,
      { ...(await part(() => askReady(localUrl(runtime, port)))), pid, port, restarts },
    ]),
  );
}

async function stores(urls: StoreUrls, config: Config): Promise<[string, Part][]> {
  return Promise.all(
    (Object.keys(STORES) as (keyof StoreUrls)[]).map(async (name) => {
      const store = STORES[name](urls[name], config);
      const state = await part(() => store.ping());
      await store.close();
      return [snakeCase(name), state];
    }),
  );
}

function sumLag(partitions: readonly PartitionLag[]): Lag {
  const oldest = partitions.flatMap(({ oldestReceivedAt }) => oldestReceivedAt ?? []);
  return {
    pending: partitions.reduce((sum, { committed, end }) => sum + end - committed, 0),
    oldest_received_at: oldest.length === 0 ? null : new Date(Math.min(...oldest)).toISOString(),
  };
}

async function readLags(log: EventLog): Promise<Record<string, Lag>> {
  const lags = Object.entries(GROUPS).map(
    async ([group, topics]) => [group, sumLag(await log.lag(group, topics))] as const,
  );
  return Object.fromEntries(await Promise.all(lags));
}

async function read({ urls, runtime }: Access, config: Config): Promise<Result> {
  const log = openEventLog(urls.eventLog, SELF);
  const pool = connectPool(urls.database, { ...SELF, max: 1 });
  try {
    const health = Object.fromEntries([...(await stores(urls, config)), ...(await services(runtime))]);
    const now = Date.now();
    const through = await dataThrough({ log, oldestSpooled: () => oldestSpooled(pool) }, now);
    const json = {
      running: runtime !== null,
      healthy: runtime?.ready === true && Object.values(health).every(({ healthy }) => healthy),
      web_url: runtime?.webUrl ?? null,
      collector_url: runtime?.collectorUrl ?? null,
      listen_host: runtime?.listenHost ?? config.listenHost,
      tls: runtime?.tls ?? config.tls !== null,
      warnings: exposureWarnings(config),
      lag: await readLags(log),
      spools: (await listSpools(pool)).map(describeSpool),
      chores: (await choreStatuses(pool, now)).map(choreReport),
      database_roles: await readRoles(pool),
      freshness: {
        data_through: new Date(through).toISOString(),
        seconds_behind: Math.round((now - through) / 1000),
      },
      health,
    };
    return { json, text: formatStatus(json), ok: json.healthy };
  } finally {
    await Promise.all([log.close(), pool.end()]);
  }
}

type Roles = { of_services: boolean; without: string[] };

/** Whether each service works with a database role of its own, so that row-level security guards what tenants own. */
async function readRoles(pool: Pool): Promise<Roles> {
  const reachable = await reachableRoles(pool);
  const without = SERVICES.filter((service) => !reachable.includes(service));
  return { of_services: without.length === 0, without };
}

function rolesText({ of_services: ofServices, without }: Roles): string {
  if (ofServices) return 'database roles: each service has its own';
  return `database roles: the login's own for ${without.join(', ')}, without row-level security; see docs/operating.md, Database roles`;
}

function describeSpool({
  place,
  records,
  bytes,
  oldestReceivedAt,
  saidAt,
}: Awaited<ReturnType<typeof listSpools>>[number]) {
  return {
    place,
    records,
    bytes,
    oldest_received_at: new Date(oldestReceivedAt).toISOString(),
    said_at: saidAt.toISOString(),
  };
}

function partText([name, { problem, pid, port, restarts }]: [string, Part]): string {
  const where = pid === undefined ? '' : `pid ${pid}, port ${port}, restarts ${restarts}`;
  return `${name.padEnd(14)}${where.padEnd(36)}${problem ?? 'ready'}`;
}

function lagText([name, { pending, oldest_received_at }]: [string, Lag]): string {
  const since = oldest_received_at === null ? '' : `, the oldest since ${oldest_received_at}`;
  return `${name.padEnd(14)}${pending} batches waiting${since}`;
}

function spoolText({
  place,
  records,
  oldest_received_at,
  said_at,
}: ReturnType<typeof describeSpool>): string {
  return `spool         ${records} events wait in ${place}, the oldest since ${oldest_received_at}; heard of at ${said_at}`;
}

function listeningText(status: { listen_host: string; tls: boolean; warnings: readonly string[] }): string[] {
  return [
    `listens on ${status.listen_host}, ${status.tls ? 'with TLS' : 'without TLS'}`,
    ...status.warnings.map((warning) => `warning: ${warning}`),
  ];
}

function formatStatus(status: {
  running: boolean;
  healthy: boolean;
  listen_host: string;
  tls: boolean;
  warnings: string[];
  lag: Record<string, Lag>;
  spools: ReturnType<typeof describeSpool>[];
  chores: ChoreReport[];
  database_roles: Roles;
  freshness: { data_through: string; seconds_behind: number };
  health: Record<string, Part>;
}): string {
  const { data_through, seconds_behind } = status.freshness;
  const state = status.running ? `running${status.healthy ? '' : ', not healthy'}` : 'stopped';
  return [
    state,
    ...Object.entries(status.health).map(partText),
    ...listeningText(status),
    rolesText(status.database_roles),
    ...Object.entries(status.lag).map(lagText),
    ...status.spools.map(spoolText),
    ...status.chores.map(choreText),
    `reports hold everything received before ${data_through} (${seconds_behind} s ago)`,
  ].join('\n');
}

/** Lag, freshness and health of every part; exits 1 when something is not well, or nothing runs. */
export const STATUS: Command = {
  summary: 'shows lag, freshness and health of every part',
  options: {},
  run: (_, config) => useInstallation(config, (access) => read(access, config)),
};
