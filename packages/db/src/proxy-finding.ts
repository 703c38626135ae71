import type { Pool } from '@footfall/postgres/pool';

/** A proxy in front of a service that is not set up right; see packages/service/src/proxy-watch.ts. */
export type SeenProxyFinding = {
  service: string;
  problem: 'untrusted' | 'no_address';
  peer: string;
  header: string;
};

/** A service must not wait long for what it only mentions, milliseconds. */
const TIMEOUT_MS = 2_000;

// What was last seen a day ago is nobody's concern any more.
const NOTE = `
WITH old AS (DELETE FROM proxy_finding WHERE seen_at < now() - interval '1 day' AND (service, problem, peer) <> ($1, $2, $3))
INSERT INTO proxy_finding (service, problem, peer, header, seen_at) VALUES ($1, $2, $3, $4, now())
ON CONFLICT (service, problem, peer) DO UPDATE SET header = excluded.header, seen_at = excluded.seen_at`;

/** Notes that a proxy was seen now. */
export async function noteProxyFinding(
  pool: Pool,
  { service, problem, peer, header }: SeenProxyFinding,
): Promise<void> {
  const values = [service, problem, peer, header];
  const statement = { name: 'note-proxy-finding', text: NOTE, values, query_timeout: TIMEOUT_MS };
  await pool.query(statement);
}

/** Forgets what was seen before a service was started, perhaps with other settings: what is still so is seen again. */
export async function forgetProxyFindings(pool: Pool, service: string): Promise<void> {
  await pool.query('DELETE FROM proxy_finding WHERE service = $1', [service]);
}

const RECENT = `
SELECT service, problem, peer, header FROM proxy_finding WHERE seen_at > now() - interval '1 hour' ORDER BY 1, 2, 3 LIMIT 50`;

/** What was seen within the last hour. */
export async function recentProxyFindings(pool: Pool): Promise<SeenProxyFinding[]> {
  return (await pool.query<SeenProxyFinding>(RECENT)).rows;
}
