import {
  IMPORTED_PARTS,
  type ImportedDays,
  type ImportedPart,
  type ImportedTotal,
  type Measures,
} from '@footfall/core/imported';
import type { PartRow } from '@footfall/core/part-query';
import type { ImportedQuestion } from '@footfall/core/query/imports';
import { snakeCase } from '@footfall/core/snake-case';
import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import { newId } from '../id.ts';
import type { Queryable } from '../tenant/transaction.ts';

/** An import as it is listed. */
export type ListedImport = ImportedDays & { source: string; createdAt: Date; totals: number };

/** What came of a new import: null when every day of it was known already. */
export type Kept = { id: string | null; totals: number };

const COLUMNS = IMPORTED_PARTS.map(snakeCase);
/** Rows that are written by one statement. */
const ROWS = 5_000;

const FIND = `
SELECT id, from_day::text AS "from", to_day::text AS "to", measures FROM import WHERE site_id = $1 ORDER BY from_day, id`;

/** The imports of a site, the earliest days first. */
export async function readImports(tenant: Queryable, siteId: string): Promise<ImportedDays[]> {
  const { rows } = await tenant.query<ImportedDays>({
    name: 'imports-of-site',
    text: FIND,
    values: [siteId],
  });
  return rows;
}

/** The totals of a site's imports by value, and by day if that is asked for; the days of all of them add up. */
export async function readImported(
  tenant: Queryable,
  { siteId, dimension, byDay, from, to }: ImportedQuestion,
): Promise<PartRow[]> {
  const keys = byDay ? 'day::text, value' : 'value';
  const { rows } = await tenant.query<{ day?: string; value: string } & Record<string, number>>(
    `SELECT ${keys}, ${COLUMNS.map((column) => `sum(${column})::bigint AS ${column}`).join(', ')}
     FROM imported_total JOIN import ON import.id = import_id
     WHERE site_id = $1 AND dimension = $2 AND day BETWEEN $3::date AND $4::date GROUP BY ${keys}`,
    [siteId, dimension, from, to],
  );
  return rows.map((row) => ({
    key: byDay ? [row.day ?? '', row.value] : [row.value],
    counts: Object.fromEntries(IMPORTED_PARTS.map((part, index) => [part, row[COLUMNS[index] ?? ''] ?? 0])),
  }));
}

const INSERT = `
INSERT INTO imported_total AS t (import_id, dimension, day, value, ${COLUMNS.join(', ')})
SELECT $1, r.* FROM unnest($2::text[], $3::date[], $4::text[], ${COLUMNS.map((_, at) => `$${at + 5}::bigint[]`).join(', ')}) AS r
ON CONFLICT (import_id, dimension, day, value) DO UPDATE SET ${COLUMNS.map((name) => `${name} = t.${name} + excluded.${name}`).join(', ')}`;

/** Adds up totals of the same value, so that one statement has each once. */
function addedUp(totals: readonly ImportedTotal[]): ImportedTotal[] {
  const sums = new Map<string, ImportedTotal & { counts: Partial<Record<ImportedPart, number>> }>();
  for (const total of totals) {
    const key = `${total.dimension}\n${total.day}\n${total.value}`;
    const sum = sums.get(key);
    if (sum === undefined) {
      sums.set(key, { ...total, counts: { ...total.counts } });
      continue;
    }
    for (const part of IMPORTED_PARTS) sum.counts[part] = (sum.counts[part] ?? 0) + (total.counts[part] ?? 0);
  }
  return [...sums.values()];
}

async function insert(client: PoolClient, importId: string, totals: readonly ImportedTotal[]): Promise<void> {
  const rows = addedUp(totals);
  await client.query(INSERT, [
    importId,
    rows.map(({ dimension }) => dimension),
    rows.map(({ day }) => day),
    rows.map(({ value }) => value),
    ...IMPORTED_PARTS.map((part) => rows.map(({ counts }) => Math.round(counts[part] ?? 0))),
  ]);
}

