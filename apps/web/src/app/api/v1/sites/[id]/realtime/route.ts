import { json, refuseMethods } from '#api/respond.ts';
import { siteOf } from '#api/site.ts';
import { tenantHandler } from '#api/tenant-handler.ts';
import { askContext, visitorsNow } from '#reports/ask.ts';

/** Visitors of the last five minutes. */
export const GET = tenantHandler(
  async (tenant, _: Request, { params }: RouteContext<'/api/v1/sites/[id]/realtime'>) => {
    const site = await siteOf(tenant, (await params).id);
    return json({ visitors: await visitorsNow(await askContext(site)) });
  },
);

const refuse = refuseMethods('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
