import type { estypes } from '@elastic/elasticsearch';
import { reportStoreFailure } from '../../errors.ts';
import type { Ports } from '../ports.ts';

/**
 * A record of a build that is not in force, or will not be: made before a build is written, and before another takes its place, so that
 * what a crash leaves is found. See sweep.ts.
 */
export type BuildRecord = {
  siteId: string;
  generation: number;
  day: string;
  build: string;
  /** Of the facts of an open day. */
  isOpen: boolean;
  /** Epoch milliseconds. */
  since: number;
  /** The sealer that made it. */
  owner: string;
};

type Source = Omit<BuildRecord, 'siteId'> & { site: string };

/** A record that was read, as it was then. */
export type ReadBuildRecord = BuildRecord & { at: { if_seq_no: number; if_primary_term: number } };

/** It has changed since, or has gone. */
const NOT_MEANT = new Set([404, 409]);

/** Builds of open days have the same names on all sites. */
const recordId = ({ siteId, build }: Pick<BuildRecord, 'siteId' | 'build'>): string => `${siteId}|${build}`;

async function write(
  { client, names }: Ports,
  operations: object[],
  harmless: ReadonlySet<number>,
): Promise<void> {
  if (operations.length === 0) return;
  const { items } = await client.bulk({ index: names.builds, operations });
  const failed = items
    .flatMap((item): estypes.BulkResponseItem[] => Object.values(item))
    .find(({ error, status }) => error !== undefined && !harmless.has(status));
  if (failed !== undefined)
    throw reportStoreFailure(
      'report_store_unavailable',
      `a record of a build was not kept: ${failed.error?.reason}`,
    );
}

export function putBuildRecords(ports: Ports, records: readonly BuildRecord[]): Promise<void> {
  const operations = records.flatMap((record) => {
    const { siteId, ...rest } = record;
    return [{ index: { _id: recordId(record), routing: siteId } }, { site: siteId, ...rest }];
  });
  return write(ports, operations, new Set());
}

/** Deletes records that are still as they were read. */
export function deleteBuildRecords(ports: Ports, records: readonly ReadBuildRecord[]): Promise<void> {
  const operations = records.map((record) => ({
    delete: { _id: recordId(record), routing: record.siteId, ...record.at },
  }));
  return write(ports, operations, NOT_MEANT);
}

const PAGE = 1_000;

/** Records made before a time, oldest first; `after` is where the page before ended. */
export async function oldBuildRecords(
  { client, names }: Ports,
  before: number,
  after: estypes.SortResults | undefined,
): Promise<{ records: ReadBuildRecord[]; after: estypes.SortResults | undefined }> {
  const answer = await client.search<Source>({
    index: names.builds,
    size: PAGE,
    seq_no_primary_term: true,
    track_total_hits: false,
    allow_partial_search_results: false,
    // The sweeper's own lock is here, too, and is of no build.
    query: { bool: { filter: [{ exists: { field: 'build' } }, { range: { since: { lt: before } } }] } },
    sort: ['since', 'site', 'build'],
    ...(after === undefined ? {} : { search_after: after }),
  });
  const { hits } = answer.hits;
  const records = hits.map(({ _source, _seq_no, _primary_term }): ReadBuildRecord => {
    const { site, ...rest } = _source as Source;
    return {
      siteId: site,
      ...rest,
      at: { if_seq_no: _seq_no as number, if_primary_term: _primary_term as number },
    };
  });
  return { records, after: hits.length < PAGE ? undefined : hits.at(-1)?.sort };
}
