import { buildLedger } from '@footfall/core/ledger';
import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { localDay } from '@footfall/core/zone';
import type { OpenRemoval, Portion } from '@footfall/db/count/removal';
import type { RemovedDay } from '@footfall/db/count/removed';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { previewRemoval, type RemovalPorts, workOn } from './work.ts';

const HOUR = 3_600_000;
const RECEIVED = Date.parse('2026-05-04T12:00:00Z');
const ZONE = 'Europe/Berlin';

type Sent = { sender: string | null; ago: number; at: number; visitor: string; bot: boolean };

class Killed extends Error {}

const toEvent = ({ sender, ago, at, visitor, bot }: Sent, n: number): StoredEvent => {
  const raw = { id: `e${n}`, siteId: 's', visitor, occurredAt: at, receivedAt: RECEIVED - ago };
  return storedEvent({ ...raw, ...(sender === null ? {} : { sender }) }, { bot });
};

const newRemoval = (
  sender: string | null,
  [from, to]: [number, number],
  state: OpenRemoval['state'],
): OpenRemoval => ({
  ...{ id: 'r', siteId: 's', zone: ZONE, receivedFrom: from, receivedTo: to, sender, state },
  ...{ nextFrom: null, firstAt: null, lastAt: null, found: null, sealedVisitor: null },
});

/**
 * An event store, a log, a ledger and the notes of a removal in memory, which outlive whoever works on it: each effect asks `kill`
 * first and afterwards whether that one dies there.
 */
function installation(sent: readonly Sent[], kill: () => boolean) {
  let events = sent.map(toEvent);
  // When the last event of a visitor-day was deleted, and when that was told, by one count.
  const [deletedAt, touchedAt] = [new Map<string, number>(), new Map<string, number>()];
  let step = 0;
  const removed: RemovedDay[] = [];
  let removal: OpenRemoval | null = null;
  let portion: Portion | null = null;
  let clock = 0;
  const effect = async <T>(work: () => T): Promise<T> => {
    if (kill()) throw new Killed();
    const result = work();
    clock += 1_000;
    if (kill()) throw new Killed();
    return result;
  };
  const times = () => events.map(({ raw }) => raw.occurredAt);
  const ports: RemovalPorts = {
    now: () => clock,
    store: {
      span: async () =>
        events.length === 0 ? null : { from: Math.min(...times()), to: Math.max(...times()) },
      scanSite: async function* (_, { from, to }) {
        const found = events.filter(({ raw }) => raw.occurredAt >= from && raw.occurredAt < to);
        if (found.length > 0) yield found;
      },
      deleteEvents: (_, gone) =>
        effect(() => {
          const ids = new Set(gone.map(({ id }) => id));
          step += 1;
          for (const { raw } of events.filter(({ raw: { id } }) => ids.has(id)))
            deletedAt.set(`${localDay(ZONE, raw.occurredAt)} ${raw.visitor}`, step);
          events = events.filter(({ raw }) => !ids.has(raw.id));
          return ids.size;
        }),
    },
    log: {
      append: (records) =>
        effect(() => {
          step += 1;
          for (const { value } of records) {
            const { day, visitor } = JSON.parse(value) as { day: string; visitor: string };
            touchedAt.set(`${day} ${visitor}`, step);
          }
        }),
    },
    notes: {
      save: (next) =>
        effect(() => {
          if (removal === null) return false;
          removal = next;
          return true;
        }),
      end: () =>
        effect(() => {
          removal = null;
        }),
      readPortion: async () => portion,
      beginPortion: (next) =>
        effect(() => {
          expect(portion).toBeNull();
          portion = next;
        }),
      finishPortion: () =>
        effect(() => {
          if (portion !== null) removed.push(...portion.days);
          portion = null;
        }),
    },
  };
  /** Works until it is done, however often who works is killed; answers how often that was. */
  const run = async (start: OpenRemoval): Promise<number> => {
    removal = start;
    let kills = 0;
    while (removal !== null) {
      try {
        await workOn(removal, ports, 5_000);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        kills += 1;
      }
    }
    return kills;
  };
  const add = (event: StoredEvent) => {
    events = [...events, event];
  };
  return { ports, deletedAt, touchedAt, removed, events: () => events, add, run, portion: () => portion };
}

