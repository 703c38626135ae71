import type { ImportedTotal, Measures } from '@footfall/core/imported';
import { addImport, type Kept } from '@footfall/db/count/imported';
import type { Pool } from '@footfall/postgres/pool';
import type { Problem } from '../send/problems.ts';
import { progressBar } from '../send/progress-bar.ts';
import { collectMeasures } from './totals.ts';
import {
  type Notes,
  newNotes,
  type RowCounts,
  type TotalsFile,
  type TotalsSource,
  totalsIn,
} from './totals-file.ts';

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

type TotalsRun = { siteId: string; source: TotalsSource; pool: Pool; terminal: NodeJS.WriteStream };

/** Reads the totals of files, and notes what became of the rows of each. */
async function* readFiles(
  files: readonly TotalsFile[],
  { notes, perFile, onRead }: { notes: Notes; perFile: FileRows[]; onRead(bytes: number): void },
): AsyncGenerator<ImportedTotal[]> {
  let before = 0;
  for (const file of files) {
    const base = before;
    const already = { ...notes.rows };
    yield* totalsIn(file, notes, (bytes) => onRead(base + bytes));
    before += file.size;
    const { read, accepted } = notes.rows;
    perFile.push({ name: file.name, read: read - already.read, accepted: accepted - already.accepted });
  }
}

/**
 * Reads totals as an import does and keeps nothing; those of earlier imports are among them.
 * @throws Failure `invalid_file`
 */
export async function dryRunTotals(
  files: readonly TotalsFile[],
): Promise<{ imported: TotalsImported; first: ImportedTotal | null }> {
  const notes = newNotes();
  const perFile: FileRows[] = [];
  let first: ImportedTotal | null = null;
  let totals = 0;
  for await (const group of readFiles(files, { notes, perFile, onRead: () => undefined })) {
    first ??= group[0] ?? null;
    totals += group.length;
  }
  const { rows, problems } = notes;
  return { imported: { id: null, totals, known: 0, rows, files: perFile, problems }, first };
}

/**
 * Keeps the totals that other products had counted, all files as one import or nothing of them.
 * @throws Failure `invalid_file`
 */
export async function importTotals(
  files: readonly TotalsFile[],
  { siteId, source, pool, terminal }: TotalsRun,
): Promise<TotalsImported> {
  const notes = newNotes();
  const bar = progressBar(terminal);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const perFile: FileRows[] = [];
  let known = 0;
  const onRead = (read: number) => bar.show({ read, size, accepted: notes.rows.accepted, what: 'rows' });
  try {
    const kept = await addImport(pool, {
      siteId,
      source,
      totals: readFiles(files, { notes, perFile, onRead }),
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
