import { validateEvent } from '@footfall/core/validate';
import { isDay, localDay } from '@footfall/core/zone';
import { describe, expect, test } from 'vitest';
import { seededRandom } from './random.ts';
import { demoDay } from './traffic.ts';

const TIMEZONE = 'Europe/Berlin';
/** 90 days with the end of summer time in them. */
const LAST = Date.UTC(2026, 10, 20, 12);
const days = Array.from({ length: 90 }, (_, back) => {
  const day = new Date(LAST - back * 86_400_000).toISOString().slice(0, 10);
  return { day, events: demoDay({ seed: 'site_x', day, timezone: TIMEZONE, progress: 1 - back / 89 }) };
});
const all = days.flatMap(({ events }) => events);
const countVisitors = (events: typeof all) => new Set(events.map(({ visitor }) => visitor)).size;

describe('90 days of demo traffic', () => {
  test('are events that the collector takes, every one', () => {
    const now = LAST + 86_400_000;
    const intake = {
      sender: 'server',
      site: { id: 'site_x', retentionDays: 3_650 },
      now,
      newId: () => 'none',
    } as const;
    const refused = all.map((event) => validateEvent(event, intake)).filter(({ ok }) => !ok);
    expect(refused).toEqual([]);
  });

  test('are of a plausible size', () => {
    expect(all.length).toBeGreaterThan(25_000);
    expect(all.length).toBeLessThan(40_000);
    for (const { day, events } of days) {
      expect(isDay(day)).toBe(true);
      expect(countVisitors(events)).toBeGreaterThan(35);
      expect(countVisitors(events)).toBeLessThan(150);
    }
  });

  test('have ids of their own, and are the same on every run', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const [first] = days;
    expect(demoDay({ seed: 'site_x', day: first?.day ?? '', timezone: TIMEZONE, progress: 1 })).toEqual(
      first?.events,
    );
  });

  test('keep to their local day, also where it has 25 hours', () => {
    for (const { day, events } of days)
      expect(new Set(events.map(({ timestamp }) => localDay(TIMEZONE, timestamp)))).toEqual(new Set([day]));
  });

  test('grow, and rest at night', () => {
    const newest = days.slice(0, 28).reduce((sum, { events }) => sum + countVisitors(events), 0);
    const oldest = days.slice(-28).reduce((sum, { events }) => sum + countVisitors(events), 0);
    expect(newest / oldest).toBeGreaterThan(1.2);
    const inHour = (hour: number) =>
      all.filter(({ timestamp }) => new Date(timestamp).getUTCHours() === hour);
    expect(inHour(18).length).toBeGreaterThan(5 * inHour(2).length);
  });

  test('sell: baskets become orders at the rate of a shop', () => {
    const count = (name: string) => all.filter((event) => event.name === name).length;
    const visits = days.reduce((sum, { events }) => sum + countVisitors(events), 0);
    const rate = count('purchase') / visits;
    expect(rate).toBeGreaterThan(0.01);
    expect(rate).toBeLessThan(0.07);
    expect(count('add_to_cart')).toBeGreaterThan(count('begin_checkout'));
    expect(count('begin_checkout')).toBeGreaterThan(count('purchase'));
  });

  test('a purchase costs the sum of its items', () => {
    const cents = (text = '0') => Math.round(Number(text) * 100);
    for (const { items = [], revenue } of all.filter(({ name }) => name === 'purchase')) {
      expect(items.length).toBeGreaterThan(0);
      const sum = items.reduce((total, { price, quantity }) => total + cents(price) * quantity, 0);
      expect(cents(revenue?.amount)).toBe(sum);
    }
  });
});

describe('random numbers', () => {
  test('follow from their seed', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, seededRandom(seed).next);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  test('fall as the weights say', () => {
    const random = seededRandom('weights');
    const drawn = Array.from(
      { length: 10_000 },
      () =>
        random.weighted([
          { name: 'often', weight: 9 },
          { name: 'never', weight: 0 },
          { name: 'rarely', weight: 1 },
        ]).name,
    );
    const share = (name: string) => drawn.filter((each) => each === name).length / drawn.length;
    expect(share('often')).toBeCloseTo(0.9, 1);
    expect(share('never')).toBe(0);
  });
});