/** Whether an import that is there already has a dimension on a day. */
function isKnown({ day, dimension }: ImportedTotal, known: readonly ImportedDays[]): boolean {
  return known.some(
    ({ from, to, measures }) => day >= from && day <= to && measures[dimension] !== undefined,
  );
}

export type NewImport = {
  siteId: string;
  source: string;
  totals: AsyncIterable<readonly ImportedTotal[]>;
  /** What is known of the totals, when all have been read. */
  measures: () => Measures;
  /** Hears of totals that were left out, since an earlier import has their day. */
  onKnown: (totals: number) => void;
};

/**
 * Keeps totals as one import: all of them or none. Days of dimensions that an earlier import of the site has are left out, so that the
 * same totals brought in again change nothing.
 */
export function addImport(pool: Pool, request: NewImport): Promise<Kept> {
  const { siteId, source, totals, measures, onKnown } = request;
  return transaction(pool, async (client) => {
    // Two at once would not see each other's days.
    await client.query('SELECT 1 FROM site WHERE id = $1 FOR UPDATE', [siteId]);
    const known = await readImports(client, siteId);
    const id = newId('import');
    await client.query(
      `INSERT INTO import (id, site_id, source, from_day, to_day, measures) VALUES ($1, $2, $3, 'epoch', 'epoch', '{}')`,
      [id, siteId, source],
    );
    let waiting: ImportedTotal[] = [];
    for await (const group of totals) {
      const fresh = group.filter((total) => !isKnown(total, known));
      onKnown(group.length - fresh.length);
      waiting = waiting.concat(fresh);
      if (waiting.length < ROWS) continue;
      await insert(client, id, waiting);
      waiting = [];
    }
    if (waiting.length > 0) await insert(client, id, waiting);
    return finish(client, id, measures());
  });
}

/** Says what an import has, or takes back one that has nothing. */
async function finish(client: PoolClient, id: string, measures: Measures): Promise<Kept> {
  const { rows } = await client.query<{
    from: string | null;
    to: string | null;
    totals: number;
    dimensions: string[];
  }>(
    `SELECT min(day)::text AS "from", max(day)::text AS "to", count(*) AS totals, array_agg(DISTINCT dimension) AS dimensions
     FROM imported_total WHERE import_id = $1`,
    [id],
  );
  const [found] = rows;
  if (found === undefined || found.from === null) {
    await client.query('DELETE FROM import WHERE id = $1', [id]);
    return { id: null, totals: 0 };
  }
  const own = Object.entries(measures).filter(([dimension]) => found.dimensions.includes(dimension));
  await client.query('UPDATE import SET from_day = $2, to_day = $3, measures = $4 WHERE id = $1', [
    id,
    found.from,
    found.to,
    Object.fromEntries(own),
  ]);
  return { id, totals: found.totals };
}

/** The imports of a site with how many totals they have, the earliest days first. */
export async function listImports(pool: Pool, siteId: string): Promise<ListedImport[]> {
  const { rows } = await pool.query<ListedImport>(
    `SELECT id, source, from_day::text AS "from", to_day::text AS "to", measures, created_at AS "createdAt",
       (SELECT count(*) FROM imported_total WHERE import_id = import.id) AS totals
     FROM import WHERE site_id = $1 ORDER BY from_day, id`,
    [siteId],
  );
  return rows;
}

/** Takes an import back; answers whose it was, or null when there is none of this id. */
export async function deleteImport(
  pool: Pool,
  id: string,
): Promise<{ siteId: string; tenantId: string } | null> {
  const { rows } = await pool.query<{ siteId: string; tenantId: string }>(
    `DELETE FROM import USING site WHERE import.id = $1 AND site.id = site_id
     RETURNING site_id AS "siteId", tenant_id AS "tenantId"`,
    [id],
  );
  return rows[0] ?? null;
}
