import { NONE } from '@footfall/core/dimension';
import type { Product } from './browser.ts';
import { readVersion } from './product.ts';
import { SYSTEMS, WINDOWS_VERSIONS } from './system-names.ts';
import { findFirstWord, indexWords } from './word-index.ts';

const INDEX = indexWords(SYSTEMS);

/** Stands in the table where a system's user agents do not tell its version. */
const NO_VERSION = '-';

/** What Safari of iOS 26 and later says of its system; the version of Safari is that of iOS. */
const FROZEN_IOS = /^18\.[67]/;
const FIRST_THAWED = 26;

function readSafari(userAgent: string, frozen: string): string {
  const safari = readVersion(userAgent, 'Version/');
  return Number.parseInt(safari, 10) >= FIRST_THAWED ? safari : frozen;
}

/** The operating system that a user agent string names. `rest` is what is special in the string. */
export function findSystem(userAgent: string, rest: string): Product {
  const row = findFirstWord(INDEX, rest);
  if (row === undefined) return { name: NONE, version: NONE };
  const [text, name, behind = text] = row;
  if (behind === NO_VERSION) return { name, version: NONE };
  const version = readVersion(userAgent, behind);
  if (name === 'iOS')
    return { name, version: FROZEN_IOS.test(version) ? readSafari(userAgent, version) : version };
  return { name, version: name === 'Windows' ? (WINDOWS_VERSIONS[version] ?? NONE) : version };
}
