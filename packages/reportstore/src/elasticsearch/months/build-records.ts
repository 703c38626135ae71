import type { estypes } from '@elastic/elasticsearch';
import { reportStoreFailure } from '../../errors.ts';
import type { Ports } from '../ports.ts';

/**
 * A note of a build that is not in force, or will not be: made before a build is written, and before another takes its place, so that
 * what a crash leaves is found. See sweep.ts.
 */
export type Note = {
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

type Source = Omit<Note, 'siteId'> & { site: string };

/** A note that was read, as it was then. */
export type KnownNote = Note & { at: { if_seq_no: number; if_primary_term: number } };

/** It has changed since, or has gone. */
const NOT_MEANT = new Set([404, 409]);

/** Builds of open days have the same names on all sites. */
const noteId = ({ siteId, build }: Pick<Note, 'siteId' | 'build'>): string => `${siteId}|${build}`;

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
      `a note of a build was not kept: ${failed.error?.reason}`,
    );
}

export function putNotes(ports: Ports, notes: readonly Note[]): Promise<void> {
  const operations = notes.flatMap((note) => {
    const { siteId, ...rest } = note;
    return [{ index: { _id: noteId(note), routing: siteId } }, { site: siteId, ...rest }];
  });
  return write(ports, operations, new Set());
}

/** Deletes notes that are still as they were read. */
export function deleteNotes(ports: Ports, notes: readonly KnownNote[]): Promise<void> {
  const operations = notes.map((note) => ({
    delete: { _id: noteId(note), routing: note.siteId, ...note.at },
  }));
  return write(ports, operations, NOT_MEANT);
}

const PAGE = 1_000;

/** Notes made before a time, oldest first; `after` is where the page before ended. */
export async function oldNotes(
  { client, names }: Ports,
  before: number,
  after: estypes.SortResults | undefined,
): Promise<{ notes: KnownNote[]; after: estypes.SortResults | undefined }> {
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
  const notes = hits.map(({ _source, _seq_no, _primary_term }): KnownNote => {
    const { site, ...rest } = _source as Source;
    return {
      siteId: site,
      ...rest,
      at: { if_seq_no: _seq_no as number, if_primary_term: _primary_term as number },
    };
  });
  return { notes, after: hits.length < PAGE ? undefined : hits.at(-1)?.sort };
}
