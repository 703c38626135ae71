import { recordDomainCheck, sitesToCheck, statementsOn } from '@footfall/db/domain/proof';
import type { ChorePorts, ChoreRun } from './chore.ts';

/** Sites a run, and as many at the same time as one slow domain must not hold up. */
const BATCH = 100;
const AT_ONCE = 5;

/** Looks at the domains that several tenants have named, each site's every six hours; answers how many. */
export async function checkDomains({ pool, checkDomain }: ChorePorts, { signal }: ChoreRun): Promise<number> {
  const sites = await sitesToCheck(pool, BATCH);
  const run = statementsOn(pool);
  for (let begin = 0; begin < sites.length && !signal.aborted; begin += AT_ONCE) {
    await Promise.all(
      sites
        .slice(begin, begin + AT_ONCE)
        .map(async (site) => recordDomainCheck(run, site.id, await checkDomain(site))),
    );
  }
  return sites.length;
}
