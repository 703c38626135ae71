import { addDays, countDays, localDay } from '@footfall/core/zone';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePeriod } from './period.ts';
import { PERIOD_NAMES } from './period-name.ts';

const zones = fc.constantFrom(
  'Etc/UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Auckland',
);
const instants = fc.integer({ min: Date.parse('2020-01-01T00:00Z'), max: Date.parse('2030-01-01T00:00Z') });
const ages = fc.option(fc.integer({ min: 0, max: 3_000 }), { nil: undefined });

/** A clock of a site that is so many days old, or has no data yet. */
const clockAt = (zone: string, now: number, age: number | undefined) => ({
  zone,
  now,
  firstDay: age === undefined ? undefined : addDays(localDay(zone, now), -age),
});

describe('a period, whenever and wherever it is asked for', () => {
  it.each(PERIOD_NAMES)(
    '%s has its days in order, none of them to come but those of a month or year',
    (name) => {
      fc.assert(
        fc.property(zones, instants, ages, (zone, now, age) => {
          const { days, open } = resolvePeriod({ name }, clockAt(zone, now, age));
          const today = localDay(zone, now);
          expect(days.from <= days.to).toBe(true);
          expect(days.from <= today).toBe(true);
          expect(open).toBe(name === '24h' || days.to >= today);
        }),
      );
    },
  );

  it.each(PERIOD_NAMES.filter((name) => name !== '24h'))(
    '%s is compared with as many days, which end where it begins',
    (name) => {
      fc.assert(
        fc.property(zones, instants, ages, (zone, now, age) => {
          const { days, previous } = resolvePeriod({ name }, clockAt(zone, now, age));
          if (previous === null || previous.days === null) return;
          expect(addDays(previous.days.to, 1)).toBe(days.from);
          expect(countDays(previous.days.from, previous.days.to)).toBe(countDays(days.from, days.to));
        }),
      );
    },
  );

  it('of any two days is theirs in either order, cut at today', () => {
    const offsets = fc.integer({ min: -800, max: 800 });
    fc.assert(
      fc.property(zones, instants, offsets, offsets, (zone, now, one, other) => {
        const today = localDay(zone, now);
        const [from, to] = [addDays(today, Math.min(one, other)), addDays(today, Math.max(one, other))];
        const { days } = resolvePeriod({ from, to }, clockAt(zone, now, 900));
        expect(days.to).toBe([to, today].sort()[0]);
        expect(days.from).toBe([from, days.to].sort()[0]);
      }),
    );
  });

  it('of a site without data is compared with nothing', () => {
    fc.assert(
      fc.property(zones, instants, fc.constantFrom(...PERIOD_NAMES), (zone, now, name) => {
        expect(resolvePeriod({ name }, clockAt(zone, now, undefined)).previous).toBeNull();
      }),
    );
  });
});
