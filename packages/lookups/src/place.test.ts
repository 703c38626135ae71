import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NONE } from '@footfall/core/dimension';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readPlace } from './geo-database.ts';
import { mmdb } from './mmdb.fixture.ts';
import { type PlaceLookup, placeLookup } from './place.ts';

const LONDON = {
  city: { geoname_id: 2_643_743, names: { en: 'London', de: 'London' } },
  country: { iso_code: 'GB', names: { en: 'United Kingdom' } },
  subdivisions: [{ iso_code: 'ENG', names: { en: 'England' } }],
};
const MUNICH = { country_code: 'DE', state1: 'Bavaria', state2: 'Upper Bavaria', city: 'Munich' };

const bundled = placeLookup();

describe('a record', () => {
  test.each([
    ['of MaxMind', LONDON, ['GB', 'GB-ENG', 'London']],
    [
      'of DB-IP, whose regions have no codes',
      { ...LONDON, subdivisions: [{ names: { en: 'England' } }] },
      ['GB', 'GB-ENG', 'London'],
    ],
    ['of ip-location-db', MUNICH, ['DE', 'DE-BY', 'Munich']],
    ['of a region that no list knows', { ...MUNICH, state1: 'Ruhr' }, ['DE', 'Ruhr', 'Munich']],
    [
      'of a region that is called like another country’s',
      { ...MUNICH, state1: 'California' },
      ['DE', 'California, Germany', 'Munich'],
    ],
    ['of countries only', { country: { iso_code: 'FR' } }, ['FR', NONE, NONE]],
    ['of a flat list of countries', { country_code: 'fr', city: '', state1: '' }, ['FR', NONE, NONE]],
    ['with what is not text', { country_code: 'FR', city: 7, state1: ['x'] }, ['FR', NONE, NONE]],
  ])('%s', (_, record, [country, region, city]) => {
    expect(readPlace(record as never)).toEqual({ country, region, city });
  });

  test.each([{}, { country: {} }, { country_code: 'Germany' }, { country_code: 'ZZ' }, { asn: 15_169 }])(
    '%j says no place',
    (record) => {
      expect(readPlace(record as never)).toBeUndefined();
    },
  );
});

test.each([
  '10.0.0.0',
  '127.0.0.0',
  '172.16.5.0',
  '172.17.0.0',
  '172.31.255.0',
  '192.168.0.0',
  '192.168.1.0',
  '192.0.2.0',
  '198.51.100.0',
  '203.0.113.0',
  '::ffff:192.168.1.7',
  '::ffff:ac11:2',
  '2001:2::',
  '2001:db8:1::',
  '2620:4f:8000::',
  'fd00:1::',
])('the private or documentation address %s is in no country', async (ip) => {
  const { place } = await bundled;
  expect(place(ip)).toEqual({ country: NONE, region: NONE, city: NONE });
});

test('its neighbours are where they are', async () => {
  const { place } = await bundled;
  const countries = ['172.32.0.0', '192.169.0.0', '2003:1::'].map((ip) => place(ip).country);
  expect(countries).toEqual(['US', 'US', 'DE']);
});

