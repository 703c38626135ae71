import { controlFailure } from '../errors.ts';
import { type Actor, auditEntry } from './audit.ts';
import { requireFreeDomain } from './free-domain.ts';
import { requireRoom } from './limit.ts';
import { requireSite, requireTypedDomain } from './site.ts';
import { inOtherTenant, type OfTenant, type Transaction } from './transaction.ts';

export type SiteMove = {
  siteId: string;
  /** The site's domain, as somebody typed it. */
  domain: string;
  /** The tenant that gets it. */
  toTenant: string;
  /** Who moves it: a user who is owner or admin of both, without a limit to some sites. */
  userId: string;
  actor: Actor;
};

/**
 * Moves a site of one tenant to another, with its keys, domains, goals, funnels, segments, history and ledger; see scope.ts. What the tenant has
 * used of its plan stays there, and the audits of both say how far the ledger was. Members that were limited to the site have it no more.
 * @throws Failure `unknown_site`, `unconfirmed_domain`, `domain_taken`, `too_many` (of the other tenant), `move_refused`
 */
export type MoveSite = (move: SiteMove) => Promise<void>;

async function readLedger(transaction: Transaction, siteId: string): Promise<Record<string, number>> {
  const rows = await transaction.$queryRaw<{ outcome: string; count: number }[]>`
    SELECT outcome, sum(count)::float8 AS count FROM ledger_day WHERE site_id = ${siteId} GROUP BY outcome ORDER BY outcome`;
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

type Entry = { action: string; from: string; to: string; domain: string; ledger: Record<string, number> };

const writeEntry = (
  { auditEntry: entries }: Transaction,
  tenantId: string,
  { siteId, actor }: SiteMove,
  { action, ...details }: Entry,
) => entries.create({ data: auditEntry({ tenantId, actor, action, subject: siteId, details }) });

const refused = () =>
  controlFailure('move_refused', 'a site goes to a team in which you are owner or admin, too', {
    where: 'team',
  });

/** Moves a site out of the tenant of a scope; see {@link MoveSite}. */
export async function moveSite({ tenantId, run }: OfTenant, move: SiteMove): Promise<void> {
  const { siteId, toTenant, userId } = move;
  if (toTenant === tenantId) throw refused();
  await run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    const domain = await requireTypedDomain(transaction, siteId, move.domain);
    const further = await transaction.siteDomain.findMany({ where: { siteId } });
    const ledger = await readLedger(transaction, siteId);
    const entry = { from: tenantId, to: toTenant, domain, ledger };
    await inOtherTenant(transaction, { from: tenantId, to: toTenant }, async () => {
      const member = await transaction.membership.findFirst({ where: { tenantId: toTenant, userId } });
      if (member === null) throw refused();
      const count = () => transaction.site.count({ where: { tenantId: toTenant, deletedAt: null } });
      await requireRoom(transaction, { tenantId: toTenant, thing: 'sites', count });
      for (const one of [domain, ...further.map((row) => row.domain)])
        await requireFreeDomain(transaction, { tenantId: toTenant, domain: one });
      await writeEntry(transaction, toTenant, move, { action: 'site.move_in', ...entry });
    });
    await writeEntry(transaction, tenantId, move, { action: 'site.move_out', ...entry });
    const [row] = await transaction.$queryRaw<
      { moved: boolean }[]
    >`SELECT move_site(${siteId}::text, ${toTenant}::text, ${userId}::text) AS moved`;
    if (row?.moved !== true) throw refused();
  });
}
