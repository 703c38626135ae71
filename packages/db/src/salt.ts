import { randomBytes } from 'node:crypto';
import type { Pool } from '@footfall/postgres/pool';

const SALT_BYTES = 32;

/** Events may be identified for 48 h; two hours more, and a day's salt is destroyed for good. */
const KEPT_HOURS = 50;
const HOUR = 3_600_000;

/** The salt of a local day, made by whoever asks first; the same for every process. */
export async function saltOf(pool: Pool, day: string): Promise<Uint8Array> {
  await pool.query('INSERT INTO salt (day, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    day,
    randomBytes(SALT_BYTES),
  ]);
  const { rows } = await pool.query<{ value: Buffer }>('SELECT value FROM salt WHERE day = $1', [day]);
  return new Uint8Array(rows[0]?.value ?? []);
}

/** Destroys the salts of days that ended, in every time zone, more than 50 h before `now` (epoch milliseconds). */
export async function destroyOldSalts(pool: Pool, now: number): Promise<number> {
  // A local day ends at the latest 12 h after its UTC day (UTC-12).
  const oldest = new Date(now - (KEPT_HOURS + 12) * HOUR).toISOString().slice(0, 10);
  const { rowCount } = await pool.query('DELETE FROM salt WHERE day < $1', [oldest]);
  return rowCount ?? 0;
}
