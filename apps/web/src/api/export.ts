import { compareText } from '@footfall/core/query/order';
import type { StoredEvent } from '@footfall/core/stored-event';
import { addDays, daySpan, localDay } from '@footfall/core/zone';
import type { Site } from '@footfall/db/tenant/site';
import type { EventStore } from '@footfall/eventstore/event-store';
import { endingWith } from './at-once.ts';
import { apiFailure } from './errors.ts';
import { streamBody } from './export-body.ts';
import { CSV_HEADER, csvLine, flatLine, jsonLine } from './export-columns.ts';
import { ledgerDays } from './ledger-days.ts';

/** `file`: the lines are not what is sent but what a Parquet file is made of. */
type Format = {
  type: string;
  header: string;
  line: (event: StoredEvent, zone: string) => string;
  file?: 'parquet';
};

export const EXPORT_FORMATS: Readonly<Record<string, Format>> = {
  csv: { type: 'text/csv; charset=utf-8', header: CSV_HEADER, line: csvLine },
  jsonl: { type: 'application/x-ndjson', header: '', line: jsonLine },
  parquet: { type: 'application/vnd.apache.parquet', header: '', line: flatLine, file: 'parquet' },
};

/** What an export is made with. `onError` is told what ends it too early. */
export type ExportPorts = {
  store: Exporting;
  /** Makes lines of {@link PARQUET_COLUMNS} into the bytes of a file. */
  parquetOf: (lines: AsyncIterable<string>) => AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;
  onError: (error: unknown) => void;
  /** The export is over, however it ended. */
  onEnd: () => void;
};

type ExportedSite = Pick<Site, 'id' | 'domain' | 'timezone'>;
type Exporting = Pick<EventStore, 'scanSite' | 'span'>;

export type Export = { from: string; to: string; extension: string; format: Format };

/**
 * Reads what is to be exported from an address: `from` and `to`, local days, both needed; `format`, csv unless said.
 * @throws Failure `invalid_parameter`
 */
export function parseExport(parameters: URLSearchParams): Export {
  const { from, to } = ledgerDays(parameters);
  if (from === null || to === null) {
    const missing = from === null ? 'from' : 'to';
    throw apiFailure('invalid_parameter', `${missing} is needed: a day such as 2026-01-31`, {
      where: missing,
    });
  }
  const extension = parameters.get('format') ?? 'csv';
  const format = Object.hasOwn(EXPORT_FORMATS, extension) ? EXPORT_FORMATS[extension] : undefined;
  if (format === undefined) {
    const allowed = Object.keys(EXPORT_FORMATS).join(', ');
    const message = `${JSON.stringify(extension)} is not a format; allowed are ${allowed}`;
    throw apiFailure('invalid_parameter', message, { where: 'format' });
  }
  return { from, to, extension, format };
}

/** Events that are written at once: a piece of some hundred KB, made in a few milliseconds. */
const PIECE = 500;

/** A visitor's events stay together, in the order in which they happened. */
function inOrder(events: readonly StoredEvent[]): StoredEvent[] {
  const byTime = (a: StoredEvent, b: StoredEvent) =>
    a.raw.occurredAt - b.raw.occurredAt || compareText(a.raw.id, b.raw.id);
  const visitors = Map.groupBy(events, ({ raw }) => raw.visitor);
  return [...visitors.values()].flatMap((own) => own.sort(byTime));
}

/** Days asked for that may have events; null when there are none. */
async function listDays(
  { id, timezone }: ExportedSite,
  { from, to }: Export,
  store: Exporting,
): Promise<{ first: string; last: string } | null> {
  const known = await store.span(id);
  if (known === null) return null;
  const [first, last] = [localDay(timezone, known.from), localDay(timezone, known.to)];
  return { first: first > from ? first : from, last: last < to ? last : to };
}

/**
 * The events of a site as text, day by day. One chunk of the store's is held at a time, and none is read before it is needed.
 */
async function* streamPieces(
  site: ExportedSite,
  asked: Export,
  store: Exporting,
): AsyncGenerator<string, void, undefined> {
  const { header, line } = asked.format;
  // Before the header, so that a store that does not answer is told of in time.
  const days = await listDays(site, asked, store);
  if (header !== '') yield header;
  if (days === null) return;
  for (let day = days.first; day <= days.last; day = addDays(day, 1)) {
    for await (const chunk of store.scanSite(site.id, daySpan(site.timezone, day))) {
      const events = inOrder(chunk);
      for (let at = 0; at < events.length; at += PIECE) {
        const piece = events.slice(at, at + PIECE);
        yield piece.map((event) => line(event, site.timezone)).join('');
      }
    }
  }
}

/** The events of a site on some days, streamed as a file. */
export async function exportResponse(
  site: ExportedSite,
  asked: Export,
  { store, parquetOf, onError, onEnd }: ExportPorts,
): Promise<Response> {
  const name = `${site.domain.replace(/[^a-z0-9.-]/gi, '_')}_${asked.from}_${asked.to}.${asked.extension}`;
  const pieces = streamPieces(site, asked, store);
  const body: AsyncGenerator<string | Uint8Array<ArrayBuffer>, void, undefined> =
    asked.format.file === undefined ? pieces : parquetOf(pieces);
  return new Response(await streamBody(endingWith(body, onEnd), onError), {
    headers: {
      'content-type': asked.format.type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  });
}
