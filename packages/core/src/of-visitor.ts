import type { StoredEvent } from './stored-event.ts';
import { statedVisitorId } from './visitor.ts';
import { addDays } from './zone.ts';

/** Longest id that a sender may state, characters. */
export const MAX_STATED_ID = 128;

/**
 * Tells the events of somebody by the id that the shop calls them: stated as the visitor, so that it became the id of a day, or as the
 * user, which is stored as it came. `keyFor` is the key of a local day's ids. Visitors whom nobody named cannot be found so.
 */
export function matchVisitor(
  { siteId, visitor }: { siteId: string; visitor: string },
  keyFor: (day: string) => Uint8Array,
): (event: Pick<StoredEvent, 'raw'>) => boolean {
  // Each is a hash; events come day by day.
  const known = new Map<string, ReadonlySet<string>>();
  const idsAround = (day: string): ReadonlySet<string> => {
    const ids = known.get(day);
    if (ids !== undefined) return ids;
    // The local day of any zone, also of one that the site had before, is this day of UTC or one beside it.
    const days = [addDays(day, -1), day, addDays(day, 1)];
    const made = new Set(days.map((one) => statedVisitorId(keyFor(one), { siteId, day: one, visitor })));
    known.clear();
    known.set(day, made);
    return made;
  };
  return ({ raw }) =>
    raw.user === visitor || idsAround(new Date(raw.occurredAt).toISOString().slice(0, 10)).has(raw.visitor);
}
