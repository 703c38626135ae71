import type { Member } from '#access/session.ts';

/** What bars and menus show of a site. */
export type SiteLabel = { id: string; domain: string };

/** All sites of a member's tenant, for the switcher. */
export async function siteLabels({ tenant }: Member): Promise<SiteLabel[]> {
  return (await tenant.sites.list()).map(({ id, domain }) => ({ id, domain }));
}
