import { statedAddress, truncateIp } from '@footfall/core/ip';
import type { ImportedEvent, Parsed } from '../formats/parsed.ts';
import { plainText } from '../formats/plain-text.ts';
import { readRecords, recordParser } from '../read/records.ts';
import { type EventsOfSite, formatContext } from './format-context.ts';
import type { EventFile, FileCounts, Imported } from './import-events.ts';
import { INVALID } from './import-file.ts';
import { noteProblem, type Problem } from './problems.ts';
import { addTo, type Counts, countOne, zeroCounts } from './state.ts';

/** The first event of an import as it would be sent, its address cut to the network. */
export type FirstEvent = ImportedEvent;

function shownEvent({ ip, timestamp, ...event }: ImportedEvent): FirstEvent {
  const network = truncateIp(statedAddress(plainText(ip)) ?? '');
  const isTime = typeof timestamp === 'number' && Math.abs(timestamp) < 8.64e15;
  return {
    ...event,
    timestamp: isTime ? new Date(timestamp).toISOString() : timestamp,
    ...(network === undefined ? {} : { ip: network }),
  };
}

/** Counts what a record came to, as an import does whose events are all accepted. */
function note(parsed: Parsed, counts: Counts): void {
  if (parsed.kind === 'nothing') return;
  counts.read += 1;
  if (parsed.kind === 'event') counts.accepted += 1;
  if (parsed.kind === 'skipped') countOne(counts.skipped, parsed.why);
  if (parsed.kind === 'bad') countOne(counts.rejected, INVALID);
}

/** Reads files as an import does and sends nothing: what the collector would refuse is among the accepted. */
export async function dryRunEvents(
  files: readonly EventFile[],
  of: EventsOfSite,
): Promise<{ imported: Imported; first: FirstEvent | null }> {
  const context = await formatContext(files, of);
  const problems: Problem[] = [];
  const all: FileCounts[] = [];
  let first: FirstEvent | null = null;
  for (const { path, name, format, shape } of files) {
    const counts = zeroCounts();
    const parse = recordParser(format, shape, context);
    for await (const { records } of readRecords(path, shape)) {
      for (const [index, parsed] of parse(records).entries()) {
        note(parsed, counts);
        if (parsed.kind === 'event') first ??= shownEvent(parsed.event);
        const line = records[index]?.line ?? 0;
        if (parsed.kind === 'bad')
          noteProblem(problems, { file: name, line, reason: INVALID, message: parsed.why });
      }
    }
    all.push({ name, counts });
  }
  const counts = zeroCounts();
  for (const one of all) addTo(counts, one.counts);
  return { imported: { counts, before: 0, problems, files: all }, first };
}
