import type { Hash } from 'node:crypto';
import type { FormatContext, FormatName } from '../formats/formats.ts';
import type { Parsed } from '../formats/parsed.ts';
import { readRecords, recordParser, type Shape } from '../read/records.ts';
import { identifier } from './identity.ts';
import type { Problem } from './problems.ts';
import { checkGoesOn, type Recipient, sendEvents } from './send.ts';
import {
  addTo,
  type Counts,
  contentHash,
  countOne,
  digestSoFar,
  type ImportState,
  type Progress,
  zeroCounts,
} from './state.ts';

/** A file, and what is known of it before it is read. */
export type FileToImport = { path: string; name: string; format: FormatName; shape: Shape };

export type ImportContext = {
  importId: string;
  to: Recipient;
  key: Uint8Array;
  timezone: string;
  format: FormatContext;
  state: ImportState;
  /** Keeps `state` on the disk. */
  save(): Promise<void>;
  /** Bytes of this file that have been read, after every group of records. */
  onRead(bytes: number): void;
  onProblem(problem: Omit<Problem, 'count'>): void;
  /** Read everything again, whatever was done before. */
  again: boolean;
};

/** Of the public contract a request takes 5,000 events and 5 MiB; this leaves room for what stands around them. */
const MAX_EVENTS = 2_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** Reason of what could not be read, beside those of the collector. */
export const INVALID = 'invalid_record';

/** The longest beginning of the file that was taken before, under whatever name; null when there is none. */
async function doneBefore(
  file: FileToImport,
  { state, key, again }: ImportContext,
): Promise<Progress | null> {
  const known = again ? [] : state.files.filter(({ format }) => format === file.format);
  const last = Math.max(0, ...known.map(({ records }) => records));
  if (last === 0) return null;
  const hash = contentHash(key);
  const byCount = Map.groupBy(known, ({ records }) => records);
  let best: Progress | null = null;
  let count = 0;
  for await (const { records } of readRecords(file.path, file.shape)) {
    for (const { text } of records) {
      hash.update(`${text}\n`);
      count += 1;
      const candidates = byCount.get(count);
      if (candidates === undefined) continue;
      const digest = digestSoFar(hash);
      best = candidates.find((one) => one.digest === digest) ?? best;
      if (count === last) return best;
    }
  }
  return best;
}

/** What is read and not sent yet. */
type Batch = { events: { text: string; line: number }[]; bytes: number; counts: Counts };

const emptyBatch = (): Batch => ({ events: [], bytes: 0, counts: zeroCounts() });

/** Takes one record into a batch. */
function take(
  { parsed, text, line }: { parsed: Parsed; text: string; line: number },
  batch: Batch,
  {
    name,
    onProblem,
    identify,
  }: { name: string; identify: ReturnType<typeof identifier> } & Pick<ImportContext, 'onProblem'>,
): void {
  if (parsed.kind === 'nothing') return;
  batch.counts.read += 1;
  if (parsed.kind === 'skipped') countOne(batch.counts.skipped, parsed.why);
  if (parsed.kind === 'bad') {
    countOne(batch.counts.rejected, INVALID);
    onProblem({ file: name, line, reason: INVALID, message: parsed.why });
  }
  if (parsed.kind !== 'event') return;
  const event = JSON.stringify(identify(parsed.event, { text, identity: parsed.identity }));
  batch.events.push({ text: event, line });
  batch.bytes += Buffer.byteLength(event) + 1;
}

async function deliver(batch: Batch, name: string, { to, onProblem }: ImportContext): Promise<void> {
  if (batch.events.length === 0) return;
  const sent = await sendEvents(
    batch.events.map(({ text }) => text),
    to,
  );
  batch.counts.accepted += sent.accepted;
  for (const { index, reason, message } of sent.rejected) {
    countOne(batch.counts.rejected, reason);
    onProblem({ file: name, line: batch.events[index]?.line ?? 0, reason, message });
  }
}

/** Notes what has been taken of a file, in place of what an interrupted run had noted of it. */
function noteProgress(now: Progress, before: Progress | null, state: ImportState): void {
  const isOld = (one: Progress) => one === before && !one.done;
  state.files = [...state.files.filter((one) => one !== now && !isOld(one)), now];
}

/**
 * Takes the events of one file to the collector, behind what was taken of it before, and notes after every batch how far it came: done
 * again after it was killed it goes on. Answers where the file stands, all runs together, and how many records were there already.
 * @throws Failure of reading or sending; what was sent is noted
 */
export async function importFile(
  file: FileToImport,
  context: ImportContext,
): Promise<{ progress: Progress; before: number }> {
  const { format, shape, name } = file;
  const start = await doneBefore(file, context);
  const progress: Progress = {
    format,
    records: 0,
    digest: '',
    done: false,
    counts: start === null ? zeroCounts() : structuredClone(start.counts),
    imports: [...new Set([...(start?.imports ?? []), context.importId])],
  };
  const hash: Hash = contentHash(context.key);
  const parse = recordParser(format, shape, context.format);
  const { key, timezone, to } = context;
  const identify = identifier({ key, siteId: to.siteId, timezone, format });
  const skip = start?.records ?? 0;
  let batch = emptyBatch();
  let count = 0;
  const flush = async (done: boolean) => {
    await deliver(batch, name, context);
    addTo(progress.counts, batch.counts);
    Object.assign(progress, { records: count, digest: digestSoFar(hash), done });
    noteProgress(progress, start, context.state);
    await context.save();
    batch = emptyBatch();
  };
  const takes = { name, identify, onProblem: context.onProblem };
  try {
    for await (const { records, bytesRead } of readRecords(file.path, shape)) {
      for (const [index, parsed] of parse(records).entries()) {
        const { text, line } = records[index] as (typeof records)[number];
        hash.update(`${text}\n`);
        count += 1;
        // What was taken before is read for the sake of equal lines behind it.
        if (count <= skip)
          take({ parsed, text, line }, emptyBatch(), { ...takes, onProblem: () => undefined });
        else take({ parsed, text, line }, batch, takes);
        if (batch.events.length < MAX_EVENTS && batch.bytes < MAX_BYTES) continue;
        checkGoesOn(to.signal);
        await flush(false);
      }
      context.onRead(bytesRead);
      checkGoesOn(to.signal);
    }
  } catch (error) {
    // A file that breaks off costs nothing of what stands before.
    if ((error as { code?: string }).code === 'invalid_file' && count > skip) await flush(false);
    throw error;
  }
  await flush(true);
  return { progress, before: skip };
}
