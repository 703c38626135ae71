import { isCurrency } from '@footfall/core/money';
import { describe, expect, it } from 'vitest';
import { formatsIn } from '#format/formats.ts';
import { currencies, timezones } from './choices.ts';
import { readableSites } from './site-label.ts';
import { trackingSnippet } from './snippet.ts';

describe('the time zones to choose from', () => {
  const zones = timezones();

  it('begin with UTC, by one name', () => {
    expect(zones[0]).toBe('Etc/UTC');
    expect(zones.filter((zone) => /UTC$/.test(zone))).toEqual(['Etc/UTC']);
  });

  it('are there once each, and all of them work', () => {
    expect(new Set(zones).size).toBe(zones.length);
    const broken = zones.filter((timeZone) => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone }).format(0) === '';
      } catch {
        return true;
      }
    });
    expect(broken).toEqual([]);
  });
});

describe('the currencies to choose from', () => {
  const { common, others } = currencies(formatsIn('de'));
  const codes = [...common, ...others].map(({ code }) => code);

  it('are there once each, those of most shops first', () => {
    expect(new Set(codes).size).toBe(codes.length);
    expect(common[0]).toEqual({ code: 'EUR', name: 'Euro' });
  });

  it('are all taken when they are chosen', () => {
    expect(codes.filter((code) => !isCurrency(code))).toEqual([]);
  });

  it('are named in the language of the reader', () => {
    const name = (locale: 'en' | 'de') =>
      currencies(formatsIn(locale)).common.find(({ code }) => code === 'CHF')?.name;
    expect([name('en'), name('de')]).toEqual(['Swiss Franc', 'Schweizer Franken']);
  });
});

describe('what is shown of a site', () => {
  it('is its line of script, from the collector that it sends to', () => {
    expect(trackingSnippet({ siteKey: 'sk_1' }, 'https://in.kiln.example')).toBe(
      '<script defer src="https://in.kiln.example/a.js" data-site="sk_1"></script>',
    );
  });

  it('is in menus its id and domain, and nothing that a browser has no use for', async () => {
    const site = { id: 'site_a', domain: 'kiln.example', siteKey: 'sk_1', tenantId: 'tenant_a' };
    const other = { ...site, id: 'site_b' };
    const tenant = { sites: { list: async () => [site, other] } };
    const read = (who: object) => readableSites({ tenant, ...who } as never);
    const label = { id: 'site_a', domain: 'kiln.example' };
    expect(await read({ role: 'viewer', sites: ['site_a'] })).toEqual([label]);
    expect(await read({ role: 'viewer', sites: 'all' })).toEqual([label, { ...label, id: 'site_b' }]);
    expect(await read({ role: 'billing', sites: 'all' })).toEqual([]);
  });
});
