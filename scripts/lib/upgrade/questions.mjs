// @ts-check
import { isDeepStrictEqual } from 'node:util';
import { Stop } from '../paths.mjs';

/** @typedef {import('./version.mjs').Version} Version */
/** @typedef {import('./shop.mjs').Shop} Shop */
/** @typedef {Record<string, unknown>} Answers by what was asked */

const COUNTS = [
  'visitors',
  'visits',
  'pageviews',
  'events',
  'bounce_rate',
  'visit_duration',
  'views_per_visit',
];
const SALES = ['total_revenue', 'average_revenue', 'orders', 'items_sold', 'refunded_revenue', 'net_revenue'];
const ENGAGED = ['scroll_depth', 'time_on_page'];

const DIMENSIONS = [
  ...['event:name', 'event:page', 'event:hostname', 'event:props:plan', 'event:goal'],
  ...['visit:source', 'visit:referrer', 'visit:channel', 'visit:utm_source', 'visit:utm_content'],
  ...['visit:device', 'visit:browser', 'visit:os_version', 'visit:language', 'visit:country', 'visit:city'],
  ...['visit:entry_page', 'visit:exit_page', 'visit:hostname'],
  ...['item:sku', 'item:name', 'item:category', 'time:day', 'time:week', 'time:month'],
];

/** @param {string} name @param {object} body */
const query = (name, body) => ({ name, address: '/api/v1/query', body });

/** What is asked: an address and a body each. @param {Shop} shop */
function questions({ days: { from, to } }) {
  const range = { date_range: [from, to] };
  const filtered = { filters: [['is', 'visit:device', ['Desktop']]] };
  return [
    query('totals', { ...range, metrics: [...COUNTS, ...SALES] }),
    query('engagement by page', { ...range, metrics: ENGAGED, dimensions: ['event:page'] }),
    ...DIMENSIONS.map((name) =>
      query(`by ${name}`, { ...range, metrics: ['visitors', 'events'], dimensions: [name] }),
    ),
    ...['visit:channel', 'item:category'].map((name) =>
      query(`sales by ${name}`, { ...range, metrics: SALES, dimensions: [name] }),
    ),
    query('of desktops', { ...range, ...filtered, metrics: [...COUNTS, ...SALES] }),
    query('of desktops, by page and country', {
      ...range,
      ...filtered,
      metrics: ['visitors', 'pageviews'],
      dimensions: ['event:page', 'visit:country'],
    }),
    query('who bought, by source', {
      ...range,
      metrics: ['visitors', 'visits'],
      dimensions: ['visit:source'],
      filters: [['has_done', ['is', 'event:name', ['purchase']]]],
    }),
    query('a pattern in any case', {
      ...range,
      metrics: ['visitors', 'events'],
      filters: [['matches', 'event:page', ['^/P/[1-3]$'], { case_sensitive: false }]],
    }),
    query('bots', { ...range, metrics: ['visitors'], filters: [['is', 'visit:bot', ['true']]] }),
    query('hours of one day', {
      date_range: [to, to],
      metrics: ['visitors', 'visits'],
      dimensions: ['time:hour'],
    }),
    {
      name: 'a funnel',
      address: '/api/v1/funnel',
      body: { ...range, steps: [{ page: '/p/*' }, { page: '/cart' }, 'Order'] },
    },
    { name: 'around a page', address: '/api/v1/flow', body: { ...range, page: '/cart' } },
    { name: 'retention', address: '/api/v1/retention', body: { ...range, period: 'week' } },
  ];
}

/**
 * Events of an export in one order. What only a later version knows of each, an earlier one has not said.
 * @param {string} text
 */
const sortedLines = (text) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.stringify({ ...JSON.parse(line), bot_kind: undefined }))
    .sort();

/**
 * The answer to each question.
 * @param {Version} version
 * @param {Shop} shop
 * @returns {Promise<Answers>}
 */
export async function askAll({ web }, shop) {
  const headers = { authorization: `Bearer ${shop.apiKey}`, 'content-type': 'application/json' };
  /** @type {Answers} */
  const answers = {};
  for (const { name, address, body } of questions(shop)) {
    const response = await fetch(`${web}${address}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ site_id: shop.siteId, ...body }),
    });
    if (!response.ok) throw new Stop(`${name}: ${response.status} ${await response.text()}`);
    /** @type {any} */
    const { meta, ...answer } = await response.json();
    // Each version says which it is, and how far it has come.
    const { data_through: _, logic_version: __, ...rest } = meta ?? {};
    answers[name] = { ...answer, meta: rest };
  }
  const { from, to } = shop.days;
  const site = `${web}/api/v1/sites/${shop.siteId}`;
  const exported = await fetch(`${site}/export?from=${from}&to=${to}&format=jsonl`, { headers });
  answers.export = sortedLines(await exported.text());
  return answers;
}

/** @param {unknown} answer */
const brief = (answer) => JSON.stringify(answer).slice(0, 400);

/**
 * What differs, a line each.
 * @param {Answers} before
 * @param {Answers} after
 * @returns {string[]}
 */
export function differences(before, after) {
  return Object.keys(before)
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((name) => `${name}\n  before: ${brief(before[name])}\n  after:  ${brief(after[name])}`);
}
