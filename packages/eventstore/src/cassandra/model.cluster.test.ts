import { storedEvent } from '@footfall/core/stored-event.fixture';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventStore, EventToPut, PutOutcome } from '../event-store.ts';
import { openCassandraStore } from './cassandra-store.ts';
import { type FreshKeyspace, freshKeyspace } from './keyspace.fixture.ts';

const DAY = 86_400_000;
const VISITORS = ['v0', 'v1', '\ud800'];

let space: FreshKeyspace;
let stores: EventStore[];
beforeAll(async () => {
  space = await freshKeyspace();
  const tunings = [4, 6, 1_000].map((events) => ({ events, ids: events + 2, memory: 0 }));
  stores = tunings.map((tuning) => openCassandraStore(space.url, { name: 'test', tuning }));
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await space.drop();
});

/** What the store should hold, in memory: of each id of a site's day, the first that was put. */
type Model = Map<string, EventToPut>;
const eventKey = ({ raw }: EventToPut['event']) =>
  JSON.stringify([raw.siteId, Math.floor(raw.occurredAt / DAY), raw.id]);

/** Takes what puts that ran at the same time were told into the model: they must agree on one holder of each id. */
function agree(model: Model, puts: readonly EventToPut[][], outcomes: readonly PutOutcome[][]): void {
  const told = puts.flatMap((put, at) => put.map((one, n) => ({ one, outcome: outcomes[at]?.[n] })));
  for (const { one, outcome } of told) {
    if (outcome === 'stored' && !model.has(eventKey(one.event))) model.set(eventKey(one.event), one);
  }
  for (const { one, outcome } of told) {
    expect(outcome).toBe(model.get(eventKey(one.event))?.origin === one.origin ? 'stored' : 'duplicate');
  }
}

const inOrder = (events: readonly EventToPut['event'][]) =>
  events.toSorted((a, b) => (eventKey(a) < eventKey(b) ? -1 : 1));

const spans = fc
  .tuple(fc.integer({ min: -DAY, max: 2 * DAY }), fc.integer({ min: 1, max: 3 * DAY }))
  .map(([from, length]) => ({ from, to: from + length }));
const entries = fc.array(
  fc.record({
    site: fc.nat(1),
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    visitor: fc.constantFrom(...VISITORS),
    at: fc.oneof(fc.integer({ min: -DAY, max: 2 * DAY - 1 }), fc.constantFrom(-1, 0, DAY - 1, DAY)),
  }),
  { minLength: 1, maxLength: 24 },
);
const slices = fc.tuple(fc.nat(23), fc.nat(12), fc.boolean());
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('put' as const),
        slices: fc.array(slices, { minLength: 1, maxLength: 3 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('forget' as const),
        site: fc.nat(1),
        visitor: fc.constantFrom(...VISITORS),
        span: spans,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('empty' as const), site: fc.nat(1) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('look' as const), span: spans }) },
  ),
  { minLength: 2, maxLength: 12 },
);

let runs = 0;

test('whatever several stores do one after the other and at once, they hold what a map would hold', async () => {
  await fc.assert(
    fc.asyncProperty(entries, steps, fc.infiniteStream(fc.nat(2)), async (log, script, turns) => {
      runs += 1;
      const sites = [`model_${runs}_0`, `model_${runs}_1`];
      const all = log.map(({ site, id, visitor, at }, n): EventToPut => {
        const event = storedEvent({ siteId: sites[site] ?? '', id, visitor, occurredAt: at, title: `${n}` });
        return { event, origin: `log/${runs}/${n}` };
      });
      const model: Model = new Map();
      const next = () => stores[turns.next().value ?? 0] as EventStore;
      const held = (keep: (raw: EventToPut['event']['raw']) => boolean) =>
        [...model].filter(([, { event }]) => keep(event.raw));
      const drop = (gone: [string, EventToPut][]) => {
        for (const [key] of gone) model.delete(key);
        return gone.length;
      };
      for (const step of script) {
        if (step.kind === 'put') {
          const puts = step.slices.map(([start, length, backwards]) => {
            const slice = all.slice(start, start + length);
            return backwards ? slice.reverse() : slice;
          });
          agree(model, puts, await Promise.all(puts.map((put) => next().put(put))));
        } else if (step.kind === 'forget') {
          const [siteId, { visitor, span }] = [sites[step.site] ?? '', step];
          const gone = held(
            (raw) =>
              raw.siteId === siteId &&
              raw.visitor === visitor &&
              raw.occurredAt >= span.from &&
              raw.occurredAt < span.to,
          );
          expect(await next().deleteVisitor(siteId, visitor, span)).toBe(drop(gone));
        } else if (step.kind === 'empty') {
          const siteId = sites[step.site] ?? '';
          expect(await next().deleteSite(siteId)).toBe(drop(held((raw) => raw.siteId === siteId)));
        } else {
          const { from, to } = step.span;
          const within = ({ occurredAt }: { occurredAt: number }) => occurredAt >= from && occurredAt < to;
          const keys = sites.flatMap((siteId) => VISITORS.map((visitor) => ({ siteId, visitor, from, to })));
          const read = await next().readVisitors(keys);
          for (const [n, { siteId, visitor }] of keys.entries()) {
            const own = held((raw) => raw.siteId === siteId && raw.visitor === visitor && within(raw));
            expect(inOrder(read[n] ?? [])).toEqual(inOrder(own.map(([, { event }]) => event)));
          }
          for (const siteId of sites) {
            const scanned = [];
            for await (const chunk of next().scanSite(siteId, step.span)) scanned.push(...chunk);
            const own = held((raw) => raw.siteId === siteId && within(raw));
            expect(inOrder(scanned)).toEqual(inOrder(own.map(([, { event }]) => event)));
            const times = held((raw) => raw.siteId === siteId).map(([, { event }]) => event.raw.occurredAt);
            const whole = times.length === 0 ? null : { from: Math.min(...times), to: Math.max(...times) };
            expect(await next().span(siteId)).toEqual(whole);
          }
        }
      }
    }),
    { numRuns: 25 },
  );
}, 240_000);
