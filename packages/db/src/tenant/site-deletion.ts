import { controlFailure } from '../errors.ts';
import { isId } from '../id.ts';
import { isTaken } from '../prisma.ts';
import { type Actor, actorId, auditEntry } from './audit.ts';
import { requireFreeDomain } from './free-domain.ts';
import { requireRoom } from './limit.ts';
import { requireSite, requireTypedDomain } from './site.ts';
import type { OfTenant, Transaction } from './transaction.ts';

/** How long a deletion can be undone, milliseconds. Then the site's stores are emptied: see packages/removal. */
export const UNDO_MS = 7 * 86_400_000;

/** A site that its tenant has deleted. */
type DeletedSiteRow = {
  siteId: string;
  domain: string;
  deletedAt: Date;
  /** Until when it can be brought back. */
  undoUntil: Date;
  /** When the last of it was gone; null: it is there still. */
  emptiedAt: Date | null;
  /** Stored events that went with it; null until then. */
  events: number | null;
};

/** The sites that one tenant has deleted; see scope.ts. */
export type SiteDeletions = {
  /**
   * Takes a site from everybody, and from collectors, at once. `domain` is the site's, as somebody typed it.
   * @throws Failure `unknown_site`, `unconfirmed_domain`
   */
  begin(named: { siteId: string; domain: string; actor: Actor }): Promise<void>;
  /**
   * Brings a site back as it was.
   * @throws Failure `unknown_site` (it is not deleted, or its week is over), `domain_taken`, `too_many`
   */
  undo(named: { siteId: string; actor: Actor }): Promise<void>;
  /** The latest first, at most 50. */
  list(): Promise<DeletedSiteRow[]>;
};

const LISTED = 50;

/** What stands in place of its domain while a site is deleted: no text from outside can mean it, and its domain is free. */
const buildMark = (siteId: string) => `deleted/${siteId}`;

/** Lets a transaction see deleted sites; see the policy of the table. */
const showDeleted = (transaction: Transaction) =>
  transaction.$executeRaw`SELECT set_config('footfall.deleted_sites', 'shown', true)`;

async function beginDeletion(
  { tenantId, run }: OfTenant,
  { siteId, domain, actor }: Parameters<SiteDeletions['begin']>[0],
): Promise<void> {
  await run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    const known = await requireTypedDomain(transaction, siteId, domain);
    await showDeleted(transaction);
    const deletedAt = new Date();
    const { count } = await transaction.site.updateMany({
      where: { id: siteId, tenantId, deletedAt: null },
      data: { deletedAt, domain: buildMark(siteId) },
    });
    // Somebody else was faster.
    if (count === 0) return;
    const data = { siteId, tenantId, domain: known, deletedAt, deletedBy: actorId(actor) };
    await transaction.siteDeletion.create({ data });
    await transaction.auditEntry.create({
      data: auditEntry({
        ...{ tenantId, actor, action: 'site.delete', subject: siteId },
        details: { domain: known },
      }),
    });
  });
}

const listDomains = async ({ siteDomain }: Transaction, siteId: string): Promise<string[]> =>
  (await siteDomain.findMany({ where: { siteId } })).map(({ domain }) => domain);

const unknownSite = () =>
  controlFailure('unknown_site', 'there is no such site that could be brought back', { where: 'site' });

async function undoDeletion(
  { tenantId, run }: OfTenant,
  { siteId, actor }: Parameters<SiteDeletions['undo']>[0],
): Promise<void> {
  if (!isId(siteId)) throw unknownSite();
  const where = { siteId, tenantId, emptiedAt: null, deletedAt: { gt: new Date(Date.now() - UNDO_MS) } };
  let named = '';
  try {
    await run(async (transaction) => {
      await showDeleted(transaction);
      const deletion = await transaction.siteDeletion.findFirst({ where });
      if (deletion === null) throw unknownSite();
      const { domain } = deletion;
      named = domain;
      const count = () => transaction.site.count({ where: { tenantId, deletedAt: null } });
      await requireRoom(transaction, { tenantId, thing: 'sites', count });
      for (const one of [domain, ...(await listDomains(transaction, siteId))])
        await requireFreeDomain(transaction, { tenantId, domain: one });
      // Whoever empties it may have begun.
      const restored = await transaction.site.updateMany({
        where: { id: siteId, tenantId, deletedAt: { not: null } },
        data: { deletedAt: null, domain },
      });
      if (restored.count === 0) throw unknownSite();
      await transaction.siteDeletion.delete({ where: { siteId } });
      await transaction.auditEntry.create({
        data: auditEntry({
          ...{ tenantId, actor, action: 'site.undelete', subject: siteId },
          details: { domain },
        }),
      });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw controlFailure('domain_taken', `${named} is one of your sites already`, {
      ...{ where: 'domain', values: { domain: named } },
    });
  }
}

/** The repository of the sites that one tenant has deleted. */
export function siteDeletions(scope: OfTenant): SiteDeletions {
  const { tenantId, run } = scope;
  return {
    begin: (named) => beginDeletion(scope, named),
    undo: (named) => undoDeletion(scope, named),
    list: () =>
      run(async ({ siteDeletion }) => {
        const rows = await siteDeletion.findMany({
          where: { tenantId },
          orderBy: [{ deletedAt: 'desc' }, { siteId: 'asc' }],
          take: LISTED,
        });
        return rows.map(({ siteId, domain, deletedAt, emptiedAt, events }) => ({
          ...{ siteId, domain, deletedAt, emptiedAt },
          undoUntil: new Date(deletedAt.getTime() + UNDO_MS),
          events: events === null ? null : Number(events),
        }));
      }),
  };
}
