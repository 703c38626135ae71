import type { Found } from '../read/files.ts';
import { type EventsOfSite, formatContext } from './format-context.ts';
import { type FileToImport, type ImportContext, importFile } from './import-file.ts';
import { noteProblem, type Problem } from './problems.ts';
import { progressBar } from './progress-bar.ts';
import type { Recipient } from './send.ts';
import { addTo, type Counts, type ImportState, zeroCounts } from './state.ts';

export type EventFile = FileToImport & Pick<Found, 'size'>;

/** What became of one file. */
export type FileCounts = { name: string; counts: Counts };

/** What became of all files, earlier runs and this one together; `before` are records that were taken in earlier ones. */
export type Imported = { counts: Counts; before: number; problems: Problem[]; files: FileCounts[] };

export type ImportRun = EventsOfSite & {
  importId: string;
  key: Uint8Array;
  to: Omit<Recipient, 'tell' | 'onTaken'>;
  state: ImportState;
  save(): Promise<void>;
  again: boolean;
  /** Hears how many events were taken, after every answer. */
  onTaken(events: number): Promise<void>;
  terminal: NodeJS.WriteStream;
};

/**
 * Takes the events of files to the collector, one file after the other, and shows how far it is.
 * @throws Failure of reading or sending; what was sent is noted in the state
 */
export async function importEvents(files: readonly EventFile[], run: ImportRun): Promise<Imported> {
  const { site, key, state, again } = run;
  const bar = progressBar(run.terminal);
  const format = await formatContext(files, run);
  const problems: Problem[] = [];
  const taken: FileCounts[] = [];
  let before = 0;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  let [readBefore, accepted] = [0, 0];
  const show = (read: number) => bar.show({ read: readBefore + read, size, accepted });
  const onTaken = (events: number) => {
    accepted += events;
    return run.onTaken(events);
  };
  const context: ImportContext = {
    importId: run.importId,
    to: { ...run.to, tell: bar.say, onTaken },
    key,
    timezone: site.timezone,
    format,
    state,
    save: run.save,
    onRead: show,
    onProblem: (problem) => noteProblem(problems, problem),
    again,
  };
  try {
    for (const file of files) {
      const imported = await importFile(file, context);
      taken.push({ name: file.name, counts: imported.progress.counts });
      before += imported.before;
      readBefore += file.size;
      show(0);
    }
  } finally {
    bar.end();
  }
  const counts = zeroCounts();
  for (const { counts: more } of taken) addTo(counts, more);
  return { counts, before, problems, files: taken };
}
