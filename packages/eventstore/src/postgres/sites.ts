import type { Pool } from '@footfall/postgres/pool';
import { ADD_SITES, FIND_SITES } from './statements.ts';

/** Numbers of sites, 4 bytes in every event and index entry instead of 20. */
export type SiteNumbers = {
  /** The numbers of sites; those that have none get one. */
  of(siteIds: Iterable<string>): Promise<ReadonlyMap<string, number>>;
  /** A site that was deleted has another number when it comes again: what is known here may be wrong. */
  forget(siteIds: Iterable<string>): void;
};

export function siteNumbers(pool: Pool): SiteNumbers {
  const known = new Map<string, number>();
  const unknown = (siteIds: Iterable<string>) => [...siteIds].filter((siteId) => !known.has(siteId));
  const find = async (siteIds: readonly string[]) => {
    if (siteIds.length === 0) return;
    const { rows } = await pool.query<{ site: number; site_id: string }>(FIND_SITES, [siteIds]);
    for (const { site, site_id } of rows) known.set(site_id, site);
  };
  return {
    async of(siteIds) {
      await find(unknown(siteIds));
      const fresh = unknown(siteIds).sort();
      // Looked up before and after, since each attempt to add one that is there would use up a number.
      if (fresh.length > 0) await pool.query(ADD_SITES, [fresh]);
      await find(fresh);
      return known;
    },
    forget(siteIds) {
      for (const siteId of siteIds) known.delete(siteId);
    },
  };
}
