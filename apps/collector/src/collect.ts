import { readBody } from './body.ts';
import { browserOf } from './browser.ts';
import { isOriginAllowed } from './cors.ts';
import { collectorFailure } from './errors.ts';
import { takeEvents } from './intake.ts';
import { type IntakeSite, siteOf } from './ports.ts';
import { acceptedReply } from './reply.ts';
import { parseRequestBody } from './request-body.ts';
import type { Handler, Limits } from './route.ts';

/** Of the public contract: a page sends little at a time. */
const LIMITS: Limits = { bytes: 256 * 1024, events: 500 };

/** @throws Failure `origin_not_allowed` when the site lists origins and this is none of them */
export function checkOrigin(origin: string | undefined, site: IntakeSite): void {
  if (isOriginAllowed(origin, site.allowedOrigins)) return;
  throw collectorFailure(
    'origin_not_allowed',
    `the site does not take events from ${origin?.slice(0, 200)}; it takes them from ${site.allowedOrigins.join(', ')}`,
  );
}

/** `POST /collect`: events of a page. The content type is not looked at: only `text/plain` spares browsers a preflight. */
export const collect: Handler = async ({ request, held }, ports) => {
  const { site: key, events } = parseRequestBody(await readBody(request, LIMITS.bytes, held), LIMITS.events);
  const site = await siteOf(key, ports);
  checkOrigin(request.headers.origin, site);
  return acceptedReply(await takeEvents({ site, sender: browserOf(request, ports), events }, ports));
};
