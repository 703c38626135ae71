import { readBody } from './body.ts';
import { collectorFailure } from './errors.ts';
import { takeEvents } from './intake.ts';
import { ingestKeyOf, siteOf } from './ports.ts';
import { acceptedReply } from './reply.ts';
import { parseRequestBody } from './request-body.ts';
import type { Handler, Limits } from './route.ts';

/** Of the public contract: a server may send a shop's history. */
const LIMITS: Limits = { bytes: 5 * 1024 * 1024, events: 5_000 };

/** `POST /v1/events`: events that a merchant's server sends of its customers. */
export const serverEvents: Handler = async ({ request, held }, ports) => {
  // Before the body: strangers make nobody read 5 MiB.
  const { tenantId } = await ingestKeyOf(request.headers.authorization, ports);
  const { site: key, events } = parseRequestBody(await readBody(request, LIMITS.bytes, held), LIMITS.events);
  const site = await siteOf(key, ports);
  if (site.tenantId !== tenantId)
    throw collectorFailure('forbidden', 'this API key belongs to another tenant than the site', {
      where: 'site',
    });
  return acceptedReply(await takeEvents({ site, sender: { kind: 'server' }, events }, ports));
};
