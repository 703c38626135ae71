import { readBody } from './body.ts';
import { takeEvents } from './intake.ts';
import { requireIngestKey, siteOfTenant } from './ports.ts';
import { acceptedReply } from './reply.ts';
import { parseRequestBody } from './request-body.ts';
import type { Handler, Limits } from './route.ts';

/** Of the public contract: a server may send a shop's history. */
const LIMITS: Limits = { bytes: 5 * 1024 * 1024, events: 5_000 };

/** `POST /v1/events`: events that a merchant's server sends of its customers. */
export const serverEvents: Handler = async ({ request, held }, ports) => {
  // Before the body: strangers make nobody read 5 MiB.
  const { tenantId } = await requireIngestKey(request.headers.authorization, ports);
  const { site: key, events } = parseRequestBody(await readBody(request, LIMITS.bytes, held), LIMITS.events);
  const site = await siteOfTenant(key, tenantId, ports);
  return acceptedReply(await takeEvents({ site, sender: { kind: 'server' }, events }, ports));
};
