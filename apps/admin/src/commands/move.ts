import type { Config } from '@footfall/config/config';
import { copyControlPlane } from '@footfall/db/copy';
import { wantRebuild } from '@footfall/db/tenant/generation';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { type Access, useInstallation } from '@footfall/installation/access';
import { keepSecrets } from '@footfall/installation/secrets';
import type { StoreUrls } from '@footfall/installation/store-table';
import { initStores, storeUrls } from '@footfall/installation/stores';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import type { Command, Result } from '../command.ts';
import { SELF } from '../database.ts';
import { adminFailure } from '../errors.ts';
import { type Copied, copyEvents } from '../move/copy-events.ts';
import { readConfigFile } from '../move/place.ts';
import { progressTo } from '../progress.ts';

/** A site whose numbers do not agree: what its ledger says was stored, and what each store has. */
type Difference = Copied & { site_id: string; stored: number };

// Visitors that were deleted are in the ledger and not in the store; only the audit knows that there were some.
const SITES = `
SELECT site.id, coalesce(sum(ledger.count), 0)::bigint AS stored,
  EXISTS (SELECT 1 FROM audit_entry WHERE action = 'visitor.delete' AND subject LIKE site.id || ' %') AS deletes
FROM site LEFT JOIN ledger_day AS ledger ON ledger.site_id = site.id AND ledger.outcome = 'stored'
GROUP BY site.id ORDER BY site.id`;

type SiteRow = { id: string; stored: number; deletes: boolean };

const agrees = ({ stored, deletes }: SiteRow, { source, target }: Copied) =>
  source === target && (stored === source || (deletes && stored > source));

async function copySites(
  pool: Pool,
  from: StoreUrls,
  to: StoreUrls,
): Promise<{ events: number; sites: number; differences: Difference[] }> {
  const [source, target] = [openEventStore(from.eventStore, SELF), openEventStore(to.eventStore, SELF)];
  const tell = progressTo(process.stderr);
  const differences: Difference[] = [];
  let events = 0;
  try {
    const { rows } = await pool.query<SiteRow>(SITES);
    for (const [index, site] of rows.entries()) {
      const copied = await copyEvents(site.id, { source, target }, (day, count) =>
        tell(`site ${index + 1} of ${rows.length}, ${day}: ${events + count} events`),
      );
      events += copied.target;
      if (!agrees(site, copied)) differences.push({ site_id: site.id, stored: site.stored, ...copied });
    }
    return { events, sites: rows.length, differences };
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

/** Batches that the old log still has for the processor. */
async function pendingIn(url: string): Promise<number> {
  const log = openEventLog(url, SELF);
  try {
    const lags = await log.lag('processor', ['events', 'rejected']);
    return lags.reduce((sum, { end, committed }) => sum + end - committed, 0);
  } finally {
    await log.close();
  }
}

function check(from: StoreUrls, to: StoreUrls): void {
  if (from.eventStore === to.eventStore)
    throw adminFailure('invalid_option', '--to: names the same event store as the installation has', {
      where: 'to',
    });
}

/** The ids of stated visitors and all sessions are made with the secret. */
async function checkSecret(access: Access, from: Config, to: Config): Promise<void> {
  if (to.secret === undefined) return;
  const secret = from.secret ?? (await keepSecrets(access.dataDir)).secret;
  if (secret === to.secret) return;
  const message = `--to: FOOTFALL_SECRET is another one: visitors of today would count twice; take the one of ${access.dataDir.secrets}`;
  throw adminFailure('invalid_option', message, { where: 'to' });
}

const NEXT = {
  moved:
    'everything agrees: start the new services with the variables of --to; reports come as history is folded',
  storesMoved: 'everything agrees: start the services with the variables of --to, then say: rebuild --all',
  behind: 'not everything agrees yet: stop the collectors, wait until nothing is pending, and say move again',
};

async function move(access: Access, from: Config, to: Config): Promise<Result> {
  const urls = storeUrls(to, to.databaseUrl ?? access.urls.database);
  check(access.urls, urls);
  await checkSecret(access, from, to);
  await initStores(urls);
  const [source, target] = [access.urls, urls].map(({ database }) =>
    connectPool(database, { ...SELF, max: 2 }),
  ) as [Pool, Pool];
  try {
    const pending = await pendingIn(access.urls.eventLog);
    const copied = await copySites(source, access.urls, urls);
    // After the events: the ledger that goes along counts no more than what has come.
    const movesPlane = urls.database !== access.urls.database;
    if (movesPlane) {
      await copyControlPlane(source, target);
      await wantRebuild(target, null);
    }
    const ready = pending === 0 && copied.differences.length === 0;
    const { sites, events, differences } = copied;
    const next = !ready ? NEXT.behind : movesPlane ? NEXT.moved : NEXT.storesMoved;
    const json = { sites, events, pending, differences, ready };
    const lines = differences.map(
      (one) => `${one.site_id}: the ledger says ${one.stored}, copied ${one.source}, there are ${one.target}`,
    );
    const text = [`${events} events of ${sites} sites, ${pending} batches pending`, ...lines, next].join(
      '\n',
    );
    return { json, text, ok: ready };
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
}

/** Copies an installation to other stores. */
export const MOVE: Command = {
  summary: 'copies an installation to other stores, such as a cluster, and checks that the counts agree',
  options: {
    from: {
      meaning: 'file of variables of the old place; else those in force',
      required: false,
      example: '.env',
    },
    to: { meaning: 'file of variables of the new place', required: true, example: 'cluster.env' },
  },
  run: async ({ from, to = '' }, config) => {
    const [old, next] = [from === undefined ? config : await readConfigFile(from), await readConfigFile(to)];
    return useInstallation(old, (access) => move(access, old, next));
  },
};
