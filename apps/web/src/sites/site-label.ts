import { type Member, memberMay } from '#access/session.ts';

/** What bars and menus show of a site. */
export type SiteLabel = { id: string; domain: string };

/** The sites whose reports a member may read, for the switcher and the start. */
export async function readableSites(member: Member): Promise<SiteLabel[]> {
  if (!memberMay(member, 'reports.read')) return [];
  const sites = await member.tenant.sites.list();
  return sites
    .filter(({ id }) => memberMay(member, 'reports.read', id))
    .map(({ id, domain }) => ({ id, domain }));
}
