import { createRequire } from 'node:module';
import { NONE } from '@footfall/core/dimension';
import type { Place } from '@footfall/core/lookups';
import { LRUCache } from 'lru-cache';
import { open } from 'maxmind';

const DATABASE = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';
const REMEMBERED = 50_000;

/** The record of this database; another one with cities has more. */
type CountryRecord = { country_code?: string };

/**
 * Opens the country database that npm installs (CC0) and answers a look-up of addresses. Addresses come truncated
 * to their network, which is as fine as the database is.
 */
export async function placeLookup(): Promise<(ip: string) => Place> {
  // The types of maxmind know its own databases' records only.
  const reader = await open(createRequire(import.meta.url).resolve(DATABASE));
  const cache = new LRUCache<string, Place>({ max: REMEMBERED });
  return (ip) => {
    let place = cache.get(ip);
    if (place === undefined) {
      const record = reader.get(ip) as CountryRecord | null;
      place = { country: record?.country_code || NONE, region: NONE, city: NONE };
      cache.set(ip, place);
    }
    return place;
  };
}
