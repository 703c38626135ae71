import { recordExport } from '#api/export-audit.ts';
import { requireFlag } from '#api/flag.ts';
import { guardedRoute } from '#api/guarded-route.ts';
import { refuseMethods } from '#api/respond.ts';
import { requireSite } from '#api/site.ts';
import { exportSite } from '#api/site-export.ts';

/** All events of a site on local days `from` to `to`, as they were received. */
export const GET = guardedRoute(
  '/api/v1/sites/[id]/export',
  async (caller, request: Request, { params }: RouteContext<'/api/v1/sites/[id]/export'>) => {
    await requireFlag('rawExport', caller);
    const site = await requireSite(caller, (await params).id);
    const { searchParams } = new URL(request.url);
    const response = await exportSite(site, searchParams);
    await recordExport(caller, site, searchParams);
    return response;
  },
);

const refuse = refuseMethods('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
