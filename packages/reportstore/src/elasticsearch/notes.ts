import type { estypes } from '@elastic/elasticsearch';
import type { Ports } from './ports.ts';

/**
 * A note of a build, made before the build is written or given up, so that what a crash leaves is found: `writing` until a day
 * answers from it, `superseded` from the moment that another takes its place. See sweep.ts.
 */
export type Note = {
  siteId: string;
  generation: number;
  day: string;
  build: string;
  kind: 'writing' | 'superseded';
  /** Epoch milliseconds. */
  since: number;
  /** The sealer that writes it. */
  owner: string | null;
};

export type NoteSource = Omit<Note, 'siteId'> & { site: string };

/** Builds of open days have the same names on all sites. */
export const noteId = ({ siteId, build }: Pick<Note, 'siteId' | 'build'>): string => `${siteId}|${build}`;

async function write({ client, names }: Ports, operations: object[]): Promise<void> {
  if (operations.length === 0) return;
  const { items, errors } = await client.bulk({ index: names.builds, operations });
  if (!errors) return;
  const failed = items
    .flatMap((item): estypes.BulkResponseItem[] => Object.values(item))
    .find(({ error, status }) => error !== undefined && status !== 404);
  if (failed !== undefined) throw new Error(`a note of a build was refused: ${failed.error?.reason}`);
}

export function putNotes(ports: Ports, notes: readonly Note[]): Promise<void> {
  return write(
    ports,
    notes.flatMap((note) => {
      const { siteId, ...rest } = note;
      return [{ index: { _id: noteId(note), routing: siteId } }, { site: siteId, ...rest }];
    }),
  );
}

export function deleteNotes(ports: Ports, notes: readonly Pick<Note, 'siteId' | 'build'>[]): Promise<void> {
  return write(
    ports,
    notes.map((note) => ({ delete: { _id: noteId(note), routing: note.siteId } })),
  );
}
