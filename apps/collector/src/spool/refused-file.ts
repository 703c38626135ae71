import path from 'node:path';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { type SpoolFiles, writeAll } from './files.ts';

/** Beside the segments, for the operator. */
const NAME = 'refused.jsonl';

/** Keeps records that the log refuses for good, a JSON line each; resolves when they are on the disk. */
export async function setAside(
  folder: string,
  files: SpoolFiles,
  records: readonly LogRecord[],
): Promise<void> {
  const file = path.join(folder, NAME);
  const kept = await files.open(file, 'r+').catch(() => files.create(file));
  try {
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    await writeAll(kept, Buffer.from(lines), await kept.size());
    await kept.sync();
  } finally {
    await kept.close();
  }
  await files.syncFolder(folder);
}
