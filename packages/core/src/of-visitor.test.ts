import { describe, expect, it } from 'vitest';
import { matchVisitor } from './of-visitor.ts';
import { storedEvent } from './stored-event.fixture.ts';
import { statedVisitorId, statedVisitorKey } from './visitor.ts';

const SECRET = 'x'.repeat(32);
const [first, second] = [statedVisitorKey(SECRET), statedVisitorKey(SECRET, new Uint8Array(32))];
const keyFor = (day: string) => (day < '2026-02-01' ? first : second);
const siteId = 'site_a';
const isOfAnn = matchVisitor({ siteId, visitor: 'customer-7' }, keyFor);

/** An event of somebody whom the shop named, on a local day, at an instant. */
function stated(visitor: string, day: string, at: string, of = siteId) {
  const id = statedVisitorId(keyFor(day), { siteId: of, day, visitor });
  return storedEvent({ id: 'e', siteId: of, visitor: id, occurredAt: Date.parse(at) });
}

describe('the events of somebody by the shop’s id', () => {
  it.each([
    ['2026-01-05', '2026-01-05T12:00:00Z', 'in the middle of a day'],
    ['2026-01-06', '2026-01-05T12:30:00Z', 'in Auckland, where it is tomorrow'],
    ['2026-01-04', '2026-01-05T08:00:00Z', 'in Honolulu, where it is yesterday'],
    ['2026-02-01', '2026-02-01T12:00:00Z', 'after the key was changed'],
  ])('are found on %s at %s, %s', (day, at) => {
    expect(isOfAnn(stated('customer-7', day, at))).toBe(true);
    expect(isOfAnn(stated('customer-8', day, at))).toBe(false);
    expect(isOfAnn(stated('customer-7', day, at, 'site_b'))).toBe(false);
  });

  it('are those that name them as the user, too', () => {
    const event = stated('another', '2026-01-05', '2026-01-05T12:00:00Z');
    expect(isOfAnn({ raw: { ...event.raw, user: 'customer-7' } })).toBe(true);
    expect(isOfAnn({ raw: { ...event.raw, user: 'customer-70' } })).toBe(false);
  });
});
