import { GRACE_DAYS } from '@footfall/core/key-grace';
import type { Pool } from '@footfall/postgres/pool';
import { controlFailure } from '../errors.ts';
import { isId, newSiteKey } from '../id.ts';
import { type Actor, auditEntry } from './audit.ts';
import { requireSite } from './site.ts';
import type { OfTenant } from './transaction.ts';

const DAY_MS = 86_400_000;

/** Keys of a site that go on at the same time, beside the one in force. */
const MOST_FORMER = 5;

/** A key that a site had before and that is still taken. */
export type FormerKey = {
  siteKey: string;
  replacedAt: Date;
  endsAt: Date;
  /** Events that have come with it since. */
  events: number;
  lastEventAt: Date | null;
};

/** The keys of one tenant's sites; see scope.ts. */
export type SiteKeys = {
  /**
   * Gives a site another key, at once. Events with the one before are taken for so many days.
   * @throws Failure `unknown_site`, `invalid_key_grace`, `too_many_former_keys`
   */
  rotate(named: { siteId: string; graceDays: number; actor: Actor }): Promise<string>;
  /** Ends a former key now. Throws Failure `unknown_site`; false when there is no such key any more. */
  end(named: { siteId: string; siteKey: string; actor: Actor }): Promise<boolean>;
  /** The former keys that are still taken, the latest first. */
  list(siteId: string): Promise<FormerKey[]>;
};

function checkGrace(days: number): void {
  const { least, most } = GRACE_DAYS;
  if (Number.isInteger(days) && days >= least && days <= most) return;
  throw controlFailure('invalid_key_grace', `a former key goes on for ${least} to ${most} days`, {
    where: 'graceDays',
    values: { least, most },
  });
}

async function rotateKey(
  { tenantId, run }: OfTenant,
  { siteId, graceDays, actor }: Parameters<SiteKeys['rotate']>[0],
): Promise<string> {
  checkGrace(graceDays);
  const siteKey = newSiteKey();
  await run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    // Two at once take their turns.
    await transaction.$queryRaw`SELECT 1 FROM site WHERE id = ${siteId} FOR UPDATE`;
    const { site, formerSiteKey } = transaction;
    const before = await site.findUniqueOrThrow({ where: { id: siteId }, select: { siteKey: true } });
    const replacedAt = new Date();
    await formerSiteKey.deleteMany({ where: { siteId, endsAt: { lte: replacedAt } } });
    if ((await formerSiteKey.count({ where: { siteId } })) >= MOST_FORMER)
      throw controlFailure('too_many_former_keys', `${MOST_FORMER} former keys go on: end one first`, {
        where: 'site',
        values: { most: MOST_FORMER },
      });
    const endsAt = new Date(replacedAt.getTime() + graceDays * DAY_MS);
    if (graceDays > 0)
      await formerSiteKey.create({ data: { siteId, siteKey: before.siteKey, replacedAt, endsAt } });
    await site.update({ where: { id: siteId }, data: { siteKey } });
    await transaction.auditEntry.create({
      data: auditEntry({
        ...{ tenantId, actor, action: 'site.rotate_key', subject: siteId },
        details: { before: before.siteKey, after: siteKey, former_ends_at: endsAt.toISOString() },
      }),
    });
  });
  return siteKey;
}

async function endKey(
  { tenantId, run }: OfTenant,
  { siteId, siteKey, actor }: Parameters<SiteKeys['end']>[0],
): Promise<boolean> {
  return run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    const where = { siteId, siteKey };
    const row = isId(siteKey) ? await transaction.formerSiteKey.findFirst({ where }) : null;
    if (row === null) return false;
    await transaction.formerSiteKey.deleteMany({ where });
    await transaction.auditEntry.create({
      data: auditEntry({
        ...{ tenantId, actor, action: 'site.end_key', subject: siteId },
        details: { key: siteKey, events: Number(row.events) },
      }),
    });
    return true;
  });
}

/** The repository of the keys of one tenant's sites. */
export function siteKeyStore(scope: OfTenant): SiteKeys {
  const { tenantId, run } = scope;
  return {
    rotate: (named) => rotateKey(scope, named),
    end: (named) => endKey(scope, named),
    list: (siteId) =>
      run(async ({ formerSiteKey }) => {
        if (!isId(siteId)) return [];
        const rows = await formerSiteKey.findMany({
          where: { siteId, site: { tenantId, deletedAt: null }, endsAt: { gt: new Date() } },
          orderBy: [{ replacedAt: 'desc' }, { siteKey: 'asc' }],
        });
        return rows.map(({ siteKey, replacedAt, endsAt, events, lastEventAt }) => ({
          ...{ siteKey, replacedAt, endsAt, lastEventAt },
          events: Number(events),
        }));
      }),
  };
}

const COUNT = `
UPDATE former_site_key f SET events = f.events + u.events, last_event_at = now()
FROM unnest($1::text[], $2::bigint[]) AS u(site_key, events) WHERE f.site_key = u.site_key`;

/** Adds up events that have come with former keys. */
export async function countFormerKeys(pool: Pool, used: ReadonlyMap<string, number>): Promise<void> {
  const values = [[...used.keys()], [...used.values()]];
  await pool.query({ name: 'count-former-keys', text: COUNT, values });
}
