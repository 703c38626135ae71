import { PAGEVIEW } from '@footfall/core/event-name';
import type { ImportedDimension } from '@footfall/core/imported';
import { ROLL_UP_ALL } from '@footfall/core/roll-up';
import { DIRECT } from '@footfall/core/source';
import type { TotalRule } from './totals.ts';

/** What Plausible calls otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  'Microsoft Edge': 'Edge',
  'Mobile Safari': 'Safari',
  Mac: 'macOS',
  'GNU/Linux': 'Linux',
  'Chrome OS': 'ChromeOS',
  '(not set)': '',
};
const named = (text: string) => (Object.hasOwn(NAMES, text) ? (NAMES[text] ?? text) : text);

const VISIT = {
  visitors: 'visitors',
  visits: 'visits',
  pageviews: 'pageviews',
  events: 'pageviews',
  bounces: 'bounces',
  durationMs: ['visit_duration', 1_000],
} as const;

type Read = (text: string) => string | null;

/** Visits by the value of a column. */
const visitsBy = (dimension: ImportedDimension, column: string, read?: Read): TotalRule => ({
  dimension,
  value: read === undefined ? { column } : { column, read },
  parts: VISIT,
});

// We keep the first number of a browser's version.
const major: Read = (text) => text.split('.')[0] ?? '';
// Cities are numbers of a list that is not ours.
const nameOnly: Read = (text) => (/^\d+$/.test(text) ? null : text);
const direct: Read = (text) => (text === '' || text === 'Direct / None' ? DIRECT : text);
const country: Read = (text) => (text === 'ZZ' ? '' : text);

/** Tables of an export by the part of their file's name behind `imported_`. */
const TABLES: Readonly<Record<string, readonly TotalRule[]>> = {
  visitors: [
    { dimension: ROLL_UP_ALL, value: { always: ROLL_UP_ALL }, parts: VISIT },
    {
      dimension: 'event:name',
      value: { always: PAGEVIEW },
      parts: { visitors: 'visitors', pageviews: 'pageviews', events: 'pageviews' },
    },
  ],
  custom_events: [
    { dimension: ROLL_UP_ALL, value: { always: ROLL_UP_ALL }, parts: { events: 'events' } },
    { dimension: 'event:name', value: { column: 'name' }, parts: { visitors: 'visitors', events: 'events' } },
  ],
  sources: [
    visitsBy('visit:source', 'source', direct),
    visitsBy('visit:referrer', 'referrer'),
    visitsBy('visit:channel', 'channel'),
    visitsBy('visit:utm_source', 'utm_source'),
    visitsBy('visit:utm_medium', 'utm_medium'),
    visitsBy('visit:utm_campaign', 'utm_campaign'),
    visitsBy('visit:utm_term', 'utm_term'),
    visitsBy('visit:utm_content', 'utm_content'),
  ],
  pages: [
    {
      dimension: 'event:page',
      value: { column: 'page' },
      parts: {
        visitors: 'visitors',
        visits: 'visits',
        pageviews: 'pageviews',
        events: 'pageviews',
        scrollSum: ['total_scroll_depth', 100],
        scrolled: 'total_scroll_depth_visits',
        engagedMs: ['total_time_on_page', 1_000],
        engaged: 'total_time_on_page_visits',
      },
    },
  ],
  entry_pages: [
    {
      dimension: 'visit:entry_page',
      value: { column: 'entry_page' },
      parts: { ...VISIT, visits: 'entrances' },
    },
  ],
  exit_pages: [
    {
      dimension: 'visit:exit_page',
      value: { column: 'exit_page' },
      parts: { ...VISIT, visits: 'exits', exits: 'exits' },
    },
    { dimension: 'event:page', value: { column: 'exit_page' }, parts: { exits: 'exits' } },
  ],
  locations: [
    visitsBy('visit:country', 'country', country),
    visitsBy('visit:region', 'region'),
    visitsBy('visit:city', 'city', nameOnly),
  ],
  devices: [visitsBy('visit:device', 'device')],
  browsers: [
    visitsBy('visit:browser', 'browser', named),
    visitsBy('visit:browser_version', 'browser_version', major),
  ],
  operating_systems: [
    visitsBy('visit:os', 'operating_system', named),
    visitsBy('visit:os_version', 'operating_system_version'),
  ],
};

/** Browsers and people add to a name that is there already: ` (1)`, ` copy`, ` - Kopie`. */
const FILE_NAME =
  /(?:^|\/)imported_([a-z_]+?)(?:_\d{8}_\d{8})?(?:[ _-]*(?:\(\d+\)|copy|kopie|copie|copia|\d+))*\.csv(?:\.gz)?$/i;

/** The rules of a file of Plausible's export by its name, such as `imported_pages_20250101_20250630.csv`; null when it is none. */
export function plausibleRules(name: string): readonly TotalRule[] | null {
  const [, table = ''] = FILE_NAME.exec(name) ?? [];
  const known = table.toLowerCase();
  return Object.hasOwn(TABLES, known) ? (TABLES[known] ?? null) : null;
}
