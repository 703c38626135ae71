import type { Config } from '@footfall/config/config';
import { noteSpace, readSpace } from '@footfall/installation/space';
import { type Space, spaceWarnings } from '@footfall/installation/space-warnings';
import type { Pool } from '@footfall/postgres/pool';
import type { Logger } from '@footfall/service/logger';
import { every, type Repeated } from '@footfall/timing/every';
import { Gauge, type Registry } from 'prom-client';

/** Disks fill up in days; a sample is a row. */
const EVERY_MS = 10 * 60_000;
/** A warning that is as it was is said again after so long. */
const REPEAT_MS = 24 * 3_600_000;

type Ports = { config: Config; pool: Pool; registry: Registry; logger: Pick<Logger, 'warn'> };

/** Figures of what was measured last; seconds and bytes, as Prometheus has them. */
function createMetrics(registry: Registry): (space: Space) => void {
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `footfall_${name}`, help, labelNames, registers: [registry] });
  const free = gauge('disk_free_bytes', 'What may still be written to a disk of this machine', ['disk']);
  const size = gauge('disk_size_bytes', 'What a disk of this machine has in all', ['disk']);
  const left = gauge('disk_full_in_seconds', 'When a disk is full if it goes on as in the last two weeks', [
    'disk',
  ]);
  const database = gauge('database_size_bytes', 'What the database of DATABASE_URL takes');
  const growth = gauge('database_growth_bytes_per_day', 'What was added to the database a day, of two weeks');
  return (space) => {
    // One that is not filling up any more has no end.
    left.reset();
    for (const { name, ...disk } of space.disks) {
      free.set({ disk: name }, disk.free);
      size.set({ disk: name }, disk.size);
      if (disk.daysLeft !== null) left.set({ disk: name }, disk.daysLeft * 86_400);
    }
    database.set(space.database.size);
    growth.set(space.database.growthPerDay ?? 0);
  };
}

/** Figures change with each look; which disks are meant is what is new. */
const withoutFigures = (text: string) => text.replaceAll(/[\d.]+ (GB|days)/g, '');

/**
 * Measures disks and database again and again, and warns in the log of what will be full. Not a chore: each machine with a scheduler has
 * disks of its own.
 */
export function watchSpace({ config, pool, registry, logger }: Ports): Repeated {
  const show = createMetrics(registry);
  let said = { text: '', at: 0 };
  const look = async () => {
    const space = await readSpace(config, pool);
    show(space);
    const text = spaceWarnings(space).join('; ');
    const now = Date.now();
    const isNew = withoutFigures(text) !== withoutFigures(said.text);
    if (text !== '' && (isNew || now - said.at >= REPEAT_MS)) {
      logger.warn(text);
      said = { text, at: now };
    }
    await noteSpace(pool, space, now);
  };
  return every(EVERY_MS, look, (err) => logger.warn({ err }, 'the room on disks could not be measured'));
}
