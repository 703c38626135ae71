import { readBody } from './body.ts';
import { readSender } from './browser.ts';
import { takeEvents } from './intake.ts';
import { requireSite } from './ports.ts';
import { acceptedReply } from './reply.ts';
import { parseRequestBody } from './request-body.ts';
import type { Handler, Limits } from './route.ts';

/** Of the public contract: a page sends little at a time. */
const LIMITS: Limits = { bytes: 256 * 1024, events: 500 };

/** `POST /collect`: events of a page. The content type is not looked at: only `text/plain` spares browsers a preflight. */
export const collect: Handler = async ({ request, held }, ports) => {
  const { site: key, events } = parseRequestBody(await readBody(request, LIMITS.bytes, held), LIMITS.events);
  const site = await requireSite(key, ports);
  return acceptedReply(await takeEvents({ site, sender: readSender(request, ports), events }, ports));
};
