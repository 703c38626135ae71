import { exportResponse, parseExport } from '#api/export.ts';
import { PARQUET_COLUMNS } from '#api/export-columns.ts';
import { refuseMethods } from '#api/respond.ts';
import { siteOf } from '#api/site.ts';
import { tenantHandler } from '#api/tenant-handler.ts';
import { services } from '#runtime/services.ts';

/** All events of a site on local days `from` to `to`, as they were received. */
export const GET = tenantHandler(
  async (tenant, request: Request, { params }: RouteContext<'/api/v1/sites/[id]/export'>) => {
    const site = await siteOf(tenant, (await params).id);
    const { eventStore: store, parquetOf, log } = services();
    const onError = (error: unknown) => log.error({ err: error, siteId: site.id }, 'an export broke off');
    return exportResponse(site, parseExport(new URL(request.url).searchParams), {
      store,
      onError,
      parquetOf: (lines) => parquetOf(lines, PARQUET_COLUMNS),
    });
  },
);

const refuse = refuseMethods('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
