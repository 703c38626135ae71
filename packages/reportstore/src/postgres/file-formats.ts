import type { Pool } from '@footfall/postgres/pool';
import {
  type Contents,
  type Layout,
  listContents,
  neededContents,
  sharedContents,
} from '../duckdb/layout.ts';
import { reportStoreFailure } from '../errors.ts';

type Queryable = Pick<Pool, 'query'>;

/**
 * The formats of files in the database: what months contain that were made by this version of Footfall, and by earlier and later
 * ones; docs/decisions/0018.
 */
export type FileFormats = {
  /** The layout of files that are written. */
  layout: Layout;
  /**
   * What files of a format contain, if this program can read them.
   * @throws Failure `report_store_newer`
   */
  contentsOf(client: Queryable, format: number): Promise<Contents>;
  /** The format of files that are made of new days and, if `old` is one, of days of files of that format. */
  formatOf(client: Queryable, old: number | null): Promise<number>;
};

const SELECT = `SELECT format, reader, facts, visits, roll_ups AS "rollUps", dimensions FROM reportstore.file_format`;

type Row = Contents & { format: number };

const toParameters = ({ reader, facts, visits, rollUps, dimensions }: Contents): unknown[] => [
  reader,
  facts,
  visits,
  rollUps,
  dimensions,
];

const CONTAINS = (operator: '@>' | '=') =>
  `facts ${operator} $2::text[] AND visits ${operator} $3::text[]
   AND roll_ups ${operator} $4::text[] AND dimensions ${operator} $5::text[]`;

/**
 * A subquery of the formats that lack something which the event store may know; its parameters are $1 to $5, see
 * {@link outdatedParameters}.
 */
export const OUTDATED_FORMATS = `SELECT format FROM reportstore.file_format WHERE reader < $1 OR NOT (${CONTAINS('@>')})`;

export const outdatedParameters = (layout: Layout): unknown[] => toParameters(neededContents(layout));

const sorted = (contents: Contents): Contents => ({
  facts: [...contents.facts].sort(),
  visits: [...contents.visits].sort(),
  rollUps: [...contents.rollUps].sort(),
  dimensions: [...contents.dimensions].sort(),
  reader: contents.reader,
});

async function register(client: Queryable, contents: Contents): Promise<number> {
  const given = toParameters(sorted(contents));
  const { rows } = await client.query<{ format: number }>(
    // Two that come at once may both add it: a format that is there twice means the same.
    `WITH known AS (SELECT format FROM reportstore.file_format WHERE reader = $1 AND ${CONTAINS('=')}),
       added AS (
         INSERT INTO reportstore.file_format (reader, facts, visits, roll_ups, dimensions)
         SELECT $1::integer, $2::text[], $3::text[], $4::text[], $5::text[] WHERE NOT EXISTS (SELECT FROM known)
         RETURNING format)
     SELECT min(format) AS format FROM (SELECT format FROM known UNION ALL SELECT format FROM added) AS one`,
    given,
  );
  return (rows[0] as { format: number }).format;
}

/** The formats of a database, of which those that were seen are remembered: none ever changes. */
export function openFileFormats(layout: Layout): FileFormats {
  const known = new Map<number, Contents>();
  const find = async (client: Queryable, format: number): Promise<Contents> => {
    const found = known.get(format);
    if (found !== undefined) return found;
    const { rows } = await client.query<Row>(SELECT);
    for (const { format: number, ...contents } of rows) known.set(number, contents);
    return known.get(format) as Contents;
  };
  const readable = async (client: Queryable, format: number): Promise<Contents> => {
    const contents = await find(client, format);
    if (contents.reader <= layout.reader) return contents;
    throw reportStoreFailure(
      'report_store_newer',
      `files of sealed days are of format ${format}, which a reader ${contents.reader} understands; this program is ${layout.reader}`,
    );
  };
  return {
    layout,
    contentsOf: readable,
    formatOf: async (client, old) => {
      const own = listContents(layout);
      return register(client, old === null ? own : sharedContents(own, await readable(client, old)));
    },
  };
}
