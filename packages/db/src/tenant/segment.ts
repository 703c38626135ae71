import { checkAll } from '@footfall/core/failure';
import type { Goal } from '@footfall/core/goal';
import { parseFilters } from '@footfall/core/query/filter';
import type { Prisma } from '../../generated/client.ts';
import { controlFailure } from '../errors.ts';
import { isId, newId } from '../id.ts';
import { type Actor, auditEntry, changedFields } from './audit.ts';
import { goalsIn } from './goal.ts';
import { addNamed, validateName } from './named.ts';
import type { OfTenant, Queryable } from './transaction.ts';

/** Filters that a merchant has named: whose numbers reports show. As the API takes them. */
export type Segment = { id: string; siteId: string; name: string; filters: readonly unknown[] };

type NewSegment = {
  siteId: string;
  /** Unique in the site. */
  name: string;
  /** A list of filters, at least one; none of them compares a metric. */
  filters: unknown;
  actor: Actor;
};

/** The segments of one tenant's sites; see scope.ts. */
export type Segments = {
  /** @throws Failure `invalid_name`, `invalid_segment`, `name_taken`, `too_many`, `unknown_site` */
  create(segment: NewSegment): Promise<Segment>;
  /** Gives a segment other filters; null when the site has no such segment. Throws Failure `invalid_segment`. */
  change(of: { siteId: string; id: string; filters: unknown; actor: Actor }): Promise<Segment | null>;
  /** Of a site, by name; none of a site that is not the tenant's. */
  list(siteId: string): Promise<Segment[]>;
  /** Answers false when the site has no such segment. */
  remove(of: { siteId: string; id: string; actor: Actor }): Promise<boolean>;
};

export const SEGMENT_COLUMNS = { id: true, siteId: true, name: true, filters: true } as const;

/** Longest filters of a segment, characters of JSON. */
const MAX_FILTERS = 8_000;

type Row = Omit<Segment, 'filters'> & { filters: unknown };

/** What {@link validateFilters} has let in. */
export const toSegment = (row: Row): Segment => ({ ...row, filters: row.filters as unknown[] });

const invalidSegment = (message: string, cause?: unknown) =>
  controlFailure('invalid_segment', message, { where: 'filters', cause });

/** Whether Postgres takes a text into JSON: neither NUL nor half a character. */
const isStorable = (json: string) => !/\\u0000|\\ud[89a-f]/i.test(json);

/** @throws Failure `invalid_segment` */
function validateFilters(filters: unknown, goals: readonly Goal[]): unknown[] {
  if (!Array.isArray(filters) || filters.length === 0)
    throw invalidSegment('a segment has a filter at least');
  const json = JSON.stringify(filters);
  if (json.length > MAX_FILTERS || !isStorable(json))
    throw invalidSegment(`filters have at most ${MAX_FILTERS} printable characters`);
  let metrics = 0;
  try {
    metrics = parseFilters(filters, { goals }).metrics.length;
  } catch (cause) {
    throw invalidSegment(cause instanceof Error ? cause.message : 'these are not filters', cause);
  }
  if (metrics > 0) throw invalidSegment('a segment is of events and visits: it compares no metric');
  return filters;
}

async function createSegment(scope: OfTenant, request: NewSegment): Promise<Segment> {
  const { siteId, actor } = request;
  const goals = await goalsIn(scope, siteId);
  const [name, filters] = checkAll(
    () => validateName(request.name, 'segment'),
    () => validateFilters(request.filters, goals),
  );
  const id = newId('segment');
  const row = { id, siteId, name, filters: filters as Prisma.InputJsonValue };
  return addNamed(scope, {
    thing: 'segments',
    id,
    siteId,
    actor,
    data: { name, filters },
    count: ({ segment }) => segment.count({ where: { siteId } }),
    create: async ({ segment }) => toSegment(await segment.create({ data: row, select: SEGMENT_COLUMNS })),
  });
}

async function changeSegment(
  scope: OfTenant,
  { siteId, id, actor, ...given }: Parameters<Segments['change']>[0],
): Promise<Segment | null> {
  const { tenantId } = scope;
  if (!isId(id) || !isId(siteId)) return null;
  const filters = validateFilters(given.filters, await goalsIn(scope, siteId));
  return scope.run(async (transaction) => {
    const where = { id, siteId, site: { tenantId } };
    const before = await transaction.segment.findFirst({ where, select: SEGMENT_COLUMNS });
    if (before === null) return null;
    const details = changedFields(before, { filters });
    if (Object.keys(details.after).length === 0) return toSegment(before);
    await transaction.auditEntry.create({
      data: auditEntry({
        tenantId,
        actor,
        action: 'segment.update',
        subject: id,
        details: { siteId, ...details },
      }),
    });
    const data = { filters: filters as Prisma.InputJsonValue };
    return toSegment(await transaction.segment.update({ where: { id }, data, select: SEGMENT_COLUMNS }));
  });
}

/** The repository of the segments of one tenant's sites. */
export function segmentStore(scope: OfTenant): Segments {
  const { tenantId, run } = scope;
  return {
    create: (request) => createSegment(scope, request),
    change: (of) => changeSegment(scope, of),
    list: async (siteId) => {
      if (!isId(siteId)) return [];
      const where = { siteId, site: { tenantId } };
      const rows = await run(({ segment }) =>
        segment.findMany({ where, select: SEGMENT_COLUMNS, orderBy: { name: 'asc' } }),
      );
      return rows.map(toSegment);
    },
    remove: async ({ siteId, id, actor }) => {
      if (!isId(id) || !isId(siteId)) return false;
      return run(async (transaction) => {
        const where = { id, siteId, site: { tenantId } };
        const { count } = await transaction.segment.deleteMany({ where });
        if (count === 0) return false;
        const entry = auditEntry({
          tenantId,
          actor,
          action: 'segment.remove',
          subject: id,
          details: { siteId },
        });
        await transaction.auditEntry.create({ data: entry });
        return true;
      });
    },
  };
}

const OF_SITE = `
SELECT id, site_id AS "siteId", name, filters FROM segment WHERE site_id = $1 AND id = $2`;

/** A segment of a site that the caller has established the right to; null when it has none of this id. */
export async function segmentOfSite(tenant: Queryable, siteId: string, id: string): Promise<Segment | null> {
  if (!isId(id)) return null;
  const { rows } = await tenant.query<Segment>({
    name: 'segment-of-site',
    text: OF_SITE,
    values: [siteId, id],
  });
  return rows[0] ?? null;
}
