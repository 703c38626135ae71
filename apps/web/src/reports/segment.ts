import { type Segment, segmentOfSite } from '@footfall/db/tenant/segment';
import type { Site } from '@footfall/db/tenant/site';
import { tenantRows } from '@footfall/db/tenant/transaction';
import { services } from '#runtime/services.ts';
import { SEGMENT_PARAMETER } from './segment-parameter.ts';

/** The segment that an address names; null: none, or one that is not there any more. */
export async function namedSegment(site: Site, parameters: URLSearchParams): Promise<Segment | null> {
  const id = parameters.get(SEGMENT_PARAMETER);
  if (id === null) return null;
  return segmentOfSite(tenantRows(services().pool, site.tenantId), site.id, id);
}
