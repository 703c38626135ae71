import { parseQuery } from '@footfall/core/query/parse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiFilters, parseFilters, refined, toParameters } from './address.ts';
import { BREAKDOWN_NAMES, BREAKDOWNS, chosenTab, listTabs, PANEL_NAMES } from './breakdown.ts';

const parameters = (text: string) => new URLSearchParams(text);

describe('an address of the overview', () => {
  it('keeps everything else when one thing changes', () => {
    expect(refined(parameters('period=7d&country=DE'), { set: { period: '28d' } })).toBe(
      '?period=28d&country=DE',
    );
    expect(refined(parameters('period=7d'), { set: { period: null } })).toBe('');
  });

  it('adds a filter and takes the same one away', () => {
    const added = refined(parameters('country=DE'), { toggle: { name: 'country', value: 'AT' } });
    expect(added).toBe('?country=DE&country=AT');
    expect(refined(parameters(added), { toggle: { name: 'country', value: 'DE' } })).toBe('?country=AT');
  });

  it('brings any value back as it was', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BREAKDOWN_NAMES), fc.string({ unit: 'grapheme' }), (name, value) => {
        const address = refined(parameters('period=day'), { toggle: { name, value } });
        expect(parseFilters(parameters(address))).toEqual([{ name, value }]);
      }),
    );
  });

  it('reads repeated parameters as Next hands them over', () => {
    expect(toParameters({ country: ['DE', 'AT'], period: '7d', metric: undefined }).toString()).toBe(
      'country=DE&country=AT&period=7d',
    );
  });
});

describe('the filters of an address', () => {
  it('are alternatives within a list and all to hold across lists', () => {
    expect(apiFilters(parseFilters(parameters('country=DE&page=/p/mug&country=AT')))).toEqual([
      ['is', 'event:page', ['/p/mug']],
      ['is', 'visit:country', ['DE', 'AT']],
    ]);
  });
});

describe('the lists of the overview', () => {
  it('ask for dimensions that the API knows', () => {
    const site = { id: 's', timezone: 'Etc/UTC', generation: 1, currency: 'EUR', goals: [] };
    for (const { dimension } of Object.values(BREAKDOWNS)) {
      const body = { metrics: ['visitors'], date_range: 'day', dimensions: [dimension] };
      expect(() => parseQuery(body, { site, now: 0 })).not.toThrow();
    }
  });

  it('each stand behind a tab of their own', () => {
    const tabs = Object.values(BREAKDOWNS).map(({ panel, tab }) => `${panel}=${tab}`);
    expect(new Set(tabs).size).toBe(tabs.length);
    expect(PANEL_NAMES.every((panel) => listTabs(panel).length > 0)).toBe(true);
  });

  it('show the first tab unless the address names another', () => {
    expect(chosenTab('pages', parameters(''))).toBe('page');
    expect(chosenTab('pages', parameters('pages=exit'))).toBe('exit_page');
    expect(chosenTab('pages', parameters('pages=browsers'))).toBe('page');
  });
});
