import { guardedRoute } from '#api/guarded-route.ts';
import { ledgerDays } from '#api/ledger-days.ts';
import { json, refuseMethods } from '#api/respond.ts';
import { requireSite } from '#api/site.ts';
import { readSiteLedger } from '#reports/ledger.ts';

/** What became of every event that a site received on local days `from` to `to`. */
export const GET = guardedRoute(
  '/api/v1/sites/[id]/ledger',
  async (caller, request: Request, { params }: RouteContext<'/api/v1/sites/[id]/ledger'>) => {
    const site = await requireSite(caller, (await params).id);
    const days = ledgerDays(new URL(request.url).searchParams);
    return json(await readSiteLedger(site, days));
  },
);

const refuse = refuseMethods('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
