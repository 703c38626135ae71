/** What a merchant can group and filter by: where each dimension lives, as data. Adding one is a row and its test. */

/** Columns of an event fact that hold a dimension's text; every adapter of the report store has all of them. */
export const FACT_COLUMNS = [
  'name',
  'page',
  'hostname',
  'source',
  'referrer',
  'channel',
  'utmSource',
  'utmMedium',
  'utmCampaign',
  'utmTerm',
  'utmContent',
  'device',
  'browser',
  'browserVersion',
  'os',
  'osVersion',
  'screen',
  'language',
  'country',
  'region',
  'city',
  'entryPage',
  'exitPage',
  'entryHostname',
  'bot',
  'userId',
] as const;

export type FactColumn = (typeof FACT_COLUMNS)[number];

/** Text that stands for a missing value in every dimension. */
export const NONE = '(none)';

type DimensionRow = {
  /** `event`: a fact of the single event; `visit`: of the visit, the same on all its events. */
  scope: 'event' | 'visit';
  column: FactColumn;
  /** Sealed days keep a roll-up by this dimension. */
  rollUp: boolean;
  label: string;
};

export const DIMENSIONS = {
  'event:name': { scope: 'event', column: 'name', rollUp: true, label: 'Event' },
  'event:page': { scope: 'event', column: 'page', rollUp: true, label: 'Page' },
  'event:hostname': { scope: 'event', column: 'hostname', rollUp: true, label: 'Hostname' },
  'visit:source': { scope: 'visit', column: 'source', rollUp: true, label: 'Source' },
  'visit:referrer': { scope: 'visit', column: 'referrer', rollUp: true, label: 'Referrer' },
  'visit:channel': { scope: 'visit', column: 'channel', rollUp: true, label: 'Channel' },
  'visit:utm_source': { scope: 'visit', column: 'utmSource', rollUp: true, label: 'Campaign source' },
  'visit:utm_medium': { scope: 'visit', column: 'utmMedium', rollUp: true, label: 'Campaign medium' },
  'visit:utm_campaign': { scope: 'visit', column: 'utmCampaign', rollUp: true, label: 'Campaign' },
  'visit:utm_term': { scope: 'visit', column: 'utmTerm', rollUp: true, label: 'Campaign term' },
  'visit:utm_content': { scope: 'visit', column: 'utmContent', rollUp: true, label: 'Campaign content' },
  'visit:device': { scope: 'visit', column: 'device', rollUp: true, label: 'Device' },
  'visit:browser': { scope: 'visit', column: 'browser', rollUp: true, label: 'Browser' },
  'visit:browser_version': {
    scope: 'visit',
    column: 'browserVersion',
    rollUp: true,
    label: 'Browser version',
  },
  'visit:os': { scope: 'visit', column: 'os', rollUp: true, label: 'Operating system' },
  'visit:os_version': { scope: 'visit', column: 'osVersion', rollUp: true, label: 'System version' },
  'visit:screen': { scope: 'visit', column: 'screen', rollUp: true, label: 'Screen' },
  'visit:language': { scope: 'visit', column: 'language', rollUp: true, label: 'Language' },
  'visit:country': { scope: 'visit', column: 'country', rollUp: true, label: 'Country' },
  'visit:region': { scope: 'visit', column: 'region', rollUp: true, label: 'Region' },
  'visit:city': { scope: 'visit', column: 'city', rollUp: true, label: 'City' },
  'visit:entry_page': { scope: 'visit', column: 'entryPage', rollUp: true, label: 'Entry page' },
  'visit:exit_page': { scope: 'visit', column: 'exitPage', rollUp: true, label: 'Exit page' },
  'visit:hostname': { scope: 'visit', column: 'entryHostname', rollUp: true, label: 'Entry hostname' },
  'visit:bot': { scope: 'event', column: 'bot', rollUp: false, label: 'Bot' },
} as const satisfies Record<string, DimensionRow>;

export type DimensionName = keyof typeof DIMENSIONS;

export const TIME_DIMENSIONS = ['time', 'time:hour', 'time:day', 'time:week', 'time:month'] as const;
export type TimeDimension = (typeof TIME_DIMENSIONS)[number];

const PROP_PREFIX = 'event:props:';

/** Dimensions of the items that an event carries. */
export const ITEM_DIMENSIONS = {
  'item:sku': { field: 'sku', label: 'Product number' },
  'item:name': { field: 'name', label: 'Product' },
  'item:category': { field: 'category', label: 'Product category' },
} as const satisfies Record<string, { field: string; label: string }>;

export type ItemDimensionName = keyof typeof ITEM_DIMENSIONS;
export type ItemField = (typeof ITEM_DIMENSIONS)[ItemDimensionName]['field'];

/** A dimension as a query names it: one of the tables, or one of the site's own properties. */
export type Dimension =
  | { kind: 'column'; name: DimensionName }
  | { kind: 'item'; name: ItemDimensionName }
  | { kind: 'prop'; prop: string };

/** The dimension of a name as the API spells it, or `undefined` when there is none of that name. */
export function dimensionOf(name: string): Dimension | undefined {
  if (Object.hasOwn(DIMENSIONS, name)) return { kind: 'column', name: name as DimensionName };
  if (Object.hasOwn(ITEM_DIMENSIONS, name)) return { kind: 'item', name: name as ItemDimensionName };
  if (name.startsWith(PROP_PREFIX) && name.length > PROP_PREFIX.length) {
    return { kind: 'prop', prop: name.slice(PROP_PREFIX.length) };
  }
  return undefined;
}

/** The API's spelling of a dimension; the inverse of {@link dimensionOf}. */
export function dimensionName(dimension: Dimension): string {
  return dimension.kind === 'prop' ? PROP_PREFIX + dimension.prop : dimension.name;
}
