import type { Site } from '@footfall/db/tenant/site';
import { services } from '#runtime/services.ts';
import { limitAtOnce } from './at-once.ts';
import { apiFailure } from './errors.ts';
import { exportResponse, parseExport } from './export.ts';
import { PARQUET_COLUMNS } from './export-columns.ts';

/** Exports of a tenant at once: each reads the event store for as long as it is taken. */
const EXPORTS = limitAtOnce(2);
const RETRY_SECONDS = 10;

/**
 * The events of a site as the parameters of an address ask for them, from this installation's event store.
 * @throws Failure `invalid_parameter`, `rate_limited`
 */
export async function exportSite(site: Site, parameters: URLSearchParams): Promise<Response> {
  const { eventStore: store, parquetOf, log } = services();
  const onError = (error: unknown) => log.error({ err: error, siteId: site.id }, 'an export broke off');
  const asked = parseExport(parameters);
  const onEnd = EXPORTS.begin(site.tenantId);
  if (onEnd === null)
    throw apiFailure('rate_limited', 'two exports are being made already; wait for one to end', {
      retryAfter: RETRY_SECONDS,
    });
  return exportResponse(site, asked, {
    store,
    onError,
    onEnd,
    parquetOf: (lines) => parquetOf(lines, PARQUET_COLUMNS),
  });
}
