import type { Measures } from '@footfall/core/imported';
import { addImport, type Kept } from '@footfall/db/count/imported';
import type { Pool } from '@footfall/postgres/pool';
import type { Problem } from '../send/problems.ts';
import { progressBar } from '../send/progress-bar.ts';
import { collectMeasures } from './totals.ts';
import { newNotes, type RowCounts, type TotalsFile, type TotalsSource, totalsIn } from './totals-file.ts';

/** Rows of one file. */
export type FileRows = { name: string; read: number; accepted: number };

export type TotalsImported = Kept & {
  rows: RowCounts;
  /** Totals that were left out, since an earlier import has their days. */
  known: number;
  /** Of each file how many rows were read, and how many came to something. */
  files: FileRows[];
  problems: Problem[];
};

/**
 * Keeps the totals that other products had counted, all files as one import or nothing of them.
 * @throws Failure `invalid_file`
 */
export async function importTotals(
  files: readonly TotalsFile[],
  {
    siteId,
    source,
    pool,
    terminal,
  }: { siteId: string; source: TotalsSource; pool: Pool; terminal: NodeJS.WriteStream },
): Promise<TotalsImported> {
  const notes = newNotes();
  const bar = progressBar(terminal);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const perFile: FileRows[] = [];
  let known = 0;
  const read = async function* () {
    let before = 0;
    for (const file of files) {
      const base = before;
      const already = { ...notes.rows };
      yield* totalsIn(file, notes, (bytes) =>
        bar.show({ read: base + bytes, size, accepted: notes.rows.accepted, what: 'rows' }),
      );
      before += file.size;
      const { read: rows, accepted } = notes.rows;
      perFile.push({ name: file.name, read: rows - already.read, accepted: accepted - already.accepted });
    }
  };
  try {
    const kept = await addImport(pool, {
      siteId,
      source,
      totals: read(),
      measures: (): Measures => collectMeasures(notes.rules),
      onKnown: (totals) => {
        known += totals;
      },
    });
    return { ...kept, rows: notes.rows, known, files: perFile, problems: notes.problems };
  } finally {
    bar.end();
  }
}
