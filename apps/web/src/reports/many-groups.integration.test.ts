import type { PartSource } from '@footfall/core/query/sources';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMerchant, openPortal, type Portal, report } from '#runtime/portal.fixture.ts';
import { type AskContext, answer } from './answer.ts';
import { askContext } from './ask.ts';

const DAY = '2026-01-07';
const VISITORS = 100;
const PAGES = 120;
const GROUPS = VISITORS * PAGES;

let portal: Portal;
let context: AskContext;
beforeAll(async () => {
  portal = await openPortal();
  const { site } = await newMerchant(portal, 'Etc/UTC');
  // Every event has a page and a property that no other has: the most groups that so many events can make.
  const events = Array.from({ length: VISITORS }, (_, visitor) =>
    Array.from({ length: PAGES }, (_, page) => {
      const own = `${visitor}-${page}`;
      return storedEvent(
        {
          id: own,
          siteId: site.id,
          visitor: `v${visitor}`,
          occurredAt: Date.parse(`${DAY}T10:00:00Z`) + page,
          props: { color: own },
        },
        { page: `/${own}` },
      );
    }),
  ).flat();
  await report(portal, site, events);
  context = await askContext(site, 'person');
}, 120_000);
afterAll(() => portal.close());

const QUERY = {
  metrics: ['events', 'visitors', 'time_on_page', 'total_revenue'],
  date_range: [DAY, DAY],
  dimensions: ['event:page', 'event:props:color'],
  include: { total_rows: true },
  pagination: { limit: 20 },
};

/** Notes how often work lets others have the event loop. */
function noting(asked: AskContext) {
  const noted = { pauses: 0 };
  const watch = (source: PartSource): PartSource => ({
    ...source,
    pause: () => {
      noted.pauses += 1;
      return source.pause?.() ?? Promise.resolve();
    },
  });
  const read: AskContext['read'] = (use) => asked.read((source) => use(watch(source)));
  return { noted, context: { ...asked, read } };
}

describe('two dimensions of as many groups as there are events', () => {
  it('are answered to the last row where they are not too many, and others have their turns meanwhile', async () => {
    const { noted, context: watched } = noting(context);
    const { meta, results } = await answer(
      { ...QUERY, pagination: { limit: 20, offset: GROUPS - 5 } },
      watched,
    );
    expect(meta).toMatchObject({ total_rows: GROUPS });
    expect(meta.warnings).toBeUndefined();
    expect(results).toHaveLength(5);
    // Merging, measuring and sorting 12,000 groups, 2,000 at a time.
    expect(noted.pauses).toBeGreaterThan(15);
  });

  it('are cut in the engine where they are, and the sum stays the whole', async () => {
    const limits = { most: 1_000, alone: 50, first: 0 };
    const { meta, results } = await answer(
      { ...QUERY, pagination: { limit: 10_000 }, explain: true },
      { ...context, limits },
    );
    expect(results).toHaveLength(51);
    expect(results.at(-1)?.dimensions).toEqual(['(other)', '(other)']);
    expect(results.reduce((sum, { metrics }) => sum + Number(metrics[0]), 0)).toBe(GROUPS);
    expect(meta).toMatchObject({ total_rows: 51, warnings: [{ code: 'groups_cut', groups: 50 }] });
    // What was handed over: as many as are looked at and one more, then those that stand alone and the others.
    for (const { rows } of meta.explain?.questions ?? []) expect(rows).toBeLessThanOrEqual(1_001);
    expect(meta.explain?.questions.map(({ rows }) => rows).filter((rows) => rows === 51)).not.toEqual([]);
  });
});

describe('the first of very many groups', () => {
  const first = { ...QUERY, dimensions: ['event:page'] };

  it.each([
    ['of one dimension', first],
    ['of two dimensions', QUERY],
    ['with a filter', { ...first, filters: [['contains', 'event:page', ['/']]] }],
  ])('are those of all groups, and the engine hands over no more: %s', async (_, query) => {
    const limits = { most: 100_000, alone: 10_000, first: 100 };
    const { noted, context: watched } = noting(context);
    const { meta, results } = await answer({ ...query, explain: true }, { ...watched, limits });
    const whole = await answer(query, { ...context, limits: { ...limits, first: 0 } });
    expect(results).toEqual(whole.results);
    expect(meta).toMatchObject({ total_rows: GROUPS, next_cursor: whole.meta.next_cursor });
    expect(meta.warnings).toBeUndefined();
    for (const { rows } of meta.explain?.questions ?? []) expect(rows).toBeLessThanOrEqual(101);
    // Nothing of this size needs a pause.
    expect(noted.pauses).toBeLessThan(5);
  });

  it('go on with a cursor', async () => {
    const limits = { most: 100_000, alone: 10_000, first: 100 };
    const page = { ...first, pagination: { limit: 30 } };
    const { meta } = await answer(page, { ...context, limits });
    const next = { ...page, pagination: { limit: 30, cursor: meta.next_cursor } };
    const whole = await answer(next, { ...context, limits: { ...limits, first: 0 } });
    expect((await answer(next, { ...context, limits })).results).toEqual(whole.results);
  });
});

describe('a tenant whose questions do not end', () => {
  it('does not keep another tenant from its reports', async () => {
    const gate = Promise.withResolvers<void>();
    let begun = 0;
    const heavy = Array.from({ length: 8 }, (_, key) =>
      portal.reportStore.read(
        async () => {
          begun += 1;
          await gate.promise;
        },
        { tenant: 'another tenant', who: `key ${key}` },
      ),
    );
    const body = { metrics: ['visitors'], date_range: [DAY, DAY] };
    const dashboard = await Promise.all(
      ['event:page', 'visit:source', 'visit:country', 'visit:device'].map((name) =>
        answer({ ...body, dimensions: [name], pagination: { limit: 9 } }, context),
      ),
    );
    expect(dashboard.map(({ results }) => results.length)).toEqual([9, 1, 1, 1]);
    expect(begun).toBeLessThan(4);
    gate.resolve();
    await Promise.all(heavy);
    expect(begun).toBe(8);
  });
});
