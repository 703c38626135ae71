import { publicSiteRoute } from '#api/public-site-route.ts';
import { json } from '#api/respond.ts';
import { askContext } from '#reports/ask.ts';
import { loadPulse } from '#reports/pulse.ts';

/** For pages of the demo that are left open. */
export const GET = publicSiteRoute('/demo/pulse', '/demo', async ({ site, who }) =>
  json(await loadPulse(site, await askContext(site, who))),
);
