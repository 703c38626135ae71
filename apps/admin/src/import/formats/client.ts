import { statedAddress } from '@footfall/core/ip';
import { addressPurpose } from '@footfall/core/special-address';

/** Entries that are looked at: nobody has as many proxies. */
const MAX_ENTRIES = 32;
/** Longer than any list of that many addresses. */
const MAX_LENGTH = 2_000;

/** What proxies write of whom they do not know or do not name. */
const NOBODY = /^(?:unknown|-|_[\w.-]*|)$/i;

function entries(list: string): string[] {
  return list
    .slice(0, MAX_LENGTH)
    .split(',', MAX_ENTRIES)
    .map((entry) => entry.trim().replace(/^"(.*)"$/, '$1'));
}

/** Whether a text is a list of addresses as `X-Forwarded-For` has it, with an address at least. */
export function isAddressList(text: string): boolean {
  const all = entries(text);
  const stated = all.filter((entry) => statedAddress(entry) !== undefined);
  return stated.length > 0 && all.every((entry) => NOBODY.test(entry) || statedAddress(entry) !== undefined);
}

/** A name that a server looked up for an address, as Apache's `HostnameLookups` does. */
const NAME = /^[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?$/i;

/**
 * Whom a request was of: the first public address of lists as logs have them (`8.8.8.8, 10.0.0.1`), since what stands behind it are
 * proxies; without a public one the first that is not of an own network, else the first. A host name stands for an address where there
 * is none. Never more than one address, and undefined where nothing of that is there.
 */
export function clientInLists(lists: readonly (string | undefined)[]): string | undefined {
  const all = lists.flatMap((list) => (list === undefined ? [] : entries(list)));
  const addresses = all.flatMap((entry) => statedAddress(entry) ?? []);
  const purposes = addresses.map(addressPurpose);
  const rank = (['public', 'reserved', 'internal'] as const).find((purpose) => purposes.includes(purpose));
  if (rank !== undefined) return addresses[purposes.indexOf(rank)];
  return all.find((entry) => NAME.test(entry) && !NOBODY.test(entry));
}
