import type { Measures } from '@footfall/core/imported';
import { addImport, type Kept } from '@footfall/db/count/imported';
import type { Pool } from '@footfall/postgres/pool';
import type { Problem } from '../send/import-file.ts';
import { progressBar } from '../send/progress-bar.ts';
import { collectMeasures } from './totals.ts';
import { newNotes, type RowCounts, type TotalsFile, type TotalsSource, totalsIn } from './totals-file.ts';

export type TotalsImported = Kept & {
  rows: RowCounts;
  /** Totals that were left out, since an earlier import has their days. */
  known: number;
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
  let known = 0;
  const read = async function* () {
    let before = 0;
    for (const file of files) {
      const base = before;
      yield* totalsIn(file, notes, (bytes) =>
        bar.show({ read: base + bytes, size, accepted: notes.rows.accepted, what: 'rows' }),
      );
      before += file.size;
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
    return { ...kept, rows: notes.rows, known, problems: notes.problems };
  } finally {
    bar.end();
  }
}
