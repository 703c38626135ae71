import { setTimeout as sleep } from 'node:timers/promises';
import { recordAudit } from '@footfall/db/tenant/audit';
import { type PendingGeneration, pendingGenerations, wantRebuild } from '@footfall/db/tenant/generation';
import { anySite } from '@footfall/db/tenant/site';
import type { Pool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { type Command, type Result, result } from '../command.ts';
import { ACTOR, SELF, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import { progressTo } from '../progress.ts';
import { SITE } from './site-option.ts';

const LOOK_MS = 1_000;
/** An aggregator does something sooner than this, unless none is running. */
const PATIENCE_MS = 10 * 60_000;

type Ports = { pool: Pool; reports: Pick<ReportStore, 'read'>; tell: (line: string) => void };

/** How far one generation is. */
async function describeDays({ siteId, generation }: PendingGeneration, { reports }: Ports): Promise<string> {
  const states = await reports.read((reader) => reader.dayStates(siteId, generation, null, null));
  const sealed = states.filter(({ sealedVersion }) => sealedVersion !== null).length;
  return `${siteId} has ${sealed} of ${states.length} days`;
}

/**
 * Waits until the aggregators have folded what is wanted of these sites (null: of all).
 * @throws Failure `nothing_works` when for ten minutes nothing has changed
 */
async function untilRebuilt(siteId: string | null, wanted: number, ports: Ports): Promise<void> {
  let [last, since] = ['', Date.now()];
  for (;;) {
    const pending = (await pendingGenerations(ports.pool)).filter(
      (one) => siteId === null || one.siteId === siteId,
    );
    const [next] = pending;
    if (next === undefined) return;
    const line = `${Math.max(0, wanted - pending.length)} of ${wanted} sites rebuilt; ${await describeDays(next, ports)}`;
    ports.tell(line);
    if (line !== last) [last, since] = [line, Date.now()];
    if (Date.now() - since > PATIENCE_MS)
      throw adminFailure('nothing_works', 'for ten minutes no aggregator has done anything of it');
    await sleep(LOOK_MS);
  }
}

function answer(sites: number, state: 'rebuilt' | 'wanted', seconds: number): Result {
  const made = result({ sites, state, seconds });
  if (state === 'rebuilt') return made;
  return {
    ...made,
    text: `${made.text}\nthe aggregator folds it as soon as it runs; reports stay as they are until then`,
  };
}

function oneOrAll(site: string | undefined, all: string | undefined): string | null {
  if ((site === undefined) === (all === undefined))
    throw adminFailure('missing_option', 'rebuild needs --site, for example --site kiln.example, or --all', {
      where: 'site',
    });
  return site ?? null;
}

/** Folds history anew from the event store. */
export const REBUILD: Command = {
  summary: 'makes the report store anew from the event store, while reports go on',
  options: {
    site: { ...SITE, required: false },
    all: { meaning: 'every site', required: false, flag: true, example: '' },
    'no-wait': { meaning: 'does not wait until it is done', required: false, flag: true, example: '' },
  },
  run: ({ site, all, 'no-wait': noWait }, config) =>
    withDatabase(config, async (db, { urls, runtime, pool }) => {
      const reference = oneOrAll(site, all);
      const known = reference === null ? null : await anySite(db, reference);
      const siteId = known?.id ?? null;
      const reports = openReportStore(urls.reportStore, { ...SELF, filesDir: config.factsDir });
      const began = Date.now();
      try {
        await wantRebuild(pool, siteId);
        // One that is asked for by name may be in force already.
        const wanted = siteId === null ? (await pendingGenerations(pool)).length : 1;
        if (known !== null)
          await recordAudit(db, {
            tenantId: known.tenantId,
            actor: ACTOR,
            action: 'site.rebuild',
            subject: known.id,
          });
        // A stopped installation of one machine has nobody to wait for; a cluster's aggregators run elsewhere.
        const waits = noWait === undefined && (runtime !== null || config.databaseUrl !== undefined);
        if (waits) await untilRebuilt(siteId, wanted, { pool, reports, tell: progressTo(process.stderr) });
        return answer(wanted, waits ? 'rebuilt' : 'wanted', Math.round((Date.now() - began) / 1000));
      } finally {
        await reports.close();
      }
    }),
};
