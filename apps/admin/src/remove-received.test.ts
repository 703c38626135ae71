import { buildLedger } from '@footfall/core/ledger';
import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import type { RemovedDay } from '@footfall/db/count/removed';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { previewRemoval, removeReceived } from './remove-received.ts';

const HOUR = 3_600_000;
const RECEIVED = Date.parse('2026-05-04T12:00:00Z');

type Sent = { sender: string | null; ago: number; at: number; visitor: string; bot: boolean };

/** An event store, a log and a ledger in memory. */
function installation(sent: readonly Sent[]) {
  let events = sent.map(({ sender, ago, at, visitor, bot }, n): StoredEvent => {
    const raw = { id: `e${n}`, siteId: 's', visitor, occurredAt: at, receivedAt: RECEIVED - ago };
    return storedEvent({ ...raw, ...(sender === null ? {} : { sender }) } as StoredEvent['raw'], { bot });
  });
  const touched: string[] = [];
  const removed: RemovedDay[] = [];
  const ledgers: ReturnType<typeof buildLedger>[] = [];
  const readLedger = () => {
    const count = removed.reduce((sum, day) => sum + day.events, 0);
    ledgers.push(
      buildLedger(
        new Map([
          ['stored', sent.length],
          ['removed', count],
        ]),
        0,
      ),
    );
  };
  const ports = {
    store: {
      span: async () =>
        events.length === 0
          ? null
          : {
              from: Math.min(...events.map(({ raw }) => raw.occurredAt)),
              to: Math.max(...events.map(({ raw }) => raw.occurredAt)),
            },
      scanSite: async function* (_: string, { from, to }: { from: number; to: number }) {
        const found = events.filter(({ raw }) => raw.occurredAt >= from && raw.occurredAt < to);
        if (found.length > 0) yield found;
      },
      deleteEvents: async (_: string, gone: readonly { id: string }[]) => {
        readLedger();
        const ids = new Set(gone.map(({ id }) => id));
        events = events.filter(({ raw }) => !ids.has(raw.id));
        readLedger();
        return ids.size;
      },
    },
    log: {
      append: async (records: readonly { value: string }[]) => {
        touched.push(...records.map(({ value }) => value));
      },
    },
    count: async (_: string, days: readonly RemovedDay[]) => {
      removed.push(...days);
      readLedger();
    },
  };
  return { ports, touched, removed, ledgers, events: () => events };
}

const sentEvents = fc.array(
  fc.record({
    sender: fc.constantFrom(null, 'site_key', 'key_1'),
    ago: fc.integer({ min: 0, max: 10 * HOUR }),
    at: fc.integer({ min: RECEIVED - 400 * 24 * HOUR, max: RECEIVED }),
    visitor: fc.constantFrom('a', 'b'),
    bot: fc.boolean(),
  }),
  { maxLength: 30 },
);

test('removes what was received in a span of time by a sender and nothing else; the ledger adds up at every moment', async () => {
  const receipts = fc.tuple(fc.nat(10 * HOUR), fc.nat(10 * HOUR));
  await fc.assert(
    fc.asyncProperty(
      sentEvents,
      receipts,
      fc.constantFrom(null, 'site_key', 'key_1'),
      async (sent, [x, y], sender) => {
        const { ports, touched, removed, ledgers, events } = installation(sent);
        const [from, to] = [RECEIVED - Math.max(x, y), RECEIVED - Math.min(x, y)];
        const received = { siteId: 's', from, to, sender };
        const isMeant = ({ ago, sender: own }: Sent) =>
          RECEIVED - ago >= from && RECEIVED - ago < to && (sender === null || own === sender);
        const meant = sent.filter(isMeant);
        const preview = await previewRemoval(received, 'Etc/UTC', ports);
        expect(preview.events).toBe(meant.length);
        expect(events()).toHaveLength(sent.length);
        const now = () => RECEIVED;
        expect(await removeReceived(received, { zone: 'Etc/UTC', now }, ports)).toEqual(preview);
        expect(events()).toHaveLength(sent.length - meant.length);
        expect(new Set(touched).size).toBe(preview.visitors);
        expect(removed.reduce((sum, day) => sum + day.events, 0)).toBe(meant.length);
        expect(removed.reduce((sum, day) => sum + day.counted, 0)).toBe(
          meant.filter(({ bot }) => !bot).length,
        );
        for (const ledger of ledgers) expect(ledger.received).toBe(ledger.stored + ledger.pending);
        expect((await removeReceived(received, { zone: 'Etc/UTC', now }, ports)).events).toBe(0);
      },
    ),
  );
});
