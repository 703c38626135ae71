import { FACT_COLUMNS } from '@footfall/core/dimension';
import { COUNT_PARTS, MONEY_PARTS } from '@footfall/core/part';
import { ROLL_UP_DIMENSIONS } from '@footfall/core/roll-up';
import { expect, test } from 'vitest';
import { rolledUp } from '../../contract.fixture.ts';
import { HISTORY, rollUpsSince } from './history.ts';

/** What version 1 of the scheme kept. */
const FIRST = {
  columns:
    'name page hostname source referrer channel utmSource utmMedium utmCampaign utmTerm utmContent device browser browserVersion os osVersion screen language country region city entryPage exitPage entryHostname bot userId',
  parts:
    'visitors pageviews events exits orders itemsSold visits bounces durationMs scrollSum scrolled engagedMs engaged revenue refunded revenueEvents',
  dimensions:
    '(all) visit:source visit:referrer visit:channel visit:utm_source visit:utm_medium visit:utm_campaign visit:utm_term visit:utm_content visit:device visit:browser visit:browser_version visit:os visit:os_version visit:screen visit:language visit:country visit:region visit:city visit:entry_page visit:exit_page visit:hostname event:name event:page event:hostname time:hour item:sku item:name item:category',
};

test('whatever came after the first version says with which, and the latest of them is no later than this one', () => {
  const first = new Set(Object.values(FIRST).flatMap((names) => names.split(' ')));
  const kept = [...FACT_COLUMNS, ...COUNT_PARTS, ...MONEY_PARTS, ...ROLL_UP_DIMENSIONS];
  const { version, keptSince, completeSince } = HISTORY;
  expect(kept.filter((name) => !first.has(name) && keptSince[name] === undefined)).toEqual([]);
  expect(Math.max(1, completeSince, ...Object.values(keptSince))).toBeLessThanOrEqual(version);
});

test('columns stand in packed facts in an order that only grows at its end', () => {
  expect(FACT_COLUMNS.slice(0, FIRST.columns.split(' ').length).join(' ')).toBe(FIRST.columns);
});

test('a question to roll-ups needs days of the version since which all that it asks for is kept', () => {
  const history = { keptSince: { 'visit:device': 3, browser: 2, exits: 4 } };
  const by = (name: 'visit:device' | 'visit:browser' | 'visit:os') =>
    rolledUp('site', { groupBy: [{ kind: 'dimension', dimension: { kind: 'column', name } }] });
  expect(
    [by('visit:device'), by('visit:browser'), by('visit:os')].map((one) => rollUpsSince(one, history)),
  ).toEqual([3, 2, 1]);
  expect(rollUpsSince(rolledUp('site', { parts: ['visitors', 'exits'] }), history)).toBe(4);
});
