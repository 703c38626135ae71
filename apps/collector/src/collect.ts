import { readBody } from './body.ts';
import { turnOwner } from './in-turns.ts';
import { takeEvents } from './intake.ts';
import { acceptedReply } from './reply.ts';
import { parseRequestBody } from './request-body.ts';
import { readRights } from './rights.ts';
import type { Handler, Limits } from './route.ts';

/** Of the public contract: a page sends little at a time. */
const LIMITS: Limits = { bytes: 256 * 1024, events: 500 };

/** `POST /collect`: events of a page. The content type is not looked at: only `text/plain` spares browsers a preflight. */
export const collect: Handler = async (call, ports) => {
  const { sender, reach, requireSite } = await readRights(call, ports);
  const owner = turnOwner(sender, reach?.tenantId);
  const text = await readBody(call.request, LIMITS.bytes, call.held);
  const { site: key, events } = await parseRequestBody(text, LIMITS.events, owner);
  return acceptedReply(await takeEvents({ site: await requireSite(key), sender, events, owner }, ports));
};
