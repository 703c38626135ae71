import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NONE } from './dimension.ts';
import type { EventFact } from './fact.ts';
import { foldVisitorDay } from './fold.ts';
import { DayRollUp, ROLL_UP_ALL } from './roll-up.ts';
import { storedEvent } from './stored-event.fixture.ts';
import type { StoredEvent } from './stored-event.ts';

const DAY = '2026-01-07';
const at = (time: string) => Date.parse(`${DAY}T${time}Z`);
const view = (time: string, path = '/', more: Partial<StoredEvent['derived']> = {}) =>
  storedEvent({ id: `${time}${path}`, occurredAt: at(time), url: `https://shop.example${path}` }, more);
const fold = (...events: StoredEvent[]) => foldVisitorDay(events, 'Etc/UTC');

function totals(...visitorDays: EventFact[][]) {
  const total = new DayRollUp();
  for (const facts of visitorDays) total.add(facts);
  return total.rows().find(({ dimension }) => dimension === ROLL_UP_ALL)?.counts;
}

describe('the examples of definitions.md', () => {
  test('1: two visitors, three pageviews, one bounce, a mean of 750 s', () => {
    const parts = totals(fold(view('00:00:00'), view('00:25:00')), fold(view('00:00:00')));
    expect(parts).toMatchObject({
      visitors: 2,
      visits: 2,
      pageviews: 3,
      events: 3,
      bounces: 1,
      durationMs: 1_500_000,
    });
  });

  test('2: a gap of exactly 30 minutes is one visit, a second more is two', () => {
    const parts = totals(fold(view('10:00:00'), view('10:30:00'), view('11:00:01')));
    expect(parts).toMatchObject({ visits: 2, bounces: 1, durationMs: 1_800_000 });
  });
});

describe('visits', () => {
  test('entry and exit are the first and last pageview, all else is of the first event', () => {
    const facts = fold(
      storedEvent({ id: 'c', name: 'Signup', occurredAt: at('10:00:00') }, { source: 'Google' }),
      view('10:01:00', '/a', { source: 'Bing' }),
      view('10:02:00', '/b'),
    );
    expect(new Set(facts.map(({ source }) => source))).toEqual(new Set(['Google']));
    expect(facts[0]).toMatchObject({ entryPage: '/a', exitPage: '/b', visitDurationMs: 120_000 });
  });

  test('a visit without a pageview has no entry page and is not a bounce', () => {
    const [fact] = fold(storedEvent({ id: 'c', name: 'Signup', occurredAt: at('10:00:00') }));
    expect(fact).toMatchObject({ entryPage: NONE, exitPage: NONE, visitBounced: false });
  });

  test.each([
    ['one pageview', [view('10:00:00')], true],
    ['two pageviews', [view('10:00:00'), view('10:01:00')], false],
    [
      'an interactive event',
      [view('10:00:00'), storedEvent({ id: 'x', name: 'Play', occurredAt: at('10:01:00') })],
      false,
    ],
    [
      'an event that is not interactive',
      [
        view('10:00:00'),
        storedEvent({ id: 'x', name: 'Impression', occurredAt: at('10:01:00') }, { interactive: false }),
      ],
      true,
    ],
  ])('%s: bounced is %s', (_, events, bounced) => {
    expect(fold(...events)[0]?.visitBounced).toBe(bounced);
  });

  test('engagement starts no visit, lengthens none and belongs to the latest that began by then', () => {
    const engagement = (time: string, id = time) =>
      storedEvent({
        id,
        name: 'engagement',
        occurredAt: at(time),
        url: 'https://shop.example/read',
        scroll: 33.333,
        engagedMs: 1_500.4,
      });
    const events = [engagement('09:59:59'), engagement('10:29:00'), engagement('12:00:00')];
    const facts = fold(view('10:00:00'), view('10:40:00'), ...events);
    expect(facts.map(({ name, visit }) => [name, visit])).toEqual([
      ['pageview', 0],
      ['engagement', 0],
      ['pageview', 1],
      ['engagement', 1],
    ]);
    expect(facts[0]).toMatchObject({ visitDurationMs: 0, visitBounced: true, scroll: null, engagedMs: null });
    expect(facts[1]).toMatchObject({ page: '/read', scroll: 3_333, engagedMs: 1_500, exit: false });
  });

  test('only the last pageview of a visit is its exit', () => {
    const play = storedEvent({ id: 'x', name: 'Play', occurredAt: at('10:05:00') });
    const facts = fold(view('10:00:00', '/a'), view('10:01:00', '/b'), play, view('11:00:00', '/c'));
    expect(facts.map(({ page, exit }) => [page, exit])).toEqual([
      ['/a', false],
      ['/b', true],
      ['/', false],
      ['/c', true],
    ]);
  });

  test('a purchase that repeats an order is not an event; the first stands, and cuts no visit anew', () => {
    const buy = (time: string, order: string | undefined, amount: string) =>
      storedEvent({
        id: `${order}-${time}`,
        name: 'purchase',
        occurredAt: at(time),
        revenue: { amount, currency: 'EUR' },
        ...(order === undefined ? {} : { order }),
      });
    const facts = fold(
      buy('12:00:00', '7', '99'),
      buy('10:00:00', '7', '20.00'),
      buy('10:01:00', undefined, '1'),
      buy('10:02:00', undefined, '2'),
      buy('10:03:00', '8', '3'),
      storedEvent({ id: 'back', name: 'refund', order: '7', occurredAt: at('10:04:00') }),
    );
    expect(facts.map(({ amount, visit }) => [amount, visit])).toEqual([
      ['20.00', 0],
      ['1', 0],
      ['2', 0],
      ['3', 0],
      [null, 0],
    ]);
  });

  test('bots form visits of their own and change nothing of the people', () => {
    const people = [view('10:00:00'), view('10:20:00')];
    const bot = view('10:10:00', '/bot', { bot: true });
    const facts = fold(...people, bot);
    expect(facts.filter(({ bot: isBot }) => isBot === 'false')).toEqual(fold(...people));
    expect(totals(facts)).toEqual(totals(fold(...people)));
  });
});

