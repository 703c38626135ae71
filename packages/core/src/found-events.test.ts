import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FoundState, FoundSummary, presentFound } from './found-events.ts';
import { storedEvent } from './stored-event.fixture.ts';

const DAYS = ['2026-05-01', '2026-05-02', '2026-05-03'];

const found = fc.record({
  day: fc.constantFrom(...DAYS),
  visitor: fc.constantFrom('a', 'b', 'c'),
  name: fc.constantFrom('pageview', 'purchase', 'refund', 'engagement'),
  sender: fc.constantFrom(undefined, 'site_key', 'key_1', '__proto__'),
  page: fc.constantFrom('/a', '/b', '/constructor'),
  cents: fc.option(fc.nat(10_000)),
  currency: fc.constantFrom('EUR', 'JPY'),
  bot: fc.boolean(),
});

type Found = typeof found extends fc.Arbitrary<infer T> ? T : never;

function toEvent({ visitor, name, sender, page, cents, currency, bot }: Found) {
  const revenue = cents === null ? {} : { revenue: { amount: (cents / 100).toFixed(2), currency } };
  const raw = { visitor, name, url: `https://kiln.example${page}`, ...revenue };
  return storedEvent({ ...raw, ...(sender === undefined ? {} : { sender }) }, { bot });
}

const byDay = (events: readonly Found[], day: string) =>
  events.filter((event) => event.day === day).sort((a, b) => (a.visitor < b.visitor ? -1 : 1));

function count(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

test('what was found is what counting one by one gives, also when a look goes on from what JSON kept of it', () => {
  fc.assert(
    fc.property(fc.array(found, { maxLength: 40 }), (events) => {
      let state: FoundState | undefined;
      for (const day of DAYS) {
        const summary = new FoundSummary(state);
        summary.add(byDay(events, day).map(toEvent));
        summary.endDay(day);
        state = JSON.parse(JSON.stringify(summary.state())) as FoundState;
      }
      const seen = presentFound(state as FoundState);
      expect(seen).toMatchObject({
        events: events.length,
        bots: events.filter(({ bot }) => bot).length,
        visitors: new Set(events.map(({ day, visitor }) => `${day} ${visitor}`)).size,
        dayCount: new Set(events.map(({ day }) => day)).size,
      });
      const asMap = (rows: readonly { events: number }[], key: string) =>
        new Map(rows.map((row) => [String((row as Record<string, unknown>)[key]), row.events]));
      expect(asMap(seen.days, 'day')).toEqual(count(events.map(({ day }) => day)));
      expect(asMap(seen.senders, 'sender')).toEqual(count(events.map(({ sender }) => sender ?? '-')));
      const shown = events.filter(({ name }) => name !== 'engagement');
      expect(asMap(seen.pages, 'page')).toEqual(count(shown.map(({ page }) => page)));
      const cents = (currency: string) =>
        events
          .filter((one) => !one.bot && one.name !== 'refund' && one.currency === currency)
          .reduce((sum, one) => sum + (one.cents ?? 0), 0);
      for (const { currency, amount } of seen.revenue)
        expect(Math.round(Number(amount) * 100)).toBe(cents(currency));
    }),
  );
});

test('what is kept of a look is bounded, whatever is found', () => {
  const summary = new FoundSummary();
  const events = Array.from({ length: 5_000 }, (_, n) =>
    storedEvent({ id: `e${n}`, visitor: `v${n}`, sender: `key_${n}`, url: `https://kiln.example/${n}` }),
  );
  summary.add(events);
  summary.endDay('2026-05-01');
  expect(JSON.stringify(summary.state()).length).toBeLessThan(50_000);
  const { events: count, visitors, pages, senders } = presentFound(summary.state());
  expect([count, visitors, pages.length, senders.length]).toEqual([5_000, 5_000, 8, 200]);
});
