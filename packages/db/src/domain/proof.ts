import type { Pool } from '@footfall/postgres/pool';
import type { DomainFindings } from './check.ts';

/** Runs a statement and answers its rows: on a pool, or in a transaction of one tenant. */
export type Statements = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/** {@link Statements} on a pool, for services that see all tenants. */
export const statementsOn =
  (pool: Pool): Statements =>
  async <Row>(text: string, values: readonly unknown[]) =>
    (await pool.query(text, [...values])).rows as Row[];

/** How a domain was proven to be a site's; the first is the best. */
export const PROOF_KINDS = ['dns', 'snippet', 'events'] as const;
export type ProofKind = (typeof PROOF_KINDS)[number];

/** How a site stands to its domain; see `domain_standing` of the migration. */
export type DomainStanding = 'sole' | 'owner' | 'other' | 'open';

/** What a tenant may know of its site's domain: nothing of whoever else has named it. */
export type DomainState = {
  standing: DomainStanding;
  proofs: { kind: ProofKind; provenAt: Date }[];
  /** When record and snippet were looked for last. */
  checkedAt: Date | null;
};

const STANDING = 'SELECT domain_standing($1) AS standing';
const PROOFS = `
SELECT kind, proven_at AS "provenAt", checked_at AS "checkedAt" FROM domain_proof WHERE site_id = $1 ORDER BY proven_at`;

/** How one of a tenant's sites stands to its domain. The statements are the tenant's. */
export async function readDomainState(run: Statements, siteId: string): Promise<DomainState> {
  type Row = { kind: ProofKind; provenAt: Date | null; checkedAt: Date };
  const [standing] = await run<{ standing: DomainStanding | null }>(STANDING, [siteId]);
  const found = await run<Row>(PROOFS, [siteId]);
  const checked = found.filter(({ kind }) => kind !== 'events').map(({ checkedAt }) => checkedAt.getTime());
  return {
    standing: standing?.standing ?? 'sole',
    proofs: found.flatMap(({ kind, provenAt }) => (provenAt === null ? [] : [{ kind, provenAt }])),
    checkedAt: checked.length === 0 ? null : new Date(Math.max(...checked)),
  };
}

const RECORD_EVENTS = `
INSERT INTO domain_proof (site_id, kind, proven_at)
SELECT s.id, 'events', now() FROM site s WHERE s.id = ANY ($1) ON CONFLICT DO NOTHING`;

const RECORD_FURTHER = `
UPDATE site_domain d SET seen_at = now() FROM unnest($1::text[], $2::text[]) AS f(site_id, domain)
WHERE d.site_id = f.site_id AND d.domain = f.domain AND d.seen_at IS NULL`;

/** A domain of a site that sends: its first, or (named) a further one. */
export type OwnDomain = { siteId: string; further: string | null };

/** Notes that events have come from pages of these domains; the first time counts. */
export async function recordOwnEvents(pool: Pool, seen: readonly OwnDomain[]): Promise<void> {
  const siteIds = seen.filter(({ further }) => further === null).map(({ siteId }) => siteId);
  if (siteIds.length > 0)
    await pool.query({ name: 'record-own-events', text: RECORD_EVENTS, values: [siteIds] });
  const others = seen.filter(({ further }) => further !== null);
  if (others.length === 0) return;
  const values = [others.map(({ siteId }) => siteId), others.map(({ further }) => further)];
  await pool.query({ name: 'record-further-events', text: RECORD_FURTHER, values });
}

// A proof that is not found again stands for a week: a page may be down, a record in the middle of a move.
const RECORD_CHECK = `
INSERT INTO domain_proof AS p (site_id, kind, proven_at, checked_at)
SELECT $1, f.kind, CASE WHEN f.found THEN now() END, now() FROM unnest($2::text[], $3::boolean[]) AS f(kind, found)
ON CONFLICT (site_id, kind) DO UPDATE SET
  checked_at = now(),
  proven_at = CASE
    WHEN excluded.proven_at IS NOT NULL THEN coalesce(p.proven_at, now())
    WHEN p.failing_since < now() - interval '7 days' THEN NULL
    ELSE p.proven_at END,
  failing_since = CASE
    WHEN excluded.proven_at IS NOT NULL OR p.proven_at IS NULL THEN NULL
    ELSE coalesce(p.failing_since, now()) END`;
const RECORD_UNKNOWN = `
INSERT INTO domain_proof (site_id, kind) SELECT $1, unnest($2::text[])
ON CONFLICT (site_id, kind) DO UPDATE SET checked_at = now()`;

/** Notes what was found of a site's domain; what nobody could be asked about stays as it was. */
export async function recordDomainCheck(
  run: Statements,
  siteId: string,
  findings: DomainFindings,
): Promise<void> {
  const kinds = ['dns', 'snippet'] as const;
  const told = kinds.filter((kind) => findings[kind] !== null);
  const untold = kinds.filter((kind) => findings[kind] === null);
  if (told.length > 0) await run(RECORD_CHECK, [siteId, told, told.map((kind) => findings[kind])]);
  if (untold.length > 0) await run(RECORD_UNKNOWN, [siteId, untold]);
}

/** A site whose domain several tenants have named, and that was not looked at lately. */
export type SiteToCheck = { id: string; domain: string; siteKey: string; formerKeys: string[] };

const DUE = `
SELECT s.id, s.domain, s.site_key AS "siteKey",
  ARRAY(SELECT f.site_key FROM former_site_key f WHERE f.site_id = s.id AND f.ends_at > now()) AS "formerKeys"
FROM site s
WHERE EXISTS (SELECT FROM site o WHERE o.domain = s.domain AND o.id <> s.id)
  AND NOT EXISTS (
    SELECT FROM domain_proof p WHERE p.site_id = s.id AND p.kind <> 'events' AND p.checked_at > now() - interval '6 hours')
ORDER BY (SELECT max(p.checked_at) FROM domain_proof p WHERE p.site_id = s.id AND p.kind <> 'events') NULLS FIRST, s.created_at
LIMIT $1`;

/** The sites to look at next, never looked at ones first. */
export async function sitesToCheck(pool: Pool, limit: number): Promise<SiteToCheck[]> {
  return (await pool.query<SiteToCheck>(DUE, [limit])).rows;
}
