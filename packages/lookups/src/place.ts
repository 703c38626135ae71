import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { NONE } from '@footfall/core/dimension';
import type { Place } from '@footfall/core/lookups';
import { every } from '@footfall/timing/every';
import { LRUCache } from 'lru-cache';
import { type FindPlace, openGeoDatabase } from './geo-database.ts';

const BUNDLED = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';
const REMEMBERED = 50_000;
const NOWHERE: Place = { country: NONE, region: NONE, city: NONE };

/** A database of the operator, beside the one of countries that npm installs. */
export type OwnDatabase = {
  file: string;
  /** How often the file is looked at, milliseconds. */
  checkMs?: number;
  /** Says which database is in use from now on. */
  onLoaded(about: string): void;
  /** Hears what is wrong with the file; what was read last stays in use. */
  onTrouble(error: unknown): void;
};

export type PlaceLookup = {
  /** Addresses come truncated to their network, which is as fine as databases are. */
  place(ip: string): Place;
  /** No longer looks at the operator's file. */
  close(): Promise<void>;
};

const CHECK_MS = 10_000;

/** What tells one content of a file from the next without reading it. */
async function fileState(file: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(file);
  return `${mtimeMs} ${size} ${ino}`;
}

type Own = { find: FindPlace | null; state: string | null };

/** Asks the operator's database, whose damage costs the place of an address and never the event. */
function askOwn({ find }: Own, ip: string, onTrouble: (error: unknown) => void): Place | undefined {
  try {
    return find?.(ip);
  } catch (error) {
    onTrouble(error);
    return undefined;
  }
}

/**
 * Answers look-ups of addresses from the country database that npm installs (CC0) and, before it, from the operator's, which is read
 * again when its file changes. The answer comes once both have been read, or the operator's could not be.
 */
export async function placeLookup(own?: OwnDatabase): Promise<PlaceLookup> {
  const { find } = await openGeoDatabase(createRequire(import.meta.url).resolve(BUNDLED));
  const cache = new LRUCache<string, Place>({ max: REMEMBERED });
  const inUse: Own = { find: null, state: null };
  let reported: FindPlace | null = null;
  const onDamage = (error: unknown) => {
    // Once for each file.
    if (reported !== inUse.find) own?.onTrouble(error);
    reported = inUse.find;
  };
  const place = (ip: string): Place => {
    let found = cache.get(ip);
    if (found === undefined) {
      found = askOwn(inUse, ip, onDamage) ?? find(ip) ?? NOWHERE;
      cache.set(ip, found);
    }
    return found;
  };
  if (own === undefined) return { place, close: async () => undefined };
  const first = Promise.withResolvers<void>();
  const check = async () => {
    try {
      await renew(own, inUse, cache);
    } finally {
      first.resolve();
    }
  };
  const checking = every(own.checkMs ?? CHECK_MS, check, own.onTrouble);
  await first.promise;
  return { place, close: () => checking.stop() };
}

/** Reads the operator's database where its file is not the one that was looked at last. */
async function renew({ file, onLoaded }: OwnDatabase, inUse: Own, cache: { clear(): void }): Promise<void> {
  const state = await fileState(file).catch((error: unknown) => {
    // Said once: a file that is not there is not there the next time, too.
    if (inUse.state === 'absent') return 'absent';
    inUse.state = 'absent';
    throw error;
  });
  if (state === inUse.state) return;
  inUse.state = state;
  const { find, about } = await openGeoDatabase(file);
  inUse.find = find;
  cache.clear();
  onLoaded(about);
}
