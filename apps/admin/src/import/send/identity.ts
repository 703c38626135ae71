import { statedAddress } from '@footfall/core/ip';
import { derivedKey, keyedHash } from '@footfall/core/keyed-hash';
import { localDay } from '@footfall/core/zone';
import type { ImportedEvent } from '../formats/parsed.ts';
import { plainText } from '../formats/plain-text.ts';

/** Of base64url: 132 bits. */
const LETTERS = 22;
/** Distinct records that are remembered, at least; equal ones that lie further apart count as one. */
const REMEMBERED = 500_000;

/** The key that everything an import makes of addresses is hashed with, derived from the installation's secret. */
export function importKey(secret: string): Uint8Array {
  return derivedKey(secret, 'import');
}

/** How often each text was counted before, of those that were seen lately. */
export function occurrences(remembered = REMEMBERED): (text: string) => number {
  let [now, before] = [new Map<string, number>(), new Map<string, number>()];
  return (text) => {
    const seen = now.get(text) ?? before.get(text) ?? 0;
    now.set(text, seen + 1);
    if (now.size >= remembered) [now, before] = [new Map(), now];
    return seen;
  };
}

export type Whose = { key: Uint8Array; siteId: string; timezone: string; format: string };

/** What an event was made of: its text, and what tells it from all others if it has such a thing. */
type Recorded = { text: string; identity: string | undefined };

/** Who it was on that day, when a record names an address or an agent but nobody. */
function deriveVisitor(event: ImportedEvent, { key, siteId, timezone }: Whose): string | undefined {
  const { visitor, ip, user_agent: agent, timestamp, ts } = event;
  if (visitor !== undefined || (ip === undefined && agent === undefined)) return undefined;
  const at = timestamp ?? ts;
  const isInstant = typeof at === 'number' && Number.isFinite(at) && Math.abs(at) < 8.64e15;
  const day = isInstant ? localDay(timezone, at) : '';
  return keyedHash(
    key,
    ['visitor', siteId, day, statedAddress(plainText(ip)) ?? plainText(ip), plainText(agent)],
    LETTERS,
  );
}

/**
 * Gives the events of one file their ids and visitors, in the order of its records. An id is a keyed hash of the site, the format, the
 * record and how often an equal one came before in this file: the same records have the same ids under whatever name the file comes,
 * and two equal lines of a log stay two hits. Keyed, since a line holds an address that a bare hash would give away to whoever tries
 * them all.
 */
export function identifier(whose: Whose): (event: ImportedEvent, record: Recorded) => ImportedEvent {
  const seen = occurrences();
  const { key, siteId, format } = whose;
  return (event, { text, identity }) => {
    const visitor = deriveVisitor(event, whose);
    const known = visitor === undefined ? event : { ...event, visitor };
    if (event.id !== undefined) return known;
    const base = keyedHash(key, ['event', siteId, format, identity ?? text], LETTERS);
    const nth = identity === undefined ? seen(base) : 0;
    return { ...known, id: nth === 0 ? base : keyedHash(key, ['again', base, String(nth)], LETTERS) };
  };
}
