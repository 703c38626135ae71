import { readBody } from './body.ts';
import { takeEvents } from './intake.ts';
import { acceptedReply } from './reply.ts';
import { parseRequestBody } from './request-body.ts';
import { readRights } from './rights.ts';
import type { Handler, Limits } from './route.ts';

/** Of the public contract: a page sends little at a time. */
const LIMITS: Limits = { bytes: 256 * 1024, events: 500 };

/** `POST /collect`: events of a page. The content type is not looked at: only `text/plain` spares browsers a preflight. */
export const collect: Handler = async (call, ports) => {
  const { sender, requireSite } = await readRights(call, ports);
  const { site: key, events } = parseRequestBody(
    await readBody(call.request, LIMITS.bytes, call.held),
    LIMITS.events,
  );
  return acceptedReply(await takeEvents({ site: await requireSite(key), sender, events }, ports));
};
