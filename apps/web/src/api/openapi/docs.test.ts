import { readFileSync } from 'node:fs';
import { METRIC_NAMES } from '@footfall/core/metric';
import { parseFlow } from '@footfall/core/query/flow';
import { parseFunnel } from '@footfall/core/query/funnel';
import { parseQuery } from '@footfall/core/query/parse';
import { parseRetention } from '@footfall/core/query/retention';
import { describe, expect, it } from 'vitest';
import { faults } from './conforming.fixture.ts';
import { PAGES, pageUrl, withTables } from './docs-tables.ts';
import { openApiDocument } from './document.ts';

const readPage = (page: (typeof PAGES)[number]) => readFileSync(pageUrl(page), 'utf8');
const api = readPage('api.md');

const order = { id: 'goal_1', name: 'Order', event: 'purchase', page: null, props: {} };
const site = { id: 'site_a', timezone: 'Europe/Berlin', generation: 1, currency: 'EUR', goals: [order] };
const context = { site, now: Date.parse('2026-03-04T12:00:00Z') };

/** Bodies that the page sends to an address of the API. */
function bodiesTo(address: string): unknown[] {
  const calls = api.matchAll(/^curl (\S+)[\s\S]*?-d '([^']*)'/gm);
  return [...calls]
    .filter(([, url]) => url?.endsWith(address))
    .map(([, , body = '']) => JSON.parse(body) as unknown);
}

it.each(PAGES)('the tables of %s are those of the code', (page) => {
  expect(withTables(readPage(page))).toBe(readPage(page));
});

it('every metric is explained to merchants', () => {
  const rows = readPage('metrics.md');
  expect(METRIC_NAMES.filter((name) => !rows.includes(`| \`${name}\` |`))).toEqual([]);
});

describe('an example of api.md', () => {
  const queries = bodiesTo('/api/v1/query');

  it('is there for every question', () => {
    expect(queries.length).toBeGreaterThan(3);
    for (const address of ['/api/v1/funnel', '/api/v1/retention', '/api/v1/flow'])
      expect(bodiesTo(address)).not.toEqual([]);
  });

  it.each(queries)('%j is understood, and as the document has it', (query) => {
    expect(faults('Query', query)).toEqual([]);
    expect(() => parseQuery(query, context)).not.toThrow();
  });

  it.each([
    ['FunnelQuery', '/api/v1/funnel', parseFunnel],
    ['RetentionQuery', '/api/v1/retention', parseRetention],
    ['FlowQuery', '/api/v1/flow', parseFlow],
  ])('of a %s is understood, and as the document has it', (schema, address, parse) => {
    for (const body of bodiesTo(address)) {
      expect(faults(schema, body)).toEqual([]);
      expect(() => parse(body, context)).not.toThrow();
    }
  });
});

it('api.md has every address of the document', () => {
  const paths = Object.keys(openApiDocument('http://x.example').paths);
  expect(paths.filter((path) => !api.includes(path))).toEqual([]);
});
