import { expect, test } from 'vitest';
import { plausibleRules } from './plausible.ts';
import { collectMeasures, readTotals, rulesFor } from './totals.ts';

const DAY = '2026-01-03';
const totals = (file: string, row: Record<string, string>) =>
  readTotals(row, DAY, rulesFor(plausibleRules(file) ?? [], Object.keys(row)));

const VISITS = { visitors: '2', visits: '3', pageviews: '6', bounces: '1', visit_duration: '90' };
const COUNTS = { visitors: 2, visits: 3, pageviews: 6, events: 6, bounces: 1, durationMs: 90_000 };
const of = (dimension: string, value: string) => ({ day: DAY, dimension, value, counts: COUNTS });

test.each([
  ['imported_visitors_20260101_20260131.csv', true],
  ['export/imported_entry_pages_20260101_20260131.csv', true],
  ['imported_visitors.csv.gz', true],
  ['imported_visitors_20260101_20260131 (1).csv', true],
  ['imported_visitors_20260101_20260131(2).csv', true],
  ['imported_entry_pages_20260101_20260131 - Kopie.csv', true],
  ['imported_sources copy 2.csv', true],
  ['Imported_Visitors.CSV', true],
  ['imported_constructor.csv', false],
  ['imported_visitors.txt', false],
  ['visitors.csv', false],
])('%s is a table of Plausible: %s', (name, isOne) => {
  expect(plausibleRules(name) !== null).toBe(isOne);
});

test('each row of the table of sources is of every dimension that it has a column of', () => {
  const row = { date: DAY, source: '', referrer: '', utm_source: 'mail', ...VISITS };
  expect(totals('imported_sources.csv', row)).toEqual([
    of('visit:source', 'Direct / None'),
    of('visit:referrer', '(none)'),
    of('visit:utm_source', 'mail'),
  ]);
});

test('names, versions and places are as ours; a city that is a number is left out', () => {
  const browser = { browser: 'Microsoft Edge', browser_version: '120.0', ...VISITS };
  expect(totals('imported_browsers.csv', browser)).toEqual([
    of('visit:browser', 'Edge'),
    of('visit:browser_version', '120'),
  ]);
  expect(totals('imported_operating_systems.csv', { operating_system: 'Mac', ...VISITS })).toEqual([
    of('visit:os', 'macOS'),
  ]);
  const place = { country: 'DE', region: 'DE-BE', city: '2950159', ...VISITS };
  expect(totals('imported_locations.csv', place)).toEqual([
    of('visit:country', 'DE'),
    of('visit:region', 'DE-BE'),
  ]);
});

test('older exports lack columns, and then nothing is known of them', () => {
  const row = { page: '/', visitors: '2', visits: '3', pageviews: '6' };
  const rules = rulesFor(plausibleRules('imported_pages.csv') ?? [], Object.keys(row));
  expect(collectMeasures(rules)).toEqual({ 'event:page': ['visitors', 'visits', 'pageviews', 'events'] });
  const newer = {
    ...row,
    total_scroll_depth: '120',
    total_scroll_depth_visits: '2',
    total_time_on_page: '30',
    total_time_on_page_visits: '3',
  };
  expect(totals('imported_pages.csv', newer)).toMatchObject([
    { value: '/', counts: { scrollSum: 12_000, scrolled: 2, engagedMs: 30_000, engaged: 3 } },
  ]);
});

test.each(['x', '-1', '1e400'])('a count of %s is none', (visitors) => {
  expect(totals('imported_devices.csv', { device: 'Desktop', ...VISITS, visitors })).toBeNull();
});

test('visits that end on a page are exits of it, by either dimension', () => {
  const row = {
    exit_page: '/b',
    visitors: '1',
    pageviews: '3',
    bounces: '0',
    visit_duration: '5',
    exits: '2',
  };
  expect(totals('imported_exit_pages.csv', row)).toMatchObject([
    { dimension: 'visit:exit_page', value: '/b', counts: { visits: 2, exits: 2 } },
    { dimension: 'event:page', value: '/b', counts: { exits: 2 } },
  ]);
});

test('U+FEFF belongs to a value', () => {
  const row = { name: ' \ufeffBuy\ufeff ', visitors: '1', events: '1' };
  expect(totals('imported_custom_events.csv', row)?.[1]).toMatchObject({ value: '\ufeffBuy\ufeff' });
});

test('pages are written as events have them', () => {
  const page = { page: '/gr%c3%bc%C3%9Fe', visitors: '1', pageviews: '1' };
  expect(totals('imported_pages.csv', page)).toMatchObject([{ value: '/grüße' }]);
  const entry = { entry_page: '', entrances: '1', visitors: '1' };
  expect(totals('imported_entry_pages.csv', entry)).toMatchObject([{ value: '(none)' }]);
});
