import { listMemberships } from '@footfall/db/account/membership';
import { findUserByEmail } from '@footfall/db/account/user';
import { inTenant } from '@footfall/db/tenant/scope';
import type { Site } from '@footfall/db/tenant/site';
import { DEMO_DOMAIN, DEMO_LOGIN } from '@footfall/demo/login';
import { cache } from 'react';
import { services } from '#runtime/services.ts';

/**
 * Somebody without a session, who may read the reports of one site and do nothing else: neither another site of its tenant nor anything but
 * reports. Which site that is comes from the address alone, never from what else a request says; see docs/decisions/0088.
 */
export type PublicReader = {
  site: Site;
  /** Whose share of the reports a question is: all who read this site without a session have one together. */
  who: string;
};

/** The parts of the path that an address leaves open. */
type Params = Readonly<Record<string, string>>;

/** The demo shop; null where the installation has none. An account that a stranger has made with its address cannot have confirmed it. */
async function demoSite(): Promise<Site | null> {
  const { config, database } = services();
  if (!config.demo) return null;
  const user = await findUserByEmail(database, DEMO_LOGIN.email);
  if (user === null || !user.isVerified) return null;
  const [membership] = await listMemberships(database, user.id);
  if (membership === undefined) return null;
  return inTenant(database, membership.tenantId).sites.find(DEMO_DOMAIN);
}

/** Every address at which a site's reports are read without a session, and whose they are. A kind of public link is a row. */
const PUBLIC_SITES = {
  '/demo': demoSite,
} as const satisfies Record<string, (params: Params) => Promise<Site | null>>;

export type PublicSiteAddress = keyof typeof PUBLIC_SITES;

/** Who reads at a public address: once a request. Null: there is no such site, or it is public no longer. */
export const findPublicReader = cache(async (address: PublicSiteAddress): Promise<PublicReader | null> => {
  const site = await PUBLIC_SITES[address]();
  return site === null ? null : { site, who: `public:${site.id}` };
});
