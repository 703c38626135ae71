import type { EventLog } from '@footfall/eventlog/event-log';
import { Remark } from '@footfall/service/health';
import type { Logger } from '@footfall/service/logger';
import type { Registry } from 'prom-client';
import { Adopter } from './adopter.ts';
import { answers, type Sink } from './drain.ts';
import { spoolFailure } from './errors.ts';
import { DISK } from './files.ts';
import { takeHome } from './home.ts';
import { Keeper, type KeeperOptions } from './keeper.ts';
import { spoolNews } from './metrics.ts';
import { orAfter } from './pause.ts';
import type { Board } from './publisher.ts';
import { SpooledLog } from './spooled-log.ts';

export type SpoolSettings = {
  /** Where the folders of all collectors of this machine are. */
  root: string;
  /** Bytes that the spool of this process may take. */
  maxBytes: number;
  log: Sink;
  board: Board;
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

/**
 * Puts a spool in front of a log. It takes the first free folder under the root, begins to drain what an earlier process left there, and
 * looks after the folders of processes that are gone.
 * @throws Failure `spool_unusable`
 */
export async function openSpooledLog({ root, logger, registry, ...given }: SpoolSettings): Promise<OpenLog> {
  const keepers = (): Keeper[] => [keeper, adopter.adopted].filter((one) => one !== undefined);
  const news = spoolNews({ registry, logger }, () => keepers().map(({ spool }) => spool));
  const options = { ...given, files: DISK, news };
  const keeper = await ownKeeper(root, options);
  const adopter = new Adopter(root, options);
  const { spool } = keeper;
  let awaySince = 0;
  const drain = (isAway: boolean) => {
    awaySince = performance.now();
    void keeper.drain(isAway, {
      nearEnd: () => log.hold(),
      failed: () => log.letGo(),
      empty: () => {
        log.resume();
        logger.info(
          { seconds: Math.round((performance.now() - awaySince) / 1_000) },
          'the spool is empty: events go to the log again',
        );
      },
    });
  };
  const log = new SpooledLog({
    log: given.log,
    spool,
    onAway: (why) => {
      logger.warn({ err: why }, 'the event log takes nothing: events go to the spool');
      drain(true);
    },
  });
  if (log.isSpooling) {
    logger.info({ bytes: spool.bytes, folder: root }, 'an earlier process left events in the spool');
    drain(false);
  }
  adopter.start();
  return {
    log,
    check: async () => {
      if (!log.isSpooling && (await answers(given.log, CHECK_MS))) return undefined;
      if (spool.problem !== null)
        throw new Error(`the event log is away, and so is the spool: ${spool.problem}`);
      return new Remark(
        `away, or not caught up: events go to the spool, which holds ${spool.backlog.records}`,
      );
    },
    stop: async () => {
      log.close();
      const stopping = Promise.all([adopter.stop(), keeper.stop()]);
      await orAfter(
        STOP_MS,
        stopping.then(() => undefined),
        undefined,
      );
    },
  };
}
