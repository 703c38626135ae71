import { guardedRoute } from '#api/guarded-route.ts';
import { json } from '#api/respond.ts';
import { requireSite } from '#api/site.ts';
import { askContext } from '#reports/ask.ts';
import { loadPulse } from '#reports/pulse.ts';

/** For pages of the portal that are left open. */
export const GET = guardedRoute(
  '/sites/[id]/pulse',
  async (caller, _: Request, { params }: RouteContext<'/sites/[id]/pulse'>) => {
    const site = await requireSite(caller, (await params).id);
    return json(await loadPulse(site, await askContext(site, caller.who)));
  },
);
