import type { Member } from '#access/session.ts';

/** What pages show of a site in bars and menus. */
export type SiteLabel = { id: string; domain: string };

/** All sites of the tenant, for the switcher. */
export async function siteLabels({ tenant }: Member): Promise<SiteLabel[]> {
  return (await tenant.sites.list()).map(({ id, domain }) => ({ id, domain }));
}
