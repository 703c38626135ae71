import { ENGAGEMENT } from '@footfall/core/event-name';
import type { JsonObject } from '@footfall/core/json';
import {
  asObject,
  asText,
  ENGAGED_MS,
  firstGiven,
  type MappedSite,
  numberWithin,
  PERCENT,
} from './fields.ts';
import { mapRevenue } from './money.ts';
import { collectProps } from './props.ts';

/** Plausible's long and short names of its fields. */
const NAMES = {
  name: ['n', 'name'],
  url: ['u', 'url'],
  domain: ['d', 'domain'],
  referrer: ['r', 'referrer'],
  props: ['p', 'props', 'm', 'meta'],
  revenue: ['$', 'revenue'],
  interactive: ['i', 'interactive'],
  hashMode: ['h', 'hashMode'],
  scroll: ['sd', 'scrollDepth'],
  engaged: ['e', 'engagementTime'],
} as const;

const field = (body: JsonObject, name: keyof typeof NAMES) =>
  firstGiven(...NAMES[name].map((written) => body[written]));

/** Characters of such a text: what an event may have in props. */
const MAX_TEXT = 75_000;

/** JsonObject of an object, or of text of JSON that is one: older scripts send some so. */
function fieldsWithin(value: unknown): JsonObject {
  if (typeof value !== 'string') return asObject(value);
  // Parsed for each site that is named.
  if (value.length > MAX_TEXT) return {};
  try {
    return asObject(JSON.parse(value));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** The sites that an event is for: several are named with commas between them. */
export function plausibleDomains(body: JsonObject): string[] {
  const named = asText(field(body, 'domain')) ?? '';
  return [...new Set(named.split(',').map((domain) => domain.trim()))].filter((domain) => domain !== '');
}

/** The page without what is behind the `#`, where sign-in services leave secrets, unless pages are told apart by it. */
function pageUrl(body: JsonObject): unknown {
  const url = field(body, 'url');
  return typeof url === 'string' && !field(body, 'hashMode') ? url.replace(/#.*/s, '') : url;
}

/** A scroll depth; the script says 255 when it knows none. */
function parseScroll(value: unknown): number | undefined {
  const depth = numberWithin(value, [0, PERCENT[1] + 1]);
  return depth === undefined || depth > PERCENT[1] ? undefined : depth;
}

/** An event of Plausible's script or Events API as one of ours: any JSON goes in, and what comes out is for validation to judge. */
export function plausibleEvent(body: JsonObject, site: MappedSite): JsonObject {
  const { amount, currency } = fieldsWithin(field(body, 'revenue'));
  const interactive = field(body, 'interactive');
  const name = field(body, 'name');
  const engagement =
    name === ENGAGEMENT
      ? {
          scroll: parseScroll(field(body, 'scroll')),
          engaged_ms: numberWithin(field(body, 'engaged'), ENGAGED_MS),
        }
      : {};
  return {
    name,
    url: pageUrl(body),
    hash: field(body, 'hashMode') ? true : undefined,
    referrer: asText(field(body, 'referrer')),
    props: collectProps(fieldsWithin(field(body, 'props'))),
    interactive: interactive === false || interactive === 'false' ? false : undefined,
    // Elements that are tracked by their class send `{}` when they are worth nothing.
    revenue: mapRevenue(amount, currency, site.currency),
    ...engagement,
  };
}
