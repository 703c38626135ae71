import { FoundSummary } from '@footfall/core/found-events';
import { type FoundEventImport, forgetEventImport } from '@footfall/db/count/event-import';
import { addRemoval } from '@footfall/db/count/removal';
import { spooledOfSite } from '@footfall/db/count/spool-backlog';
import type { EventLog } from '@footfall/eventlog/event-log';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { carryOut } from '@footfall/removal/removals';
import { sleep } from '@footfall/timing/sleep';
import { ACTOR, type OpenAccess, SELF } from '../database.ts';
import { adminFailure } from '../errors.ts';
import { forgetImport } from './send/state.ts';
import { withState } from './send/state-on-disk.ts';

/** How long what collectors took may need to get into the event store, milliseconds. */
const STORED_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 250;

async function waitUntil(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + STORED_WITHIN_MS;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw adminFailure('import_pending', `${what}; nothing was removed`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** Waits until all is stored that collectors have taken so far: what is still on its way would come after the removal. */
async function waitUntilStored(log: EventLog, siteId: string, { pool }: OpenAccess): Promise<void> {
  const spooled = async () =>
    [...(await spooledOfSite(pool, siteId)).values()].every((events) => events === 0);
  await waitUntil(spooled, 'events of the site wait on the disks of collectors');
  const ends = new Map((await log.lag('processor', ['events'])).map((one) => [placeName(one), one.end]));
  const stored = async () =>
    (await log.lag('processor', ['events'])).every((one) => one.committed >= (ends.get(placeName(one)) ?? 0));
  await waitUntil(stored, 'events that collectors took are not stored yet');
}

const placeName = ({ stream, partition }: { stream: string; partition: number }): string =>
  `${stream}/${partition}`;

/**
 * Takes an import of events back whole, the way all events are taken out (packages/removal): all that the keys sent that it was brought
 * in with, whenever. Killed anywhere, an aggregator goes on with what was begun, and said again it ends. Answers how many events are gone.
 * @throws Failure `import_runs`, `import_pending`
 */
export function takeBackEvents(
  importId: string,
  { siteId, senders }: FoundEventImport,
  access: OpenAccess,
): Promise<number> {
  const { pool, urls } = access;
  return withState(access, siteId, async ({ state, save }) => {
    const store = openEventStore(urls.eventStore, SELF);
    const log = openEventLog(urls.eventLog, SELF);
    try {
      await waitUntilStored(log, siteId, access);
      const span = { receivedFrom: 0, receivedTo: Date.now() + 1 };
      const found = new FoundSummary().state();
      const ids: string[] = [];
      // All of them before the first is carried out, so that an aggregator can go on with all.
      for (const sender of senders)
        ids.push(await addRemoval(pool, { siteId, ...span, sender, found, actor: ACTOR }));
      let gone = 0;
      for (const id of ids) gone += await carryOut({ id, siteId }, { pool, store, log, now: Date.now });
      forgetImport(state, importId);
      await save();
      await forgetEventImport(pool, importId);
      return gone;
    } finally {
      await Promise.all([store.close(), log.close()]);
    }
  });
}