const sentEvents = fc.array(
  fc.record({
    sender: fc.constantFrom(null, 'site_key', 'key_1'),
    ago: fc.integer({ min: 0, max: 10 * HOUR }),
    at: fc.integer({ min: RECEIVED - 40 * 24 * HOUR, max: RECEIVED }),
    visitor: fc.constantFrom('a', 'b'),
    bot: fc.boolean(),
  }),
  { maxLength: 30 },
);
const senders = fc.constantFrom(null, 'site_key', 'key_1');
const spans = fc
  .tuple(fc.nat(10 * HOUR), fc.nat(10 * HOUR))
  .map(([x, y]): [number, number] => [RECEIVED - Math.max(x, y), RECEIVED - Math.min(x, y)]);

const isMeant = (event: StoredEvent, sender: string | null, [from, to]: [number, number]) =>
  event.raw.receivedAt >= from &&
  event.raw.receivedAt < to &&
  (sender === null || event.raw.sender === sender);

test('what was received in a span of time by a sender is gone, and nothing else, wherever who works is killed: all is counted once, each day folded after the last deletion', async () => {
  let killed = 0;
  await fc.assert(
    fc.asyncProperty(
      sentEvents,
      spans,
      senders,
      fc.array(fc.nat(20), { maxLength: 6 }),
      async (sent, span, sender, kills) => {
        // A kill after so many chances, each time anew.
        const waits = [...kills];
        const shop = installation(sent, () => {
          if (waits.length === 0) return false;
          if (waits[0] === 0) return waits.shift() === 0;
          waits[0] = (waits[0] as number) - 1;
          return false;
        });
        const before = shop.events();
        const meant = before.filter((event) => isMeant(event, sender, span));
        const found = await previewRemoval(
          { siteId: 's', from: span[0], to: span[1], sender },
          ZONE,
          shop.ports,
        );
        expect(found.events).toBe(meant.length);
        killed += await shop.run(newRemoval(sender, span, 'removing'));
        expect(shop.portion()).toBeNull();
        expect(shop.events()).toEqual(before.filter((event) => !meant.includes(event)));
        expect(shop.removed.reduce((sum, day) => sum + day.events, 0)).toBe(meant.length);
        expect(shop.removed.reduce((sum, day) => sum + day.counted, 0)).toBe(
          meant.filter(({ derived }) => !derived.bot).length,
        );
        expect([...shop.touchedAt.keys()].sort()).toEqual([...shop.deletedAt.keys()].sort());
        expect(shop.deletedAt.size).toBe(found.visitors);
        for (const [visitorDay, at] of shop.deletedAt)
          expect(shop.touchedAt.get(visitorDay)).toBeGreaterThan(at);

        const counts = new Map([
          ['stored', before.length],
          ['removed', meant.length],
        ]);
        const ledger = buildLedger(counts, 0);
        expect(ledger.received).toBe(ledger.stored + ledger.pending);
      },
    ),
    { numRuns: 300 },
  );
  expect(killed).toBeGreaterThan(50);
});

test('a look that was cut off goes on where it was, and finds what one look finds', async () => {
  await fc.assert(
    fc.asyncProperty(sentEvents, spans, senders, async (sent, span, sender) => {
      let chances = 0;
      const shop = installation(sent, () => {
        chances += 1;
        return chances % 5 === 0;
      });
      const whole = await previewRemoval(
        { siteId: 's', from: span[0], to: span[1], sender },
        ZONE,
        shop.ports,
      );
      let last: OpenRemoval['found'] = null;
      const { save } = shop.ports.notes;
      shop.ports.notes.save = (removal) => {
        last = removal.found;
        return save(removal);
      };
      await shop.run(newRemoval(sender, span, 'counting'));
      expect(last ?? whole).toEqual(whole);
      expect(shop.events()).toHaveLength(sent.length);
    }),
  );
});

test('an id that was sent again after a kill, before the rest is done, stays', async () => {
  const sent = { sender: 'site_key', ago: HOUR, at: RECEIVED - 2 * HOUR, visitor: 'a', bot: false };
  let deleted = false;
  const shop = installation([sent], () => {
    if (deleted || shop.events().length > 0) return false;
    deleted = true;
    return true;
  });
  const span: [number, number] = [RECEIVED - 2 * HOUR, RECEIVED - HOUR / 2];
  const again = toEvent({ ...sent, ago: 0 }, 0);
  const { readPortion } = shop.ports.notes;
  shop.ports.notes.readPortion = async (siteId) => {
    if (deleted && shop.events().length === 0) shop.add(again);
    return readPortion(siteId);
  };
  expect(await shop.run(newRemoval('site_key', span, 'removing'))).toBe(1);
  expect(shop.events()).toEqual([again]);
  expect(shop.removed.reduce((sum, day) => sum + day.events, 0)).toBe(1);
});
