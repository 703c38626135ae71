import type { EventLog } from '@footfall/eventlog/event-log';
import { serviceFailure } from '@footfall/service/errors';
import { Remark } from '@footfall/service/health';
import type { Logger } from '@footfall/service/logger';
import { orAfter } from '@footfall/timing/deadline';
import type { Registry } from 'prom-client';
import { Adopter } from './adopter.ts';
import { answers, type Sink } from './drain.ts';
import { spoolFailure } from './errors.ts';
import { DISK } from './files.ts';
import { takeHome } from './home.ts';
import { Keeper, type KeeperOptions } from './keeper.ts';
import { addSpoolDiskMetric, createSpoolListener } from './metrics.ts';
import type { BacklogStore } from './publisher.ts';
import { SpooledLog } from './spooled-log.ts';

export type SpoolSettings = {
  /** Where the folders of all collectors of this machine are. */
  root: string;
  /** Bytes that the spool of this process may take; 0: there is to be none. */
  maxBytes: number;
  log: Sink;
  board: BacklogStore;
  registry: Registry;
  logger: Logger;
};

/** A log that is not away as long as there is room on the disk. */
export type OpenLog = {
  log: Pick<EventLog, 'append'>;
  /** For readiness: rejects when events can be taken nowhere; a remark while they go to the spool. */
  check(): Promise<unknown>;
  /** Stops draining; what is in the spool stays. Nobody may append any more. */
  stop(): Promise<void>;
};

/** Less than a check of readiness may take, milliseconds. */
const CHECK_MS = 1_500;
/** What is being said to a log or a database that does not answer must not hold up the end, milliseconds. */
const STOP_MS = 3_000;

async function ownKeeper(root: string, options: KeeperOptions): Promise<Keeper> {
  try {
    return await Keeper.open(await takeHome(root, options.files), options);
  } catch (cause) {
    throw spoolFailure('spool_unusable', `the spool cannot be kept in ${root}`, {
      where: 'FOOTFALL_DATA_DIR',
      cause,
    });
  }
}

/** Ends what may be saying something to engines that do not answer. */
function ended(stopping: Promise<unknown>[]): Promise<void> {
  const all = Promise.all(stopping).then(() => undefined);
  return orAfter(STOP_MS, all, undefined);
}

/** The log as it is; what was spooled while there was a spool is drained all the same. */
function withoutSpool({ root, log, ...given }: SpoolSettings): OpenLog {
  const news = createSpoolListener(given, () =>
    adopter.adopted === undefined ? [] : [adopter.adopted.spool],
  );
  const adopter = new Adopter({ root, own: null }, { ...given, log, files: DISK, news });
  adopter.start();
  return { log, check: () => log.ping(), stop: () => ended([adopter.stop()]) };
}

async function withSpool({ root, ...given }: SpoolSettings): Promise<OpenLog> {
  const { logger } = given;
  const keepers = (): Keeper[] => [keeper, adopter.adopted].filter((one) => one !== undefined);
  const news = createSpoolListener(given, () => keepers().map(({ spool }) => spool));
  const options = { ...given, files: DISK, news };
  const keeper = await ownKeeper(root, options);
  const adopter = new Adopter({ root, own: keeper.folder }, options);
  const { spool } = keeper;
  addSpoolDiskMetric(given.registry, async () => (await DISK.space(keeper.folder)).free);
  const drain = (isAway: boolean) => {
    const since = performance.now();
    void keeper.drain(isAway, {
      nearEnd: () => log.hold(),
      failed: () => log.letGo(),
      empty: () => {
        log.resume();
        const seconds = Math.round((performance.now() - since) / 1_000);
        logger.info({ seconds }, 'the spool is empty: events go to the log again');
      },
    });
  };
  const onAway = (why: unknown) => {
    logger.warn({ err: why }, 'the event log takes nothing: events go to the spool');
    drain(true);
  };
  const log = new SpooledLog({ log: given.log, spool, onAway });
  if (log.isSpooling) {
    logger.info({ bytes: spool.bytes, folder: keeper.folder }, 'an earlier process left events in the spool');
    drain(false);
  }
  adopter.start();
  return {
    log,
    check: async () => {
      if (!log.isSpooling && (await answers(given.log, CHECK_MS))) return undefined;
      if (spool.problem !== null)
        throw serviceFailure('not_ready', `the event log is away, and so is the spool: ${spool.problem}`);
      const { records } = spool.backlog;
      return new Remark(`away, or not caught up: events go to the spool, which holds ${records}`);
    },
    stop: () => {
      log.close();
      return ended([adopter.stop(), keeper.stop()]);
    },
  };
}

/**
 * Puts a spool in front of a log, unless it may take no bytes. It takes the first free folder under the root, begins to drain what an
 * earlier process left there, and looks after the folders of processes that are gone.
 * @throws Failure `spool_unusable`
 */
export async function openSpooledLog(settings: SpoolSettings): Promise<OpenLog> {
  return settings.maxBytes === 0 ? withoutSpool(settings) : withSpool(settings);
}
