import type { Site } from '@footfall/db/tenant/site';
import type { FormatContext } from '../formats/formats.ts';
import type { Client } from '../formats/page-view.ts';
import { noteUmamiRow, noUmamiTables, type UmamiTables } from '../formats/umami.ts';
import type { Found } from '../read/files.ts';
import { createRowReader, readRecords } from '../read/records.ts';
import { type FileToImport, type ImportContext, importFile, type Problem } from './import-file.ts';
import { progressBar } from './progress-bar.ts';
import type { Recipient } from './send.ts';
import { addTo, type Counts, type ImportState, type Progress, zeroCounts } from './state.ts';

/** Problems that are kept for the answer. */
const SHOWN = 10;

export type EventFile = FileToImport & Pick<Found, 'size'>;

/** What became of all files, earlier runs and this one together; `before` are records that were taken in earlier ones. */
export type Imported = { counts: Counts; before: number; problems: Problem[] };

export type ImportRun = {
  site: Site;
  /** Origin that the operator gave. */
  host: string | undefined;
  /** Who the client of a log's line is. */
  client: Client;
  key: Uint8Array;
  to: Omit<Recipient, 'tell' | 'onTaken'>;
  state: ImportState;
  save(): Promise<void>;
  again: boolean;
  terminal: NodeJS.WriteStream;
};

/** Reads the tables of Umami that others refer to into memory. */
async function umamiTables(files: readonly EventFile[]): Promise<UmamiTables> {
  const tables = noUmamiTables();
  for (const { path, shape, format } of files) {
    if (format !== 'umami') continue;
    const rows = createRowReader(shape);
    for await (const { records } of readRecords(path, shape))
      for (const row of rows(records)) noteUmamiRow(row, tables);
  }
  return tables;
}

/**
 * Takes the events of files to the collector, one file after the other, and shows how far it is.
 * @throws Failure of reading or sending; what was sent is noted in the state
 */
export async function importEvents(files: readonly EventFile[], run: ImportRun): Promise<Imported> {
  const { site, host, client, key, state, again } = run;
  const bar = progressBar(run.terminal);
  const format: FormatContext = {
    place: { host, client, site: `https://${site.domain}` },
    tables: await umamiTables(files),
    currency: site.currency,
  };
  const problems: Problem[] = [];
  const taken = new Map<Progress, number>();
  const size = files.reduce((sum, file) => sum + file.size, 0);
  let [readBefore, accepted] = [0, 0];
  const show = (read: number) => bar.show({ read: readBefore + read, size, accepted });
  const context: ImportContext = {
    to: { ...run.to, tell: bar.say, onTaken: (events) => (accepted += events) },
    key,
    timezone: site.timezone,
    format,
    state,
    save: run.save,
    onRead: show,
    onProblem: (problem) => void (problems.length < SHOWN && problems.push(problem)),
    again,
  };
  try {
    for (const file of files) {
      const { progress, before } = await importFile(file, context);
      taken.set(progress, before);
      readBefore += file.size;
      show(0);
    }
  } finally {
    bar.end();
  }
  const counts = zeroCounts();
  for (const { counts: more } of taken.keys()) addTo(counts, more);
  return { counts, before: [...taken.values()].reduce((sum, before) => sum + before, 0), problems };
}
