import { PAGEVIEW } from '@footfall/core/event-name';
import { parseUrl } from '@footfall/core/parse-url';
import { collectorFailure } from './errors.ts';
import { takeEvents } from './intake.ts';
import { requireSite } from './ports.ts';
import { NO_STORE } from './reply.ts';
import { readBrowser } from './rights.ts';
import type { Handler } from './route.ts';

/** One transparent point. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const HEADERS = {
  'content-type': 'image/gif',
  ...NO_STORE,
  // Pages that isolate themselves (COEP) show it only so.
  'cross-origin-resource-policy': 'cross-origin',
};

/** What the query of the image may say of its page view, by long and by short name. */
const NAMES = { id: ['id'], url: ['url', 'u'], referrer: ['referrer', 'r'], title: ['title', 't'] } as const;

/** The event that an image stands for; the page that shows it is the Referer unless the query says otherwise. */
export function pixelEvent(query: URLSearchParams, referer: string | undefined): Record<string, unknown> {
  const said = Object.entries(NAMES).flatMap(([field, names]) => {
    const value = names.map((name) => query.get(name)).find((text) => text !== null && text !== '');
    return value === undefined ? [] : [[field, value]];
  });
  return { url: referer, ...Object.fromEntries(said), name: PAGEVIEW };
}

function parseOrigin(url: string | undefined): string | undefined {
  return url === undefined ? undefined : parseUrl(url)?.origin;
}

/** `GET /pixel.gif?site=…`: a page view without scripts. The image comes even when the page view is refused. */
export const pixel: Handler = async (call, ports) => {
  const { referer } = call.request.headers;
  const asked = new URLSearchParams(call.query);
  const key = asked.get('site');
  if (key === null || key === '')
    throw collectorFailure('invalid_query', 'the address needs the site key: /pixel.gif?site=ff_…', {
      where: 'site',
    });
  const browser = readBrowser(call, ports);
  const site = await requireSite(key, call.caller, ports);
  const events = [pixelEvent(asked, referer)];
  // Images come without an Origin.
  const sender = { ...browser, origin: parseOrigin(referer) };
  const taken = await takeEvents({ site, sender, events }, ports);
  return { status: 200, headers: HEADERS, body: GIF, taken };
};
