import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Generations, nextFor } from './generation.ts';

const START: Generations = { timezone: 'Etc/UTC', generation: 1, nextGeneration: null, nextTimezone: null };

const apply = (site: Generations, timezone: string): Generations => ({ ...site, ...nextFor(site, timezone) });

test('another zone is the next generation; the same again changes nothing; going back calls it off', () => {
  const wanted = apply(START, 'Europe/Berlin');
  expect(wanted).toEqual({ ...START, nextGeneration: 2, nextTimezone: 'Europe/Berlin' });
  expect(apply(wanted, 'Europe/Berlin')).toEqual(wanted);
  expect(apply(wanted, 'Etc/UTC')).toEqual({ ...START, nextGeneration: 2, nextTimezone: null });
});

test('a site that keeps its zone has no next generation', () => {
  expect(apply(START, 'Etc/UTC')).toEqual(START);
});

test('whatever is wanted, published or called off, a number is of one zone only, and grows', () => {
  const step = fc.oneof(
    fc.constantFrom('Etc/UTC', 'Europe/Berlin', 'Asia/Tokyo').map((timezone) => ({ timezone })),
    fc.constant('publish' as const),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const zones = new Map([[START.generation, START.timezone]]);
      let site = START;
      for (const one of steps) {
        if (one !== 'publish') site = apply(site, one.timezone);
        const { nextGeneration, nextTimezone } = site;
        if (one !== 'publish') expect(nextTimezone ?? site.timezone).toBe(one.timezone);
        if (nextGeneration === null || nextTimezone === null) continue;
        expect(nextGeneration).toBeGreaterThan(site.generation);
        expect(zones.get(nextGeneration) ?? nextTimezone).toBe(nextTimezone);
        zones.set(nextGeneration, nextTimezone);
        if (one === 'publish')
          site = {
            timezone: nextTimezone,
            generation: nextGeneration,
            nextGeneration: null,
            nextTimezone: null,
          };
      }
    }),
  );
});
