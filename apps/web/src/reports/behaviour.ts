import type { BehaviourContext } from '@footfall/core/query/behaviour';
import type { QuerySite } from '@footfall/core/query/query';
import type { Site } from '@footfall/db/tenant/site';
import { services } from '#runtime/services.ts';
import { askContext } from './ask.ts';

/** What funnels, retention and flows of a site are asked with, as of now; `who` asks, by id. */
export async function behaviourContext(
  site: Site,
  who: string,
): Promise<BehaviourContext & { site: QuerySite; now: number }> {
  const { site: querySite, now, dataThrough } = await askContext(site, who);
  const asker = { tenant: site.tenantId, who };
  return { site: querySite, now, dataThrough, read: (use) => services().reportStore.read(use, asker) };
}
