import { describe, expect, test } from 'vitest';
import { COUNTRY_NAMES, namedRegion, REGION_LABELS, regionCode } from './place-name.ts';

describe('countries', () => {
  test.each([
    ['DE', 'Germany'],
    ['US', 'United States'],
    ['GB', 'United Kingdom'],
    ['CZ', 'Czechia'],
    ['TR', 'Türkiye'],
    ['XK', 'Kosovo'],
  ])('%s is %s', (code, name) => {
    expect(COUNTRY_NAMES.get(code)).toBe(name);
  });

  test.each(['DD', 'UK', 'FX', 'SU', 'EU', 'ZZ', 'XA', '(none)'])('%s has no name of its own', (code) => {
    expect(COUNTRY_NAMES.get(code)).toBeUndefined();
  });

  test('all of ISO 3166 have one, and no two the same', () => {
    expect(COUNTRY_NAMES.size).toBeGreaterThanOrEqual(249);
    expect(new Set(COUNTRY_NAMES.values()).size).toBe(COUNTRY_NAMES.size);
  });
});

describe('regions', () => {
  test.each([
    ['US-CA', 'California'],
    ['DE-BY', 'Bavaria'],
    ['FR-IDF', 'Île-de-France'],
    ['GB-ENG', 'England'],
    // Of two countries.
    ['NL-LI', 'Limburg, Netherlands'],
    ['BE-VLI', 'Limburg, Belgium'],
    // A town and the parish around it.
    ['EE-793', 'Tartu, EE-793'],
  ])('%s is %s', (code, name) => {
    expect(REGION_LABELS.get(code)).toBe(name);
  });

  test('no two have the same name', () => {
    expect(REGION_LABELS.size).toBeGreaterThan(5_000);
    expect(new Set(REGION_LABELS.values()).size).toBe(REGION_LABELS.size);
  });

  test.each([
    ['DE', 'bavaria', 'DE-BY'],
    ['NL', 'Limburg', 'NL-LI'],
    ['BE', 'Limburg', 'BE-VLI'],
    // As databases without codes write them.
    ['FR', 'Ile-de-France', 'FR-IDF'],
    ['DE', 'State of Berlin', 'DE-BE'],
    ['DE', 'Baden-Wurttemberg', 'DE-BW'],
    ['KR', 'Gyeonggi-do', 'KR-41'],
    ['SE', 'Skane', 'SE-M'],
    ['PL', 'Lodz Voivodeship', 'PL-10'],
    ['TR', 'Izmir Province', 'TR-35'],
    // Both are whole names of their own.
    ['RU', 'Moscow Oblast', 'RU-MOS'],
    ['RU', 'Moscow', 'RU-MOW'],
  ])('%s %s is %s', (country, name, code) => {
    expect(regionCode(country, name)).toBe(code);
  });

  test.each([
    ['DE', 'California'],
    ['DE', 'Province'],
    ['DE', ''],
    // A town and the parish around it are called so: nobody knows which is meant.
    ['EE', 'Tartu'],
  ])('%s %s is nobody’s name', (country, name) => {
    expect(regionCode(country, name)).toBeUndefined();
  });

  test('that no list knows are kept by name, never by that of a listed one', () => {
    expect(namedRegion('DE', 'Ruhr')).toBe('Ruhr');
    expect(namedRegion('DE', 'California')).toBe('California, Germany');
  });
});
