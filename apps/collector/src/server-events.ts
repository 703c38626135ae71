import { readBody } from './body.ts';
import { collectorFailure } from './errors.ts';
import { turnOwner } from './in-turns.ts';
import { takeEvents } from './intake.ts';
import { acceptedReply } from './reply.ts';
import { parseRequestBody } from './request-body.ts';
import { bearerToken, serverRights } from './rights.ts';
import type { Handler, Limits } from './route.ts';

/** Of the public contract: a server may send a shop's history. */
const LIMITS: Limits = { bytes: 5 * 1024 * 1024, events: 5_000 };

/** `POST /v1/events`: events that a merchant's server sends of its customers. */
export const serverEvents: Handler = async (call, ports) => {
  const apiKey = bearerToken(call.request.headers.authorization);
  if (apiKey === undefined)
    throw collectorFailure('unauthorized', 'send an API key as "Authorization: Bearer ffk_…"', {
      where: 'authorization',
    });
  // Before the body: strangers make nobody read 5 MiB.
  const { sender, reach, requireSite } = await serverRights(apiKey, call, ports);
  const owner = turnOwner(sender, reach?.tenantId);
  const text = await readBody(call.request, LIMITS.bytes, call.held);
  const { site: key, events } = await parseRequestBody(text, LIMITS.events, owner);
  return acceptedReply(await takeEvents({ site: await requireSite(key), sender, events, owner }, ports));
};