describe('a database of the operator', () => {
  let folder: string;
  let file: string;
  let lookup: PlaceLookup | undefined;
  const onLoaded = vi.fn();
  const onTrouble = vi.fn();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'geo-'));
    file = join(folder, 'city.mmdb');
    onLoaded.mockReset();
    onTrouble.mockReset();
  });
  afterEach(async () => {
    await lookup?.close();
    await rm(folder, { recursive: true });
  });

  const open = async (content?: Buffer | string) => {
    if (content !== undefined) await writeFile(file, content);
    lookup = await placeLookup([{ file, checkMs: 5, onLoaded, onTrouble }]);
    return lookup;
  };
  /** As operators are told to: the new file takes the place of the old one at once. */
  const replace = async (content: Buffer | string) => {
    await writeFile(`${file}.new`, content);
    await rename(`${file}.new`, file);
  };

  test('says regions and cities, of IPv4 and IPv6, and leaves to the bundled one what it does not know', async () => {
    const { place } = await open(mmdb({ '81.2.69.0/24': LONDON, '2001:db8::/32': MUNICH }));
    expect(place('81.2.69.0')).toEqual({ country: 'GB', region: 'GB-ENG', city: 'London' });
    expect(place('2001:db8:1::')).toEqual({ country: 'DE', region: 'DE-BY', city: 'Munich' });
    expect(place('8.8.8.0')).toEqual({ country: 'US', region: NONE, city: NONE });
    expect(place('10.0.0.0')).toEqual({ country: NONE, region: NONE, city: NONE });
    expect(onLoaded).toHaveBeenCalledExactlyOnceWith('Test-City of 2026-01-05');
    expect(onTrouble).not.toHaveBeenCalled();
  });

  test('may have places of private networks', async () => {
    const { place } = await open(mmdb({ '10.1.0.0/16': MUNICH }));
    expect([place('10.1.2.0').city, place('10.2.0.0').country]).toEqual(['Munich', NONE]);
  });

  test('may be two, one of IPv4 and one of IPv6; none answers for addresses of the other', async () => {
    const [four, six] = [join(folder, '4.mmdb'), join(folder, '6.mmdb')];
    // The first 32 bits of the address of IPv6 are those of this network.
    await writeFile(four, mmdb({ '32.1.13.0/24': LONDON, '81.2.69.0/24': LONDON }, 4));
    await writeFile(six, mmdb({ '2a00::/16': MUNICH }));
    lookup = await placeLookup([four, six].map((one) => ({ file: one, checkMs: 5, onLoaded, onTrouble })));
    const { place } = lookup;
    expect([place('81.2.69.0').city, place('2a00:1::').city, place('2001:db8::').city]).toEqual([
      'London',
      'Munich',
      NONE,
    ]);
    expect(onLoaded).toHaveBeenCalledTimes(2);
  });

  test('is read again when its file changes', async () => {
    const { place } = await open(mmdb({ '81.2.69.0/24': LONDON }));
    expect(place('81.2.69.0').city).toBe('London');
    await replace(mmdb({ '81.2.69.0/24': MUNICH }));
    await expect.poll(() => place('81.2.69.0').city).toBe('Munich');
    expect(onLoaded).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['is text', 'not a database'],
    ['is empty', ''],
    ['is cut off', mmdb({ '81.2.69.0/24': LONDON }).subarray(0, 700)],
    ['is cut off at its beginning', mmdb({ '81.2.69.0/24': LONDON }).subarray(300)],
    ['is damaged in the midst', mmdb({ '81.2.69.0/24': LONDON }).fill(255, 0, 600)],
  ])(
    'that %s is said once in a clear line, and the last good one stays until there is a better',
    async (_, bad) => {
      const { place } = await open(mmdb({ '81.2.69.0/24': LONDON }));
      await replace(bad);
      await expect.poll(() => onTrouble.mock.calls.length).toBe(1);
      expect(String(onTrouble.mock.calls[0]?.[0])).toContain(
        `${file} cannot be read as a database in MaxMind's format`,
      );
      expect(place('81.2.69.0').city).toBe('London');
      await replace(mmdb({ '81.2.69.0/24': MUNICH }));
      await expect.poll(() => place('81.2.69.0').city).toBe('Munich');
      expect(onTrouble).toHaveBeenCalledTimes(1);
    },
  );

  test('that is not there at the start is said once, countries are known all the same, and it is taken when it comes', async () => {
    const { place } = await open();
    expect(place('8.8.8.0').country).toBe('US');
    await writeFile(file, mmdb({ '8.8.8.0/24': LONDON }));
    await expect.poll(() => place('8.8.8.0').city).toBe('London');
    expect(onTrouble).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'ENOENT' }));
  });

  test('is left alone once it is closed', async () => {
    const { place, close } = await open(mmdb({ '81.2.69.0/24': LONDON }));
    await close();
    await replace(mmdb({ '81.2.69.0/24': MUNICH }));
    const later = await placeLookup([{ file, checkMs: 5, onLoaded, onTrouble }]);
    expect(later.place('81.2.69.0').city).toBe('Munich');
    await later.close();
    expect(place('81.2.69.0').city).toBe('London');
  });
});
