import { storedEvent } from '@footfall/core/stored-event.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMerchant, openPortal, type Portal, report } from '#runtime/portal.fixture.ts';
import { parseFilters } from './address.ts';
import { type AskContext, answer } from './answer.ts';
import { askContext } from './ask.ts';
import { periodChoice, resolvePeriod } from './period.ts';
import { overview } from './report.ts';

let portal: Portal;
let context: AskContext;
const NOW = Date.parse('2026-11-23T09:30:00Z');

let events = 0;
const view = (visitor: string, at: string, path: string, source = 'Direct / None') => {
  events += 1;
  const raw = { id: `e${events}`, visitor, occurredAt: Date.parse(at), url: `https://shop.example${path}` };
  return storedEvent(raw, { source });
};

beforeAll(async () => {
  portal = await openPortal();
  const { site } = await newMerchant(portal);
  await report(portal, site, [
    // Yesterday: two visitors before 10:30 local time, one after.
    view('a', '2026-11-22T08:00:00Z', '/'),
    view('b', '2026-11-22T09:00:00Z', '/'),
    view('c', '2026-11-22T20:00:00Z', '/'),
    // Today: three visitors, one of them with two pages.
    view('d', '2026-11-23T06:00:00Z', '/', 'Google'),
    view('d', '2026-11-23T06:01:00Z', '/p/mug', 'Google'),
    view('e', '2026-11-23T09:10:00Z', '/p/mug'),
    view('f', '2026-11-23T09:20:00Z', '/'),
  ]);
  context = { ...(await askContext(site, 'person')), now: NOW };
});
afterAll(() => portal.close());

const load = (query: string) => {
  const parameters = new URLSearchParams(query);
  const clock = { zone: context.site.timezone, now: NOW, firstDay: '2026-11-22' };
  const period = resolvePeriod(periodChoice(parameters), clock);
  return overview(
    { period, filters: parseFilters(parameters), tabs: ['page', 'source'], compare: true },
    context,
  );
};

describe('the overview of today', () => {
  it('has the key figures, each compared with yesterday up to the same time', async () => {
    const { figures } = await load('period=day');
    expect(figures.map(({ name, value, previous, change }) => [name, value, previous, change])).toEqual([
      ['visitors', 3, 2, 50],
      ['visits', 3, 2, 50],
      ['pageviews', 4, 2, 100],
      ['views_per_visit', 1.33, 1, 33],
      ['bounce_rate', 67, 100, -33],
      ['visit_duration', 20, 0, 100],
    ]);
  });

  it('says the same as the API, since it asks the same', async () => {
    const { figures } = await load('period=day');
    const { results } = await answer(
      { metrics: figures.map(({ name }) => name), date_range: 'day' },
      context,
    );
    expect(results[0]?.metrics).toEqual(figures.map(({ value }) => value));
  });

  it('draws hours up to the one that is not over, and all of yesterday behind', async () => {
    const { series } = await load('period=day');
    expect(series.labels).toHaveLength(24);
    expect(series.openFrom).toBe(10);
    expect(series.lines.visitors.slice(6, 12)).toEqual([0, 1, 0, 0, 2, null]);
    expect(series.lines.bounce_rate.slice(7, 11)).toEqual([0, null, null, 100]);
    expect(series.previous?.lines.visitors[21]).toBe(1);
  });

  it('lists what people saw and where they came from, with their share of the visitors', async () => {
    const { panels } = await load('period=day');
    expect(panels).toEqual([
      {
        breakdown: 'page',
        total: 2,
        rows: [
          { label: '/', visitors: 2, share: 66.7 },
          { label: '/p/mug', visitors: 2, share: 66.7 },
        ],
      },
      {
        breakdown: 'source',
        total: 2,
        rows: [
          { label: 'Direct / None', visitors: 2, share: 66.7 },
          { label: 'Google', visitors: 1, share: 33.3 },
        ],
      },
    ]);
  });

  it('counts only what a filter keeps, everywhere', async () => {
    const { figures, panels } = await load('period=day&source=Google');
    expect(figures[0]).toMatchObject({ value: 1, previous: 0, change: 100 });
    expect(panels[1]?.rows).toEqual([{ label: 'Google', visitors: 1, share: 100 }]);
  });
});
