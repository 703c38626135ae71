import type pg from 'pg';
import { postgresFailure } from './errors.ts';

/** The oldest Postgres that knows all that our statements say: `gen_random_uuid()` without an extension came with it. */
export const OLDEST_POSTGRES = 13;

/**
 * Looks whether a server is new enough.
 * @throws Failure `version_too_old`, naming its version and ours
 */
export async function requireVersion(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `SELECT current_setting('server_version_num')::integer AS number, current_setting('server_version') AS version`,
  );
  for (const { number, version } of rows)
    if (number < OLDEST_POSTGRES * 10_000)
      throw postgresFailure(
        'version_too_old',
        `this is Postgres ${version}, and Footfall needs ${OLDEST_POSTGRES} or newer`,
      );
}
