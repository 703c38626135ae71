/** What a merchant can group and filter by: where each dimension lives, as data. Adding one is a row and its test. */

/**
 * Where the text of a fact comes from: what was derived from an event, or what the event says itself. The event is the fact's
 * own, or one of its visit: the first, its first pageview (`entry`), its last pageview (`exit`).
 */
export type Origin = { event: 'own' | 'first' | 'entry' | 'exit' } & (
  | {
      derived: string;
      /** The parameter of the page's address that says it; deriving takes it from there by itself. */
      parameter?: string;
    }
  | { raw: 'name' | 'user' }
);

type ColumnRow = {
  /** As the API spells it; absent: nobody can ask for it. */
  dimension?: `${'event' | 'visit'}:${string}`;
  /** `event`: a fact of the single event; `visit`: of the visit, the same on all its events. */
  scope: 'event' | 'visit';
  /** Sealed days keep a roll-up by this dimension. */
  rollUp: boolean;
  label: string;
  from: Origin;
  /** What docs say of the export's column with what was derived from the single event; absent: there is none. */
  exported?: string;
};

/**
 * Columns of an event fact that hold text: every adapter of the report store has all of them, made from these rows. Stored facts
 * are read by the order of the rows, so a new one stands at the end.
 */
const COLUMNS = {
  name: {
    dimension: 'event:name',
    scope: 'event',
    rollUp: true,
    label: 'Event',
    from: { event: 'own', raw: 'name' },
  },
  page: {
    dimension: 'event:page',
    scope: 'event',
    rollUp: true,
    label: 'Page',
    from: { event: 'own', derived: 'page' },
  },
  hostname: {
    dimension: 'event:hostname',
    scope: 'event',
    rollUp: true,
    label: 'Hostname',
    from: { event: 'own', derived: 'hostname' },
  },
  source: {
    dimension: 'visit:source',
    scope: 'visit',
    rollUp: true,
    label: 'Source',
    from: { event: 'first', derived: 'source' },
    exported: 'Where this event came from by itself, whatever its visit says',
  },
  referrer: {
    dimension: 'visit:referrer',
    scope: 'visit',
    rollUp: true,
    label: 'Referrer',
    from: { event: 'first', derived: 'referrer' },
  },
  channel: {
    dimension: 'visit:channel',
    scope: 'visit',
    rollUp: true,
    label: 'Channel',
    from: { event: 'first', derived: 'channel' },
    exported: 'The same, as a channel',
  },
  utmSource: {
    dimension: 'visit:utm_source',
    scope: 'visit',
    rollUp: true,
    label: 'Campaign source',
    from: { event: 'first', derived: 'utmSource', parameter: 'utm_source' },
    exported: 'Campaign source of its address',
  },
  utmMedium: {
    dimension: 'visit:utm_medium',
    scope: 'visit',
    rollUp: true,
    label: 'Campaign medium',
    from: { event: 'first', derived: 'utmMedium', parameter: 'utm_medium' },
    exported: 'Campaign medium of its address',
  },
  utmCampaign: {
    dimension: 'visit:utm_campaign',
    scope: 'visit',
    rollUp: true,
    label: 'Campaign',
    from: { event: 'first', derived: 'utmCampaign', parameter: 'utm_campaign' },
    exported: 'Campaign of its address',
  },
  utmTerm: {
    dimension: 'visit:utm_term',
    scope: 'visit',
    rollUp: true,
    label: 'Campaign term',
    from: { event: 'first', derived: 'utmTerm', parameter: 'utm_term' },
    exported: 'Campaign term of its address',
  },
  utmContent: {
    dimension: 'visit:utm_content',
    scope: 'visit',
    rollUp: true,
    label: 'Campaign content',
    from: { event: 'first', derived: 'utmContent', parameter: 'utm_content' },
    exported: 'Campaign content of its address',
  },
  device: {
    dimension: 'visit:device',
    scope: 'visit',
    rollUp: true,
    label: 'Device',
    from: { event: 'first', derived: 'device' },
    exported: 'Device',
  },
  browser: {
    dimension: 'visit:browser',
    scope: 'visit',
    rollUp: true,
    label: 'Browser',
    from: { event: 'first', derived: 'browser' },
    exported: 'Browser',
  },
  browserVersion: {
    dimension: 'visit:browser_version',
    scope: 'visit',
    rollUp: true,
    label: 'Browser version',
    from: { event: 'first', derived: 'browserVersion' },
    exported: 'Its version',
  },
  os: {
    dimension: 'visit:os',
    scope: 'visit',
    rollUp: true,
    label: 'Operating system',
    from: { event: 'first', derived: 'os' },
    exported: 'Operating system',
  },
  osVersion: {
    dimension: 'visit:os_version',
    scope: 'visit',
    rollUp: true,
    label: 'System version',
    from: { event: 'first', derived: 'osVersion' },
    exported: 'Its version',
  },
  screen: {
    dimension: 'visit:screen',
    scope: 'visit',
    rollUp: true,
    label: 'Screen',
    from: { event: 'first', derived: 'screen' },
    exported: 'Size of the screen',
  },
  language: {
    dimension: 'visit:language',
    scope: 'visit',
    rollUp: true,
    label: 'Language',
    from: { event: 'first', derived: 'language' },
    exported: 'Language',
  },
  country: {
    dimension: 'visit:country',
    scope: 'visit',
    rollUp: true,
    label: 'Country',
    from: { event: 'first', derived: 'country' },
    exported: 'Country, ISO 3166-1',
  },
  region: {
    dimension: 'visit:region',
    scope: 'visit',
    rollUp: true,
    label: 'Region',
    from: { event: 'first', derived: 'region' },
    exported: 'Region',
  },
  city: {
    dimension: 'visit:city',
    scope: 'visit',
    rollUp: true,
    label: 'City',
    from: { event: 'first', derived: 'city' },
    exported: 'City',
  },
  entryPage: {
    dimension: 'visit:entry_page',
    scope: 'visit',
    rollUp: true,
    label: 'Entry page',
    from: { event: 'entry', derived: 'page' },
  },
  exitPage: {
    dimension: 'visit:exit_page',
    scope: 'visit',
    rollUp: true,
    label: 'Exit page',
    from: { event: 'exit', derived: 'page' },
  },
  entryHostname: {
    dimension: 'visit:hostname',
    scope: 'visit',
    rollUp: true,
    label: 'Entry hostname',
    from: { event: 'first', derived: 'hostname' },
  },
  // Bots have visits of their own; the API has it as an event's.
  bot: {
    dimension: 'visit:bot',
    scope: 'event',
    rollUp: false,
    label: 'Bot',
    from: { event: 'first', derived: 'bot' },
  },
  userId: { scope: 'event', rollUp: false, label: 'User', from: { event: 'own', raw: 'user' } },
  botKind: {
    dimension: 'visit:bot_kind',
    scope: 'event',
    rollUp: false,
    label: 'Kind of bot',
    from: { event: 'first', derived: 'botKind' },
    exported: 'What kind of bot it is',
  },
  entryPageHostname: {
    dimension: 'visit:entry_page_hostname',
    scope: 'visit',
    rollUp: true,
    label: 'Hostname of the entry page',
    from: { event: 'entry', derived: 'hostname' },
  },
  exitPageHostname: {
    dimension: 'visit:exit_page_hostname',
    scope: 'visit',
    rollUp: true,
    label: 'Hostname of the exit page',
    from: { event: 'exit', derived: 'hostname' },
  },
} as const satisfies Readonly<Record<string, ColumnRow>>;

