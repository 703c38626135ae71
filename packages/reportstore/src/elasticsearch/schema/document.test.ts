import { FACT_COLUMNS } from '@footfall/core/dimension';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fact, visitorDays } from '../../facts.fixture.ts';
import { countNested, visitorDayDocument } from './document.ts';
import { MAPPINGS } from './mappings.ts';

const OF = { siteId: 's', generation: 1, day: '2026-03-29', build: 'b' };

type Node = Record<string, unknown>;
const made = (facts: Parameters<typeof visitorDayDocument>[2]): Node =>
  JSON.parse(visitorDayDocument('id', OF, facts));

type Mapped = { properties?: Record<string, Mapped>; type?: string };

/** Fields of a document that a mapping does not know; a strict one would refuse it. */
function strangers(node: unknown, { properties = {}, type }: Mapped, path = ''): string[] {
  if (Array.isArray(node))
    return node.flatMap((one) =>
      strangers(one, { properties, ...(type === undefined ? {} : { type }) }, path),
    );
  if (typeof node !== 'object' || node === null || type === 'flattened') return [];
  return Object.entries(node).flatMap(([name, inner]) => {
    const mapped = properties[name];
    return mapped === undefined ? [`${path}${name}`] : strangers(inner, mapped, `${path}${name}.`);
  });
}

function nestedIn(node: Node): number {
  return Object.entries(node).reduce((sum, [name, inner]) => {
    if (!['visits', 'events', 'items'].includes(name)) return sum;
    return (inner as Node[]).reduce((total, one) => total + 1 + nestedIn(one), sum);
  }, 0);
}

test('has fields of the mapping only, and as many nested documents as are counted before', () => {
  fc.assert(
    fc.property(visitorDays('s'), (days) => {
      for (const { facts } of days) {
        const document = made(facts);
        expect(strangers(document, MAPPINGS.facts as Mapped)).toEqual([]);
        expect(nestedIn(document)).toBe(countNested(facts));
      }
    }),
    { numRuns: 30 },
  );
}, 60_000);

test('every dimension is a field of events and of items', () => {
  const events = (MAPPINGS.facts as Mapped).properties?.visits?.properties?.events?.properties ?? {};
  for (const column of FACT_COLUMNS) {
    expect(events).toHaveProperty(column);
    expect(events.items?.properties).toHaveProperty(column);
  }
});

test('depths and times of one visit on one page add up to those of the pair', () => {
  const engagement = (more: object) => fact({ name: 'engagement', page: '/a', ...more });
  const facts = [
    engagement({ scroll: 40, engagedMs: 10 }),
    engagement({ scroll: 20, engagedMs: null }),
    engagement({ scroll: 90, engagedMs: 5 }),
    engagement({ scroll: 70, page: '/b' }),
    engagement({ scroll: 0, visit: 1 }),
  ];
  const visits = made(facts).visits as { events: Record<string, number>[] }[];
  const sums = (field: string) =>
    visits.map(({ events }) => events.reduce((sum, event) => sum + (event[field] ?? 0), 0));
  expect(sums('pairScroll')).toEqual([160, 0]);
  expect(sums('pairScrolled')).toEqual([2, 1]);
  expect(sums('pairEngaged')).toEqual([1, 0]);
});
