import path from 'node:path';
import type { Config } from '@footfall/config/config';
import { beginEventImport, countImportedEvents, endEventImport } from '@footfall/db/count/event-import';
import type { Database } from '@footfall/db/prisma';
import { recordAudit } from '@footfall/db/tenant/audit';
import { inTenant } from '@footfall/db/tenant/scope';
import { anySite, type Site } from '@footfall/db/tenant/site';
import { keepSecrets } from '@footfall/installation/secrets';
import type { Pool } from '@footfall/postgres/pool';
import type { Command, Result } from '../command.ts';
import { ACTOR, type OpenAccess, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import { eventsAnswer, totalsAnswer } from '../import/answer.ts';
import { CLIENTS, type Client } from '../import/formats/page-view.ts';
import { type AnyFormat, FORMAT_NAMES, type Looked, look, withFolder } from '../import/look.ts';
import { eventsNotTaken, totalsNotTaken } from '../import/not-taken.ts';
import { dryRunEvents } from '../import/send/dry-run.ts';
import { importKey } from '../import/send/identity.ts';
import { type Imported, type ImportRun, importEvents } from '../import/send/import-events.ts';
import { checkCollector } from '../import/send/send.ts';
import { type StateOnDisk, withState } from '../import/send/state-on-disk.ts';
import { dryRunTotals, importTotals } from '../import/totals/import-totals.ts';
import type { Values } from '../options.ts';
import { SITE } from './site-option.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

function formatOption(format = 'auto'): AnyFormat {
  if (FORMAT_NAMES.includes(format)) return format as AnyFormat;
  const message = `--format: there is no format ${JSON.stringify(format)}; allowed are ${FORMAT_NAMES.join(', ')}`;
  throw adminFailure('invalid_option', message, { where: 'format' });
}

function hostOption(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  const { protocol, origin } = URL.canParse(host) ? new URL(host) : { protocol: '', origin: '' };
  if (/^https?:$/.test(protocol)) return origin;
  const message = `--host: ${JSON.stringify(host)} is not an address, such as https://shop.example`;
  throw adminFailure('invalid_option', message, { where: 'host' });
}

function clientOption(client = 'address'): Client {
  const found = CLIENTS.find((one) => one === client);
  if (found !== undefined) return found;
  const message = `--client: ${JSON.stringify(client)} is not known; allowed are ${CLIENTS.join(', ')}`;
  throw adminFailure('invalid_option', message, { where: 'client' });
}

/** Runs `work` with an API key that lives as long; one that a killed run left is revoked first. */
async function withApiKey<T>(
  { db, site, on: { state, save } }: { db: Database; site: Site; on: StateOnDisk },
  work: (key: { id: string; apiKey: string }) => Promise<T>,
): Promise<T> {
  const keys = inTenant(db, site.tenantId).apiKeys;
  if (state.keyId !== null) await keys.revoke(state.keyId, ACTOR);
  const { id, apiKey } = await keys.create({ scopes: ['ingest'], actor: ACTOR });
  state.keyId = id;
  await save();
  try {
    return await work({ id, apiKey });
  } finally {
    await keys.revoke(id, ACTOR);
    state.keyId = null;
    await save();
  }
}

/** A signal of an operator who has had enough: what is being sent is finished. The second one ends it at once. */
async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  for (const signal of SIGNALS) process.once(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

type Run = { db: Database; access: OpenAccess; site: Site; config: Config; looked: Looked };

type Noted = Pick<ImportRun, 'importId' | 'state' | 'save' | 'onTaken'>;

/**
 * Runs `work` as one import, that can be taken back whole: it is noted with its sender before anything is sent. The same path named again
 * after a run that was cut off goes on with the same import. Answers null for the id of one that brought nothing.
 */
async function asOneImport(
  run: { pool: Pool; siteId: string; sender: string; on: StateOnDisk; from: string; looked: Looked },
  work: (noted: Noted) => Promise<Imported>,
): Promise<{ imported: Imported; importId: string | null }> {
  const { pool, siteId, sender, on, from, looked } = run;
  const { state, save } = on;
  const goesOn = state.open?.from === from ? state.open.importId : null;
  const importId = await beginEventImport(pool, { siteId, sender, goesOn });
  state.open = { importId, from };
  await save();
  const onTaken = (events: number) => countImportedEvents(pool, importId, events);
  const imported = await work({ importId, state, save, onTaken });
  const formats = [...new Set(looked.events.map(({ format }) => format))];
  const kept = await endEventImport(pool, { id: importId, formats });
  delete state.open;
  await save();
  return { imported, importId: kept };
}

/** Events go the way of all events. */
async function bringEvents({ db, access, site, config, looked }: Run, values: Values): Promise<Result> {
  // The one on this machine, if it is: between here and there is no proxy that may not take bodies of this size.
  const url = access.runtime?.collectorUrl ?? config.collectorUrl;
  await checkCollector(url);
  const key = importKey(config.secret ?? (await keepSecrets(access.dataDir)).secret);
  const from = path.resolve(values.from ?? '');
  const { imported, importId } = await withState(access, site.id, (on) =>
    withApiKey({ db, site, on }, (sender) =>
      asOneImport({ pool: access.pool, siteId: site.id, sender: sender.id, on, from, looked }, (noted) =>
        untilInterrupted((signal) =>
          importEvents(looked.events, {
            ...noted,
            site,
            host: hostOption(values.host),
            client: clientOption(values.client),
            key,
            to: { url, siteId: site.id, apiKey: sender.apiKey, signal },
            again: values.again !== undefined,
            terminal: process.stderr,
          }),
        ),
      ),
    ),
  );
  const { tenantId, id } = site;
  const subject = `${id} ${importId ?? 'nothing new'} ${imported.counts.accepted} events`;
  await recordAudit(db, { tenantId, actor: ACTOR, action: 'import.events', subject });
  return eventsAnswer(
    { ...imported, importId },
    {
      looked,
      notTaken: await eventsNotTaken(imported.files, looked),
    },
  );
}

/** Totals have no events behind them: they are kept beside the reports. */
async function bringTotals({ db, access, site, looked }: Run): Promise<Result> {
  const source = looked.totals[0]?.source ?? 'plausible';
  const imported = await importTotals(looked.totals, {
    siteId: site.id,
    source,
    pool: access.pool,
    terminal: process.stderr,
  });
  const { tenantId, id } = site;
  const subject = `${id} ${imported.id ?? 'nothing new'}`;
  await recordAudit(db, { tenantId, actor: ACTOR, action: 'import.totals', subject });
  return totalsAnswer(imported, { looked, notTaken: totalsNotTaken(imported.files, looked) });
}

/** What an import would do, without a collector. */
async function dryRun({ site, looked }: Pick<Run, 'site' | 'looked'>, values: Values): Promise<Result> {
  if (looked.totals.length > 0) {
    const { imported, first } = await dryRunTotals(looked.totals);
    return totalsAnswer(imported, {
      looked,
      notTaken: totalsNotTaken(imported.files, looked),
      dryRun: { first },
    });
  }
  const of = { site, host: hostOption(values.host), client: clientOption(values.client) };
  const { imported, first } = await dryRunEvents(looked.events, of);
  return eventsAnswer(
    { ...imported, importId: null },
    {
      looked,
      notTaken: await eventsNotTaken(imported.files, looked),
      dryRun: { first },
    },
  );
}

async function run(values: Values, config: Config): Promise<Result> {
  const { site: reference = '', from = '' } = values;
  hostOption(values.host);
  clientOption(values.client);
  const format = formatOption(values.format);
  return withFolder(async (folder) => {
    const looked = await look(from, { format, folder });
    return withDatabase(config, async (db, access) => {
      const what: Run = { db, access, config, looked, site: await anySite(db, reference) };
      if (values['dry-run'] !== undefined) return dryRun(what, values);
      return looked.totals.length > 0 ? bringTotals(what) : bringEvents(what, values);
    });
  });
}

/** Brings history in. */
export const IMPORT: Command = {
  summary: 'takes in events, logs and totals of files; said again it goes on, and counts nothing twice',
  options: {
    site: SITE,
    from: { meaning: 'a file, or a folder of files', required: true, example: 'access.log.1.gz' },
    format: {
      meaning: `one of ${FORMAT_NAMES.join(', ')}; auto looks at each file`,
      required: false,
      example: 'combined',
    },
    host: {
      meaning: 'where the pages were, above what the files say',
      required: false,
      example: 'https://shop.example',
    },
    client: {
      meaning: `one of ${CLIENTS.join(', ')}: whom the lines of a log begin with, or first of all whom a list of forwarded addresses in another field names`,
      required: false,
      example: 'forwarded',
    },
    'dry-run': {
      meaning: 'reads the files and says their format, the first event and counts; imports nothing',
      required: false,
      flag: true,
      example: '',
    },
    again: {
      meaning: 'reads what was taken before, too; what counts counts once',
      required: false,
      flag: true,
      example: '',
    },
  },
  run,
};
