import { ledgerDays } from '#api/ledger-days.ts';
import { json, refuseMethods } from '#api/respond.ts';
import { siteOf } from '#api/site.ts';
import { tenantHandler } from '#api/tenant-handler.ts';
import { readSiteLedger } from '#reports/ledger.ts';
import { services } from '#runtime/services.ts';

/** What became of every event that a site received on local days `from` to `to`. */
export const GET = tenantHandler(
  async (tenant, request: Request, { params }: RouteContext<'/api/v1/sites/[id]/ledger'>) => {
    const site = await siteOf(tenant, (await params).id);
    const days = ledgerDays(new URL(request.url).searchParams);
    return json(await readSiteLedger(site.id, days, services()));
  },
);

const refuse = refuseMethods('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
