import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { NONE } from '@footfall/core/dimension';
import type { Place } from '@footfall/core/lookups';
import { isPublicAddress } from '@footfall/core/special-address';
import { every, type Repeated } from '@footfall/timing/every';
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

type Own = { database: OwnDatabase; find: FindPlace | null; state: string | null; damaged: FindPlace | null };

/** Asks one of the operator's databases, whose damage costs the place of an address and never the event. */
function askOwn(own: Own, ip: string): Place | undefined {
  const { database, find } = own;
  try {
    return find?.(ip);
  } catch (error) {
    // Said once for each content of the file.
    if (own.damaged !== find) database.onTrouble(error);
    own.damaged = find;
    return undefined;
  }
}

/** Reads one of the operator's databases where its file is not the one that was looked at last. */
async function renew(own: Own, cache: { clear(): void }): Promise<void> {
  const { file, onLoaded } = own.database;
  const state = await fileState(file).catch((error: unknown) => {
    // Said once: a file that is not there is not there the next time, too.
    if (own.state === 'absent') return 'absent';
    own.state = 'absent';
    throw error;
  });
  if (state === own.state) return;
  own.state = state;
  const { find, about } = await openGeoDatabase(file);
  own.find = find;
  cache.clear();
  onLoaded(about);
}

/** Looks at a file again and again; the promise is kept once it was looked at for the first time. */
async function keepCurrent(own: Own, cache: { clear(): void }): Promise<Repeated> {
  const { checkMs = CHECK_MS, onTrouble } = own.database;
  const first = Promise.withResolvers<void>();
  const check = () => renew(own, cache).finally(first.resolve);
  const checking = every(checkMs, check, onTrouble);
  await first.promise;
  return checking;
}

/**
 * Answers look-ups of addresses from the operator's databases, in their order, and after them from the one of countries that npm
 * installs (CC0). Files of the operator are read again when they change. The answer comes once all have been read, or could not be.
 * Private, documentation and other special addresses are nowhere, unless the operator's own database places them.
 */
export async function placeLookup(databases: readonly OwnDatabase[] = []): Promise<PlaceLookup> {
  const { find } = await openGeoDatabase(createRequire(import.meta.url).resolve(BUNDLED));
  const cache = new LRUCache<string, Place>({ max: REMEMBERED });
  const owns = databases.map((database): Own => ({ database, find: null, state: null, damaged: null }));
  const checking = await Promise.all(owns.map((own) => keepCurrent(own, cache)));
  const look = (ip: string): Place => {
    for (const own of owns) {
      const found = askOwn(own, ip);
      if (found !== undefined) return found;
    }
    // The database has countries of whoever registered a range for private use or for documentation.
    return isPublicAddress(ip) ? (find(ip) ?? NOWHERE) : NOWHERE;
  };
  return {
    place: (ip) => {
      let found = cache.get(ip);
      if (found === undefined) {
        found = look(ip);
        cache.set(ip, found);
      }
      return found;
    },
    close: async () => {
      await Promise.all(checking.map((one) => one.stop()));
    },
  };
}
