import type { Site } from '@footfall/db/tenant/site';
import { services } from '#runtime/services.ts';
import { exportResponse, parseExport } from './export.ts';
import { PARQUET_COLUMNS } from './export-columns.ts';

/**
 * The events of a site as the parameters of an address ask for them, from this installation's event store.
 * @throws Failure `invalid_parameter`
 */
export function exportSite(site: Site, parameters: URLSearchParams): Promise<Response> {
  const { eventStore: store, parquetOf, log } = services();
  const onError = (error: unknown) => log.error({ err: error, siteId: site.id }, 'an export broke off');
  return exportResponse(site, parseExport(parameters), {
    store,
    onError,
    parquetOf: (lines) => parquetOf(lines, PARQUET_COLUMNS),
  });
}
