import { readFile } from 'node:fs/promises';
import { NONE } from '@footfall/core/dimension';
import { failures } from '@footfall/core/failure';
import type { Place } from '@footfall/core/lookups';
import { namedRegion, regionCode } from '@footfall/core/place-name';
import { Reader } from 'maxmind';

const geoFailure = failures({ geo_database_unusable: { status: 500, retriable: true } });

type Names = { en?: unknown };
type Named = { iso_code?: unknown; names?: Names };

/** A record of the databases that are known: MaxMind's and DB-IP's nest, those of ip-location-db are flat. */
type PlaceRecord = {
  country?: Named;
  subdivisions?: readonly Named[];
  city?: Named | string;
  country_code?: unknown;
  state1?: unknown;
};

/** What a database says of an address; undefined where it does not know it. */
export type FindPlace = (ip: string) => Place | undefined;

export type GeoDatabase = {
  find: FindPlace;
  /** What it says of itself, for the log. */
  about: string;
};

/** Longer than any name of a place; a record is somebody else's text. */
const MAX_LENGTH = 120;

/** A text of a record; empty where it is none. */
const readText = (value: unknown): string =>
  typeof value === 'string' ? value.trim().slice(0, MAX_LENGTH).toWellFormed().replaceAll('\0', '') : '';

/** A region by its ISO 3166-2 code, else by its name: databases without codes spell most as lists with codes do. */
function readRegion(country: string, { iso_code, names }: Named): string {
  const code = readText(iso_code).toUpperCase();
  if (/^[A-Z0-9]{1,3}$/.test(code)) return `${country}-${code}`;
  const name = readText(names?.en);
  return name === '' ? NONE : (regionCode(country, name) ?? namedRegion(country, name));
}

/** What a record says of a place; undefined without a country. */
export function readPlace(record: PlaceRecord): Place | undefined {
  const country = readText(record.country?.iso_code ?? record.country_code).toUpperCase();
  // ZZ is ISO 3166's for "unknown", and what some databases say of private networks.
  if (!/^[A-Z]{2}$/.test(country) || country === 'ZZ') return undefined;
  const { city, state1, subdivisions: [subdivision = { names: { en: state1 } }] = [] } = record;
  return {
    country,
    region: readRegion(country, subdivision),
    city: readText(typeof city === 'object' ? city?.names?.en : city) || NONE,
  };
}

/** Addresses all over the world: what is damaged in the midst is found before it is asked for. */
const PROBES = Array.from({ length: 223 }, (_, index) => `${index + 1}.1.1.0`);

/**
 * Reads a database of places in MaxMind's format (MMDB) whole into memory.
 * @throws Failure `geo_database_unusable` that says what is wrong with the file
 */
export async function openGeoDatabase(file: string): Promise<GeoDatabase> {
  try {
    const reader = new Reader<never>(await readFile(file));
    const hasIpv6 = reader.metadata.ipVersion === 6;
    const find: FindPlace = (ip) => {
      // In a tree of IPv4 the beginning of another address leads to somebody else's.
      if (!hasIpv6 && ip.includes(':')) return undefined;
      const record = reader.get(ip) as PlaceRecord | null;
      return record === null ? undefined : readPlace(record);
    };
    for (const ip of PROBES) find(ip);
    const { databaseType, buildEpoch } = reader.metadata;
    return { find, about: `${databaseType} of ${buildEpoch.toISOString().slice(0, 10)}` };
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
    throw geoFailure(
      'geo_database_unusable',
      `${file} cannot be read as a database in MaxMind's format: ${reason}`,
      {
        where: 'GEO_DATABASE',
        cause,
      },
    );
  }
}