/** Text that stands for a missing value in every dimension. */
export const NONE = '(none)';

type Columns = typeof COLUMNS;
export type FactColumn = keyof Columns;

export const FACT_COLUMNS = Object.keys(COLUMNS) as readonly FactColumn[];

/** The row of a column. */
export const columnRow = (column: FactColumn): ColumnRow => COLUMNS[column];

/** Whether a column's text is the same on all events of a visit. */
export const isOfVisit = (column: FactColumn): boolean => columnRow(column).from.event !== 'own';

type Derivation = Extract<Columns[FactColumn]['from'], { derived: string }>;
/** What deriving tells of an event for these columns. */
export type DerivedField = Derivation['derived'];
export const DERIVED_FIELDS: readonly DerivedField[] = [
  ...new Set(
    FACT_COLUMNS.flatMap((column) => {
      const { from } = columnRow(column);
      return 'derived' in from ? [from.derived as DerivedField] : [];
    }),
  ),
];

/** What of it is a parameter of the page's address, as it is written there. */
export type ParameterField = Extract<Derivation, { parameter: string }>['derived'];

/** The parameters of a page's address that are derived as they are written, by field. */
export const PARAMETERS = Object.fromEntries(
  FACT_COLUMNS.flatMap((column) => {
    const { from } = columnRow(column);
    return 'derived' in from && from.parameter !== undefined ? [[from.derived, from.parameter]] : [];
  }),
) as Readonly<Record<ParameterField, string>>;

