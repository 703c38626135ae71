import { callerOf } from '#api/caller.ts';
import { handler, json } from '#api/respond.ts';
import { siteOf } from '#api/site.ts';
import { askContext } from '#reports/ask.ts';
import { pulseOf } from '#sites/pulse.ts';

/** For pages of the portal that are left open. */
export const GET = handler(async (request: Request, { params }: RouteContext<'/sites/[id]/pulse'>) => {
  const site = await siteOf((await callerOf(request)).tenant, (await params).id);
  return json(await pulseOf(site, await askContext(site)));
});
