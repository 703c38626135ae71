import type { LogRecord } from '../../event-log.ts';
import type { NewRecord, RecordView } from './record-batch.ts';

// What the ledger counts travels beside the value, so that it can be counted without reading values. Short: each record has them.
const SITE = 's';
const DAY = 'd';

/** The headers of a record: none when the ledger does not count it. */
export function tallyHeaders(tally: LogRecord['tally']): NewRecord['headers'] {
  if (tally === undefined) return [];
  return [
    [SITE, tally.siteId],
    [DAY, tally.day],
  ];
}

/** The ledger's day of a record of a site, or of any; undefined when it is another's, or not counted. */
export function dayFor(siteId: string | null, record: Pick<RecordView, 'header'>): string | undefined {
  return siteId === null || record.header(SITE) === siteId ? record.header(DAY) : undefined;
}
