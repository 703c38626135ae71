import { randomBytes } from 'node:crypto';
import { statedVisitorKey } from '@footfall/core/visitor';
import { isDay } from '@footfall/core/zone';
import type { Pool } from '@footfall/postgres/pool';
import { controlFailure } from '../errors.ts';

/** From which local day on ids of stated visitors are made with another key, and the random value that it is made of. */
export type VisitorKey = { fromDay: string; value: Uint8Array };

const VALUE_BYTES = 32;
/** No zone is ahead of UTC by more. */
const EARLIEST_ZONE_MS = 14 * 3_600_000;

/** All rotations, in the order of their days. */
export async function readVisitorKeys(pool: Pool): Promise<VisitorKey[]> {
  const { rows } = await pool.query<{ fromDay: string; value: Buffer }>(
    'SELECT from_day AS "fromDay", value FROM visitor_key ORDER BY from_day',
  );
  return rows.map(({ fromDay, value }) => ({ fromDay, value: new Uint8Array(value) }));
}

/** The keys of stated visitors by local day, as they are now: for whoever looks for one visitor. */
export async function readKeysByDay(pool: Pool, secret: string): Promise<(day: string) => Uint8Array> {
  const first = statedVisitorKey(secret);
  const rotations = (await readVisitorKeys(pool)).map(({ fromDay, value }) => ({
    fromDay,
    key: statedVisitorKey(secret, value),
  }));
  return (day) => rotations.findLast(({ fromDay }) => fromDay <= day)?.key ?? first;
}

/**
 * Lets ids of stated visitors be made with a new key from a local day on, which may not have begun anywhere: visitors of a day keep one
 * id. Days before keep theirs, since late events must find their visitor. Another rotation from the same day changes nothing.
 * @throws Failure `invalid_day`
 */
export async function rotateVisitorKey(pool: Pool, fromDay: string, now: number): Promise<void> {
  const begun = new Date(now + EARLIEST_ZONE_MS).toISOString().slice(0, 10);
  if (!isDay(fromDay) || fromDay <= begun) {
    const message = `a key is changed from a day on that has not begun anywhere, so after ${begun}; not ${JSON.stringify(fromDay)}`;
    throw controlFailure('invalid_day', message, { where: 'from' });
  }
  await pool.query('INSERT INTO visitor_key (from_day, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    fromDay,
    randomBytes(VALUE_BYTES),
  ]);
}
