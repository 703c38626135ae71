import path from 'node:path';
import type { Config } from '@footfall/config/config';
import { recordAudit } from '@footfall/db/audit';
import type { Database } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/scope';
import { anySite, type Site } from '@footfall/db/site';
import type { Access } from '@footfall/installation/access';
import { lockFile } from '@footfall/installation/lock';
import { keepSecrets } from '@footfall/installation/secrets';
import type { Command, Result } from '../command.ts';
import { ACTOR, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import { filesAt, fileToImport } from '../import/files.ts';
import { FORMATS, type FormatName } from '../import/formats.ts';
import { importKey } from '../import/identity.ts';
import { type EventFile, type Imported, importEvents } from '../import/import-events.ts';
import { checkCollector } from '../import/send.ts';
import { type ImportState, readState, stateFile, writeState } from '../import/state.ts';
import type { Values } from '../options.ts';
import { SITE } from './site-option.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const FORMAT_NAMES = ['auto', ...Object.keys(FORMATS)];

function formatOption(format = 'auto'): FormatName | 'auto' {
  if (FORMAT_NAMES.includes(format)) return format as FormatName | 'auto';
  const message = `--format: there is no format ${JSON.stringify(format)}; allowed are ${FORMAT_NAMES.join(', ')}`;
  throw adminFailure('invalid_option', message, { where: 'format' });
}

function hostOption(host: string | undefined): string | undefined {
  if (host === undefined) return undefined;
  const { protocol, origin } = URL.canParse(host) ? new URL(host) : { protocol: '', origin: '' };
  if (/^https?:$/.test(protocol)) return origin;
  const message = `--host: ${JSON.stringify(host)} is no address, such as https://shop.example`;
  throw adminFailure('invalid_option', message, { where: 'host' });
}

/** What there is to import, and files of a folder that are nothing known. */
async function look(
  from: string,
  format: FormatName | 'auto',
): Promise<{ files: EventFile[]; ignored: string[] }> {
  const [files, ignored]: [EventFile[], string[]] = [[], []];
  for (const found of await filesAt(path.resolve(from))) {
    const file = await fileToImport(found, format);
    if (file === null) ignored.push(found.name);
    else files.push({ ...file, size: found.size });
  }
  if (files.length > 0) return { files, ignored };
  const names = ignored.slice(0, 3).join(', ') || 'it has no files';
  throw adminFailure(
    'unknown_format',
    `--from ${from}: no file of a format that is known (${names}); name it with --format ${FORMAT_NAMES.slice(1).join('|')}`,
    { where: 'from' },
  );
}

type StateOnDisk = { state: ImportState; save(): Promise<void> };

/**
 * Runs `work` with the state of imports into a site, of which one may run at a time.
 * @throws Failure `import_runs`
 */
async function withState<T>(access: Access, site: Site, work: (on: StateOnDisk) => Promise<T>): Promise<T> {
  const file = await stateFile(access.dataDir.root, site.id);
  const lock = lockFile(`${file}.lock`);
  if (lock === null) throw adminFailure('import_runs', `another import into ${site.domain} is running`);
  try {
    const state = await readState(file);
    return await work({ state, save: () => writeState(file, state) });
  } finally {
    lock.release();
  }
}

/** Runs `work` with an API key that lives as long; one that a killed run left is revoked first. */
async function withApiKey<T>(
  { db, site, on: { state, save } }: { db: Database; site: Site; on: StateOnDisk },
  work: (apiKey: string) => Promise<T>,
): Promise<T> {
  const keys = inTenant(db, site.tenantId).apiKeys;
  if (state.keyId !== null) await keys.revoke(state.keyId, ACTOR);
  const { id, apiKey } = await keys.create({ scopes: ['ingest'], actor: ACTOR });
  state.keyId = id;
  await save();
  try {
    return await work(apiKey);
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

const sumOf = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const listed = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function answer(
  { counts, before, problems }: Imported,
  files: readonly EventFile[],
  ignored: readonly string[],
): Result {
  const { read, accepted, rejected, skipped } = counts;
  const json = {
    files: files.length,
    formats: [...new Set(files.map(({ format }) => format))],
    read,
    accepted,
    rejected,
    skipped: sumOf(skipped),
    skipped_reasons: skipped,
    read_before: before,
    ignored_files: ignored,
    problems,
  };
  const lines = [
    `read      ${read} of ${files.length} files${before > 0 ? ` (${before} in earlier runs)` : ''}`,
    `accepted  ${accepted}`,
    `rejected  ${sumOf(rejected)}${sumOf(rejected) > 0 ? ` (${listed(rejected)})` : ''}`,
    `skipped   ${sumOf(skipped)}${sumOf(skipped) > 0 ? ` (${listed(skipped)})` : ''}`,
    ...(ignored.length > 0 ? [`ignored   ${ignored.join(', ')}`] : []),
    ...problems.map(({ file, line, reason, message }) => `${file}:${line}: ${reason}: ${message}`),
  ];
  return { json, text: lines.join('\n'), ok: true };
}

async function run(
  { site: reference = '', from = '', format, host, again }: Values,
  config: Config,
): Promise<Result> {
  const origin = hostOption(host);
  const { files, ignored } = await look(from, formatOption(format));
  return withDatabase(config, async (db, access) => {
    const site = await anySite(db, reference);
    // The one on this machine, if it is: between here and there is no proxy that may not take bodies of this size.
    const url = access.runtime?.collectorUrl ?? config.collectorUrl;
    await checkCollector(url);
    const key = importKey(config.secret ?? (await keepSecrets(access.dataDir)).secret);
    const imported = await withState(access, site, (on) =>
      withApiKey({ db, site, on }, (apiKey) =>
        untilInterrupted((signal) =>
          importEvents(files, {
            ...on,
            site,
            host: origin,
            key,
            to: { url, siteId: site.id, apiKey, signal },
            again: again !== undefined,
            terminal: process.stderr,
          }),
        ),
      ),
    );
    const { tenantId, id } = site;
    const subject = `${id} ${imported.counts.accepted} events`;
    await recordAudit(db, { tenantId, actor: ACTOR, action: 'import.events', subject });
    return answer(imported, files, ignored);
  });
}

/** Commands that bring history in. */
export const IMPORT_COMMANDS: Readonly<Record<string, Command>> = {
  import: {
    summary: 'takes in events and logs of files; said again it goes on, and counts nothing twice',
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
      again: {
        meaning: 'reads what was taken before, too; what counts counts once',
        required: false,
        flag: true,
        example: '',
      },
    },
    run,
  },
};
