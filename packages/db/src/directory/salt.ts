import { randomBytes } from 'node:crypto';
import type { Pool } from '@footfall/postgres/pool';

const SALT_BYTES = 32;

/** Events may be identified for 48 h; two hours more, and a day's salt is destroyed for good. */
const KEPT_HOURS = 50;
/** A local day ends at the latest 12 h after its UTC day (UTC-12). */
const LATEST_ZONE_HOURS = 12;
const HOUR = 3_600_000;

// A day that is there is only read; one that is not is made by whoever comes first, and read by the others.
const READ = 'SELECT value FROM salt WHERE day = $1';
const MAKE = 'INSERT INTO salt (day, value) VALUES ($1, $2) ON CONFLICT (day) DO NOTHING';

/** The salt of a local day, made by whoever asks first; the same for every process. */
export async function readOrCreateSalt(pool: Pool, day: string): Promise<Uint8Array> {
  for (;;) {
    const { rows } = await pool.query<{ value: Buffer }>(READ, [day]);
    if (rows[0] !== undefined) return new Uint8Array(rows[0].value);
    await pool.query(MAKE, [day, randomBytes(SALT_BYTES)]);
  }
}

/** The oldest day whose salt is still kept at `now` (epoch milliseconds): all before ended, in every time zone, more than 50 h ago. */
export function oldestSaltDay(now: number): string {
  // The instant lies in the first day that is kept, since a day ends where the next begins.
  return new Date(now - (KEPT_HOURS + LATEST_ZONE_HOURS) * HOUR).toISOString().slice(0, 10);
}

/** Destroys the salts of the days before {@link oldestSaltDay}; answers how many. */
export async function destroyOldSalts(pool: Pool, now: number): Promise<number> {
  const { rowCount } = await pool.query('DELETE FROM salt WHERE day < $1', [oldestSaltDay(now)]);
  return rowCount ?? 0;
}
