import type { StoredEvent } from '@footfall/core/stored-event';
import { daySpan, daysOf } from '@footfall/core/zone';
import type { Site } from '@footfall/db/site';
import type { EventStore } from '@footfall/eventstore/event-store';
import { apiFailure } from './errors.ts';
import { CSV_HEADER, csvLine, jsonLine } from './export-columns.ts';
import { ledgerDays } from './ledger-days.ts';

type Format = { type: string; header: string; line: (event: StoredEvent, zone: string) => string };

export const EXPORT_FORMATS: Readonly<Record<string, Format>> = {
  csv: { type: 'text/csv; charset=utf-8', header: CSV_HEADER, line: csvLine },
  jsonl: { type: 'application/x-ndjson', header: '', line: jsonLine },
};

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
    throw apiFailure(
      'invalid_parameter',
      `${JSON.stringify(extension)} is no format; allowed are ${allowed}`,
      {
        where: 'format',
      },
    );
  }
  return { from, to, extension, format };
}

/** The events of a site as text, day by day; days that the site cannot have are not looked for. */
async function* linesOf(
  site: Site,
  { from, to, format }: Export,
  store: Pick<EventStore, 'scanSite' | 'span'>,
): AsyncGenerator<string> {
  yield format.header;
  const known = await store.span(site.id);
  if (known === null) return;
  for (const day of daysOf(from, to)) {
    const span = daySpan(site.timezone, day);
    if (span.to <= known.from || span.from > known.to) continue;
    for await (const events of store.scanSite(site.id, span))
      yield events.map((event) => format.line(event, site.timezone)).join('');
  }
}

/** Text as a body that is made as fast as it is taken, and no further when nobody takes it any more. */
function bodyOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      // A turn that hands nothing over would be the last one.
      let { value, done } = await lines.next();
      while (!done && value === '') ({ value, done } = await lines.next());
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
}

/** The events of a site on some days, streamed as a file. */
export function exportResponse(
  site: Site,
  asked: Export,
  store: Pick<EventStore, 'scanSite' | 'span'>,
): Response {
  const name = `${site.domain.replace(/[^a-z0-9.-]/gi, '_')}_${asked.from}_${asked.to}.${asked.extension}`;
  return new Response(bodyOf(linesOf(site, asked, store)), {
    headers: {
      'content-type': asked.format.type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  });
}
