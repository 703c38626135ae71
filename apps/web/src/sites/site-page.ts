import type { Site } from '@footfall/db/tenant/site';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { type Member, requireMember } from '#auth/session.ts';

/** Who is signed in and their site of this id; a page that is not theirs is not there. `path` is the page's own. */
export const requireSite = cache(
  async (id: string, path: string): Promise<{ member: Member; site: Site }> => {
    const member = await requireMember(path);
    const site = await member.tenant.sites.find(id);
    return site === null ? notFound() : { member, site };
  },
);

/** What pages show of a site in bars and menus. */
export type SiteLabel = { id: string; domain: string };

/** All sites of the tenant, for the switcher. */
export async function siteLabels({ tenant }: Member): Promise<SiteLabel[]> {
  return (await tenant.sites.list()).map(({ id, domain }) => ({ id, domain }));
}
