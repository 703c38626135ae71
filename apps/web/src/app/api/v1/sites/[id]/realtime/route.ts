import { guardedRoute } from '#api/guarded-route.ts';
import { json, refuseMethods } from '#api/respond.ts';
import { requireSite } from '#api/site.ts';
import { askContext, visitorsNow } from '#reports/ask.ts';

/** Visitors of the last five minutes. */
export const GET = guardedRoute(
  '/api/v1/sites/[id]/realtime',
  async (caller, _: Request, { params }: RouteContext<'/api/v1/sites/[id]/realtime'>) => {
    const site = await requireSite(caller, (await params).id);
    return json({ visitors: await visitorsNow(await askContext(site, caller.who)) });
  },
);

const refuse = refuseMethods('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