export type DimensionName = {
  [Column in FactColumn]: Columns[Column] extends { dimension: infer Name extends string } ? Name : never;
}[FactColumn];

type DimensionRow = Pick<ColumnRow, 'scope' | 'rollUp' | 'label'> & { column: FactColumn };

/** What can be asked for, by the name that the API gives it. */
export const DIMENSIONS = Object.fromEntries(
  FACT_COLUMNS.flatMap((column) => {
    const { dimension, scope, rollUp, label } = columnRow(column);
    return dimension === undefined ? [] : [[dimension, { scope, column, rollUp, label }]];
  }),
) as Readonly<Record<DimensionName, DimensionRow>>;

/** Columns of exports with text that was derived from the single event, named as its dimension is. */
export const EXPORTED_TEXTS: readonly { name: string; field: DerivedField; meaning: string }[] =
  FACT_COLUMNS.flatMap((column) => {
    const { dimension, from, exported } = columnRow(column);
    if (dimension === undefined || exported === undefined || !('derived' in from)) return [];
    const name = dimension.slice(dimension.indexOf(':') + 1);
    return [{ name, field: from.derived as DerivedField, meaning: exported }];
  });

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

/**
 * Dimensions that only write the values of another in words; nothing is stored of them. What they write stands in
 * query/spelling.ts.
 */
export const WORDED_DIMENSIONS = {
  'visit:country_name': { of: 'visit:country', label: 'Name of the country' },
  'visit:region_name': { of: 'visit:region', label: 'Name of the region' },
  'visit:city_name': { of: 'visit:city', label: 'Name of the city' },
} as const satisfies Record<string, { of: DimensionName; label: string }>;

export type WordedDimensionName = keyof typeof WORDED_DIMENSIONS;

/** A dimension as a query names it: one of the tables, or one of the site's own properties. */
export type Dimension =
  | { kind: 'column'; name: DimensionName }
  | { kind: 'item'; name: ItemDimensionName }
  | { kind: 'prop'; prop: string };

/** The dimension of a name as the API spells it, or `undefined` when there is none of that name. */
export function findDimension(name: string): Dimension | undefined {
  if (Object.hasOwn(WORDED_DIMENSIONS, name))
    return { kind: 'column', name: WORDED_DIMENSIONS[name as WordedDimensionName].of };
  if (Object.hasOwn(DIMENSIONS, name)) return { kind: 'column', name: name as DimensionName };
  if (Object.hasOwn(ITEM_DIMENSIONS, name)) return { kind: 'item', name: name as ItemDimensionName };
  if (name.startsWith(PROP_PREFIX) && name.length > PROP_PREFIX.length) {
    return { kind: 'prop', prop: name.slice(PROP_PREFIX.length) };
  }
  return undefined;
}

/** The API's spelling of a dimension; the inverse of {@link findDimension}, but for those that write another in words. */
export function dimensionName(dimension: Dimension): string {
  return dimension.kind === 'prop' ? PROP_PREFIX + dimension.prop : dimension.name;
}
