import type { Config } from '@footfall/config/config';
import { exposureWarnings } from '@footfall/config/exposure';
import { Failure } from '@footfall/core/failure';
import { readClock } from '@footfall/db/clock/steady';
import { openEventLog } from '@footfall/eventlog/open';
import { type Access, useInstallation } from '@footfall/installation/access';
import { dataDirAt } from '@footfall/installation/data-dir';
import { oneLine } from '@footfall/installation/one-line';
import { proxyWarnings } from '@footfall/installation/proxy-findings';
import { findRunning } from '@footfall/installation/runtime';
import { readFreshness } from '@footfall/installation/status/freshness';
import { readLags } from '@footfall/installation/status/lag';
import type { Health } from '@footfall/installation/status/part';
import { askServices } from '@footfall/installation/status/services';
import { choreStatuses } from '@footfall/jobs/status';
import { connectPool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import { choreReport } from '../chore-report.ts';
import type { Command, Result } from '../command.ts';
import { SELF } from '../database.ts';
import { clockReport } from '../status/clock.ts';
import { readRoles } from '../status/roles.ts';
import { askSpace, lookAtDisks, type SpaceStatus } from '../status/space.ts';
import { spoolsOnDisk, toldSpools } from '../status/spools.ts';
import { askStores } from '../status/stores.ts';
import { formatStatus, type Status } from '../status/text.ts';

/** What only stores can tell, of which each is asked by itself: one that is away hides nothing of the others. */
type Asked = Pick<Status, 'lag' | 'chores' | 'database_roles' | 'freshness' | 'clock' | 'not_known'> & {
  spools: Status['spools'] | null;
  space: SpaceStatus | null;
  /** Warnings of proxies that are not set up right. */
  proxies: string[] | null;
};

const NOTHING_KNOWN = {
  lag: null,
  spools: null,
  chores: null,
  database_roles: null,
  freshness: null,
  space: null,
  clock: null,
  proxies: null,
};

async function ask({ urls }: Pick<Access, 'urls'>, config: Config): Promise<Asked> {
  const log = openEventLog(urls.eventLog, SELF);
  const reports = openReportStore(urls.reportStore, { ...SELF, filesDir: config.factsDir, max: 1 });
  const pool = connectPool(urls.database, { ...SELF, max: 4 });
  const notKnown: Record<string, string> = {};
  const known = <T>(name: string, asked: Promise<T>): Promise<T | null> =>
    asked.catch((error: unknown) => {
      notKnown[name] = oneLine(error);
      return null;
    });
  try {
    const clock = await known('clock', readClock(pool));
    const now = clock?.now ?? Date.now();
    const told = clock === null ? null : clockReport(clock, Date.now());
    const [lag, spools, chores, roles, freshness, space, proxies] = await Promise.all([
      known('lag', readLags(log)),
      known('spools', toldSpools(pool)),
      known(
        'chores',
        choreStatuses(pool, now).then((statuses) => statuses.map(choreReport)),
      ),
      known('database_roles', readRoles(pool)),
      known('freshness', readFreshness({ log, pool, reports }, now)),
      known('space', askSpace(pool, config)),
      known('proxies', proxyWarnings(pool, config.trustedProxies)),
    ]);
    return {
      ...{ lag, spools, chores, database_roles: roles, freshness, space, proxies },
      ...{ clock: told, not_known: notKnown },
    };
  } finally {
    await Promise.all([log.close(), reports.close(), pool.end()]);
  }
}

type Found = Pick<Access, 'dataDir' | 'runtime'> & { asked: Asked; health: Health };

async function report({ dataDir, runtime, asked, health }: Found, config: Config): Promise<Result> {
  const { spools, space: askedSpace, proxies, ...told } = asked;
  const space = askedSpace ?? (await lookAtDisks(config));
  const status: Status = {
    running: runtime !== null,
    healthy: runtime?.ready === true && Object.values(health).every(({ healthy }) => healthy),
    web_url: runtime?.webUrl ?? null,
    collector_url: runtime?.collectorUrl ?? null,
    listen_host: runtime?.listenHost ?? config.listenHost,
    tls: runtime?.tls ?? config.tls !== null,
    warnings: [...exposureWarnings(config), ...space.warnings, ...(proxies ?? [])],
    disks: space.disks,
    database: space.database,
    ...told,
    spools: spools ?? (await spoolsOnDisk(dataDir.spool)),
    health,
  };
  return { json: status, text: formatStatus(status), ok: status.healthy };
}

async function read(access: Access, config: Config): Promise<Result> {
  const { urls, runtime, dataDir } = access;
  const [stores, services, asked] = await Promise.all([
    askStores(urls, config),
    askServices(runtime),
    ask(access, config),
  ]);
  return report({ dataDir, runtime, asked, health: { ...stores, ...services } }, config);
}

/** Of an installation whose own Postgres does not even start: the reason, what runs, and what is on the disk. */
async function readWithoutStores(reason: unknown, config: Config): Promise<Result> {
  const dataDir = dataDirAt(config.dataDir);
  const runtime = await findRunning(dataDir);
  const problem = oneLine(reason);
  const names = Object.keys(NOTHING_KNOWN).filter((name) => name !== 'spools');
  const asked = { ...NOTHING_KNOWN, not_known: Object.fromEntries(names.map((name) => [name, problem])) };
  const health = { database: { healthy: false, problem }, ...(await askServices(runtime)) };
  return report({ dataDir, runtime, asked, health }, config);
}

/** Failures of a Postgres, after which there is still something to say. */
const OF_POSTGRES: ReadonlySet<string> = new Set([
  'store_unusable',
  'embedded_failed',
  'embedded_unavailable',
]);

const isOfPostgres = (error: unknown) => error instanceof Failure && OF_POSTGRES.has(error.code);

async function status(config: Config): Promise<Result> {
  try {
    return await useInstallation(config, (access) => read(access, config));
  } catch (error) {
    if (!isOfPostgres(error)) throw error;
    // The stores are asked as they are: what they lack is not made now.
    if (config.databaseUrl !== undefined)
      return useInstallation(config, (access) => read(access, config), { prepares: false });
    return readWithoutStores(error, config);
  }
}

/** Lag, freshness and health of every part; exits 1 when something is not well, or nothing runs. */
export const STATUS: Command = {
  summary: 'shows lag, freshness and health of every part',
  options: {},
  run: (_, config) => status(config),
};
