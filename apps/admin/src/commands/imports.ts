import type { Config } from '@footfall/config/config';
import { type EventImport, findEventImport, listEventImports } from '@footfall/db/count/event-import';
import { deleteImport, type ListedImport, listImports } from '@footfall/db/count/imported';
import { recordAudit } from '@footfall/db/tenant/audit';
import { anySite } from '@footfall/db/tenant/site';
import { type Command, type Result, result } from '../command.ts';
import { ACTOR, type OpenAccess, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import { takeBackEvents } from '../import/take-back.ts';
import type { Values } from '../options.ts';
import { IMPORT } from './import.ts';
import { SITE } from './site-option.ts';

const toTotalsRow = ({ id, source, from, to, totals, createdAt, measures }: ListedImport) => ({
  import_id: id,
  source,
  from,
  to,
  totals,
  dimensions: Object.keys(measures),
  created_at: createdAt.toISOString(),
});

const toEventsRow = ({ id, formats, events, createdAt, endedAt }: EventImport) => ({
  import_id: id,
  formats,
  events,
  created_at: createdAt.toISOString(),
  ended_at: endedAt?.toISOString() ?? null,
});

/** The imports of a site: of totals, and of events. */
async function list({ site: reference = '' }: Values, config: Config): Promise<Result> {
  return withDatabase(config, async (db, { pool }) => {
    const { id: siteId } = await anySite(db, reference);
    const totals = (await listImports(pool, siteId)).map(toTotalsRow);
    const events = (await listEventImports(pool, siteId)).map(toEventsRow);
    const lines = [
      ...totals.map(
        ({ import_id, source, from, to, totals }) =>
          `${import_id}  ${source.padEnd(10)}${from} to ${to}  ${totals} totals`,
      ),
      ...events.map(
        ({ import_id, formats, events, created_at, ended_at }) =>
          `${import_id}  ${formats.join(', ').padEnd(10)}${created_at}  ${events} events${ended_at === null ? ', not at its end' : ''}`,
      ),
    ];
    return { json: { imports: [...totals, ...events] }, text: lines.join('\n') || 'none', ok: true };
  });
}

/** What was taken back, and whose it was; null when there is no such import. */
async function takeBackAny(
  importId: string,
  access: OpenAccess,
): Promise<{ siteId: string; tenantId: string; events?: number } | null> {
  const totals = await deleteImport(access.pool, importId);
  if (totals !== null) return totals;
  const found = await findEventImport(access.pool, importId);
  return found === null ? null : { ...found, events: await takeBackEvents(importId, found, access) };
}

async function takeBack({ import: importId = '' }: Values, config: Config): Promise<Result> {
  return withDatabase(config, async (db, access) => {
    const deleted = await takeBackAny(importId, access);
    if (deleted === null)
      throw adminFailure('unknown_import', `there is no import ${importId}; see: imports --site SITE`, {
        where: 'import',
      });
    const { siteId, tenantId, events } = deleted;
    await recordAudit(db, {
      tenantId,
      actor: ACTOR,
      action: 'import.delete',
      subject: `${siteId} ${importId}${events === undefined ? '' : ` ${events} events`}`,
    });
    return result({ deleted: importId, ...(events === undefined ? {} : { events }) });
  });
}

/** Commands that bring history in, and take it back. */
export const IMPORT_COMMANDS: Readonly<Record<string, Command>> = {
  import: IMPORT,
  imports: {
    summary: 'lists what was brought into a site: events, and totals of other products',
    options: { site: SITE },
    run: list,
  },
  'import-delete': {
    summary: 'takes an import back, of events or of totals, whole',
    options: { import: { meaning: 'id of the import', required: true, example: 'import_…' } },
    run: takeBack,
  },
};
