import type { Site } from '@footfall/db/tenant/site';
import type { FormatContext } from '../formats/formats.ts';
import type { Client } from '../formats/page-view.ts';
import { noteUmamiRow, noUmamiTables, type UmamiTables } from '../formats/umami.ts';
import { createRowReader, readRecords } from '../read/records.ts';
import type { FileToImport } from './import-file.ts';

/** What the operator says of the events of files, and which site they are of. */
export type EventsOfSite = {
  site: Site;
  /** Origin that the operator gave. */
  host: string | undefined;
  /** Who the client of a log's line is. */
  client: Client;
};

/** Reads the tables of Umami that others refer to into memory. */
async function umamiTables(files: readonly FileToImport[]): Promise<UmamiTables> {
  const tables = noUmamiTables();
  for (const { path, shape, format } of files) {
    if (format !== 'umami') continue;
    const rows = createRowReader(shape);
    for await (const { records } of readRecords(path, shape))
      for (const row of rows(records)) noteUmamiRow(row, tables);
  }
  return tables;
}

/** What records are read by, beside themselves. */
export async function formatContext(
  files: readonly FileToImport[],
  { site, host, client }: EventsOfSite,
): Promise<FormatContext> {
  return {
    place: { host, client, site: `https://${site.domain}` },
    tables: await umamiTables(files),
    currency: site.currency,
  };
}
