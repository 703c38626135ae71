import { guardedRoute } from '#api/guarded-route.ts';
import { PLAIN_FAILURE } from '#api/plausible/answer-stats.ts';
import { json, refuseMethods } from '#api/respond.ts';
import { requireSite } from '#api/site.ts';
import { askContext, visitorsNow } from '#reports/ask.ts';

/** Visitors of the last five minutes: a number alone. */
export const GET = guardedRoute(
  '/api/v1/stats/realtime/visitors',
  async (caller, request: Request) => {
    const site = await requireSite(caller, new URL(request.url).searchParams.get('site_id'));
    return json(await visitorsNow(await askContext(site, caller.who)));
  },
  PLAIN_FAILURE,
);

const refuse = refuseMethods('GET', PLAIN_FAILURE);

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
