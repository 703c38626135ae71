import { guardedRoute } from '#api/guarded-route.ts';
import { json } from '#api/respond.ts';
import { siteOf } from '#api/site.ts';
import { askContext } from '#reports/ask.ts';
import { pulseOf } from '#reports/pulse.ts';

/** For pages of the portal that are left open. */
export const GET = guardedRoute(
  '/sites/[id]/pulse',
  async (caller, _: Request, { params }: RouteContext<'/sites/[id]/pulse'>) => {
    const site = await siteOf(caller, (await params).id);
    return json(await pulseOf(site, await askContext(site)));
  },
);
