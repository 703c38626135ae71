import type { Config } from '@footfall/config/config';
import { deleteImport, listImports } from '@footfall/db/count/imported';
import { recordAudit } from '@footfall/db/tenant/audit';
import { anySite } from '@footfall/db/tenant/site';
import { type Command, type Result, result } from '../command.ts';
import { ACTOR, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import type { Values } from '../options.ts';
import { IMPORT } from './import.ts';
import { SITE } from './site-option.ts';

/** The imports of totals of a site. */
async function list({ site: reference = '' }: Values, config: Config): Promise<Result> {
  return withDatabase(config, async (db, { pool }) => {
    const { id: siteId } = await anySite(db, reference);
    const imports = await listImports(pool, siteId);
    const rows = imports.map(({ id, source, from, to, totals, createdAt, measures }) => ({
      import_id: id,
      source,
      from,
      to,
      totals,
      dimensions: Object.keys(measures),
      created_at: createdAt.toISOString(),
    }));
    const lines = rows.map(
      ({ import_id, source, from, to, totals }) =>
        `${import_id}  ${source.padEnd(10)}${from} to ${to}  ${totals} totals`,
    );
    return { json: { imports: rows }, text: lines.join('\n') || 'none', ok: true };
  });
}

async function takeBack({ import: importId = '' }: Values, config: Config): Promise<Result> {
  return withDatabase(config, async (db, { pool }) => {
    const deleted = await deleteImport(pool, importId);
    if (deleted === null)
      throw adminFailure('unknown_import', `there is no import ${importId}; see: imports --site SITE`, {
        where: 'import',
      });
    const { siteId, tenantId } = deleted;
    await recordAudit(db, {
      tenantId,
      actor: ACTOR,
      action: 'import.delete',
      subject: `${siteId} ${importId}`,
    });
    return result({ deleted: importId });
  });
}

/** Commands that bring history in, and take it back. */
export const IMPORT_COMMANDS: Readonly<Record<string, Command>> = {
  import: IMPORT,
  imports: {
    summary: 'lists the totals of other products that a site has',
    options: { site: SITE },
    run: list,
  },
  'import-delete': {
    summary: 'takes an import of totals back',
    options: { import: { meaning: 'id of the import', required: true, example: 'import_…' } },
    run: takeBack,
  },
};
