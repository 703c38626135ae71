import type { LogRecord } from '@footfall/eventlog/event-log';
import type { SpoolFiles } from './files.ts';
import { MemoryFiles } from './memory-files.fixture.ts';
import { Spool, type SpoolListener } from './spool.ts';

/** What a spool has told. */
export type Told = {
  spooled: number;
  drained: number;
  skipped: { start: number; end: number; kind: 'torn' | 'damaged' }[];
  refused: LogRecord[];
  trouble: string[];
};

/** Somebody who remembers what is told. */
export function listener(): { told: Told; news: SpoolListener } {
  const told: Told = { spooled: 0, drained: 0, skipped: [], refused: [], trouble: [] };
  const news: SpoolListener = {
    spooled: (records) => {
      told.spooled += records;
    },
    drained: (records) => {
      told.drained += records;
    },
    skipped: ({ start, end, kind }) => void told.skipped.push({ start, end, kind }),
    refused: (records) => void told.refused.push(...records),
    notWithdrawn: () => undefined,
    trouble: (what) => void told.trouble.push(what),
  };
  return { told, news };
}

export const MB = 1024 * 1024;

/** A spool on files in memory. */
export async function openSpool({
  files = new MemoryFiles(),
  maxBytes = 64 * MB,
}: {
  files?: SpoolFiles;
  maxBytes?: number;
} = {}): Promise<{ spool: Spool; told: Told }> {
  const { told, news } = listener();
  const spool = await Spool.open({ folder: '/spool', files, news, maxBytes });
  return { spool, told };
}

/** Everything that is in a spool, taken out of it. */
export async function drained(spool: Spool): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for (let batch = await spool.next(); batch !== null; batch = await spool.next()) {
    records.push(...batch.records);
    await spool.done(batch);
  }
  return records;
}
