import { readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { listSpools } from '@footfall/db/count/spool-backlog';
import type { Pool } from '@footfall/postgres/pool';

/** A spool that holds something. What only its collector can say is null where Postgres, whom it tells, is away. */
export type SpoolReport = {
  place: string;
  records: number | null;
  bytes: number;
  oldest_received_at: string | null;
  said_at: string | null;
};

/** The spools of all machines, as their collectors say. */
export async function toldSpools(pool: Pool): Promise<SpoolReport[]> {
  const spools = await listSpools(pool);
  return spools.map(({ place, records, bytes, oldestReceivedAt, saidAt }) => ({
    place,
    records,
    bytes,
    oldest_received_at: new Date(oldestReceivedAt).toISOString(),
    said_at: saidAt.toISOString(),
  }));
}

async function segmentBytes(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  // A segment that is drained at this moment is gone.
  const sizes = names
    .filter((name) => name.endsWith('.spool'))
    .map((name) =>
      stat(path.join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** The spools on the disk of this machine, by their files; those that hold nothing are left out. */
export async function spoolsOnDisk(root: string): Promise<SpoolReport[]> {
  const folders = (await readdir(root).catch(() => []))
    .filter((name) => /^\d+$/.test(name))
    .map((name) => path.join(root, name));
  const found = await Promise.all(
    folders.map(async (folder) => ({
      place: `${hostname()}:${folder}`,
      records: null,
      bytes: await segmentBytes(folder),
      oldest_received_at: null,
      said_at: null,
    })),
  );
  return found.filter(({ bytes }) => bytes > 0);
}
