import type { Funnel } from '@footfall/db/tenant/funnel';
import type { Segment } from '@footfall/db/tenant/segment';
import type { Caller } from '../caller.ts';
import { apiFailure } from '../errors.ts';
import { json } from '../respond.ts';
import { requireSite } from '../site.ts';
import { cutPage, readPageQuery } from './cursor-page.ts';
import { readBody } from './fields.ts';
import { type ManagedFunnel, type ManagedSegment, SITES_API_SCHEMAS } from './schemas.ts';

const toFunnel = ({ id, name, steps }: Funnel, domain: string): ManagedFunnel => ({
  id,
  domain,
  name,
  steps: [...steps],
});

const toSegment = ({ id, name, filters }: Segment, domain: string): ManagedSegment => ({
  id,
  domain,
  name,
  filters: [...filters],
});

type OfParams<Name extends string> = { params: Promise<Record<Name, string>> };

/** `GET /api/v1/sites/funnels?site_id=…`: by name. */
export async function listFunnels(caller: Caller, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const asked = readPageQuery(searchParams);
  const { id, domain } = await requireSite(caller, searchParams.get('site_id'));
  const { page, meta } = cutPage(await caller.tenant.funnels.list(id), ({ name }) => name, asked);
  return json({ funnels: page.map((one) => toFunnel(one, domain)), meta });
}

/** `GET /api/v1/sites/segments?site_id=…`: by name. */
export async function listSegments(caller: Caller, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const asked = readPageQuery(searchParams);
  const { id, domain } = await requireSite(caller, searchParams.get('site_id'));
  const { page, meta } = cutPage(await caller.tenant.segments.list(id), ({ name }) => name, asked);
  return json({ segments: page.map((one) => toSegment(one, domain)), meta });
}

/** `PUT /api/v1/sites/funnels`: makes a funnel, or gives the one of this name these steps. */
export async function putFunnel(caller: Caller, request: Request): Promise<Response> {
  const { site_id, name, steps } = await readBody(SITES_API_SCHEMAS.NewFunnel, request);
  const { id: siteId, domain } = await requireSite(caller, site_id);
  const { funnels } = caller.tenant;
  const { actor } = caller;
  const known = (await funnels.list(siteId)).find((one) => one.name === name.trim());
  const changed = known && (await funnels.change({ siteId, id: known.id, steps, actor }));
  const made = changed ?? (await funnels.create({ siteId, name, steps, actor }));
  return json({ ...toFunnel(made, domain), created: made !== changed });
}

/** `PUT /api/v1/sites/segments`: makes a segment, or gives the one of this name these filters. */
export async function putSegment(caller: Caller, request: Request): Promise<Response> {
  const { site_id, name, filters } = await readBody(SITES_API_SCHEMAS.NewSegment, request);
  const { id: siteId, domain } = await requireSite(caller, site_id);
  const { segments } = caller.tenant;
  const { actor } = caller;
  const known = (await segments.list(siteId)).find((one) => one.name === name.trim());
  const changed = known && (await segments.change({ siteId, id: known.id, filters, actor }));
  const made = changed ?? (await segments.create({ siteId, name, filters, actor }));
  return json({ ...toSegment(made, domain), created: made !== changed });
}

async function siteOfRemoval(caller: Caller, request: Request) {
  const { searchParams } = new URL(request.url);
  const { site_id = searchParams.get('site_id') } = await readBody(SITES_API_SCHEMAS.GoalReference, request);
  return requireSite(caller, site_id);
}

/** `DELETE /api/v1/sites/funnels/{funnel}`, with `site_id` in the body or in the address. */
export async function deleteFunnel(
  caller: Caller,
  request: Request,
  { params }: OfParams<'funnel'>,
): Promise<Response> {
  const { id: siteId } = await siteOfRemoval(caller, request);
  const id = (await params).funnel;
  if (await caller.tenant.funnels.remove({ siteId, id, actor: caller.actor })) return json({ deleted: true });
  throw apiFailure('unknown_funnel', `the site has no funnel ${JSON.stringify(id)}`, { where: 'funnel' });
}

/** `DELETE /api/v1/sites/segments/{segment}`, with `site_id` in the body or in the address. */
export async function deleteSegment(
  caller: Caller,
  request: Request,
  { params }: OfParams<'segment'>,
): Promise<Response> {
  const { id: siteId } = await siteOfRemoval(caller, request);
  const id = (await params).segment;
  if (await caller.tenant.segments.remove({ siteId, id, actor: caller.actor }))
    return json({ deleted: true });
  throw apiFailure('unknown_segment', `the site has no segment ${JSON.stringify(id)}`, { where: 'segment' });
}