const NAMES = ['pageview', 'pageview', 'pageview', 'Signup', 'engagement'] as const;
const anEvent = fc
  .record({
    id: fc.integer({ min: 0, max: 30 }),
    name: fc.constantFrom(...NAMES),
    minute: fc.integer({ min: 0, max: 1_439 }),
    path: fc.constantFrom('/a', '/b', '/c'),
    source: fc.constantFrom('Google', 'Bing'),
    bot: fc.boolean(),
    receivedAt: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ id, name, minute, path, source, bot, receivedAt }) =>
    storedEvent(
      {
        id: `e${id}`,
        name,
        occurredAt: at('00:00:00') + minute * 60_000,
        receivedAt,
        url: `https://shop.example${path}`,
      },
      { source, bot, interactive: name === 'Signup' },
    ),
  );
const distinctEvents = fc.uniqueArray(anEvent, { selector: ({ raw }) => raw.id, maxLength: 25 });

describe('folding', () => {
  test('in any order of arrival gives the same facts', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 25 }), fc.infiniteStream(fc.nat()), (events, order) => {
        const shuffled = events
          .map((event) => ({ event, by: order.next().value }))
          .sort((a, b) => a.by - b.by);
        const distinguishable =
          new Set(events.map(({ raw }) => `${raw.id} ${raw.receivedAt} ${raw.occurredAt}`)).size ===
          events.length;
        fc.pre(distinguishable);
        expect(fold(...shuffled.map(({ event }) => event))).toEqual(fold(...events));
      }),
    );
  });

  test('repeats change nothing', () => {
    fc.assert(
      fc.property(distinctEvents, fc.nat(), (events, seed) => {
        const repeats = events.filter((_, index) => (seed >> (index % 20)) % 2 === 1);
        expect(fold(...events, ...repeats)).toEqual(fold(...events));
      }),
    );
  });

  test('keeps every event that counts exactly once, and engagement within a visit', () => {
    fc.assert(
      fc.property(distinctEvents, (events) => {
        const facts = fold(...events);
        const isCounted = (name: string) => name !== 'engagement';
        const counted = events.filter(({ raw }) => isCounted(raw.name)).map(({ raw }) => raw.id);
        const kept = facts.filter(({ name }) => isCounted(name));
        expect(kept.map(({ eventId }) => eventId).sort()).toEqual(counted.sort());
        const visits = new Set(kept.map(({ visit }) => visit));
        expect(facts.every(({ visit }) => visits.has(visit))).toBe(true);
      }),
    );
  });
});

test('a property with an empty value is none', () => {
  const props = (sent: Record<string, string>) =>
    foldVisitorDay([storedEvent({ props: sent })], 'UTC')[0]?.props;
  expect(props({ plan: '', size: 'xl' })).toEqual({ size: 'xl' });
  expect(props({ plan: '' })).toEqual({});
  // A blank and a byte-order mark are values.
  expect(props({ plan: ' ', team: '\ufeff' })).toEqual({ plan: ' ', team: '\ufeff' });
});

test('an event that an earlier logic has derived has (none) in what that did not know, one of a later logic no more than we know', () => {
  const { derived, ...event } = storedEvent({});
  const { utmContent: _, ...fewer } = derived;
  const earlier = { ...event, derived: fewer as typeof derived };
  const [lacking] = foldVisitorDay([earlier], 'UTC');
  expect(lacking?.utmContent).toBe('(none)');
  const later = { ...event, derived: { ...derived, app: 'shop' } };
  expect(foldVisitorDay([later], 'UTC')).toEqual(foldVisitorDay([{ ...event, derived }], 'UTC'));
});

test('pages and hosts of an earlier logic are written as this one writes them', () => {
  const derived = { page: '/gr%C3%BC%C3%9Fe', hostname: 'xn--mnchen-3ya.example' };
  const [fact] = foldVisitorDay([{ ...storedEvent({}, derived), logicVersion: 2 }], 'UTC');
  expect(fact).toMatchObject({ page: '/grüße', hostname: 'münchen.example', entryPage: '/grüße' });
});

test.each([1, 3])('languages of logic %i are written as this one writes them', (logicVersion) => {
  const [fact] = foldVisitorDay([{ ...storedEvent({}, { language: 'en_gb' }), logicVersion }], 'UTC');
  expect(fact?.language).toBe('en-GB');
});

test('engagement at the very time of a page view is of its visit', () => {
  const engagement = { id: 'a', name: 'engagement', engagedMs: 4_000 };
  const facts = foldVisitorDay([storedEvent({ ...engagement }), storedEvent({ id: 'b' })], 'UTC');
  expect(facts.map(({ name, engagedMs }) => [name, engagedMs])).toEqual([
    ['pageview', null],
    ['engagement', 4_000],
  ]);
});
