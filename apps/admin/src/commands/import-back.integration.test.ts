import { afterAll, beforeAll, expect, test } from 'vitest';
import { Imports, type Site } from './import.fixture.ts';

let imports: Imports;
beforeAll(async () => {
  imports = await Imports.start();
}, 600_000);
afterAll(() => imports?.end());

const DOMAIN = 'round.example';
const DAY = 86_400_000;
/** Yesterday's noon, and then. */
const NOON = Math.floor(Date.now() / DAY) * DAY - DAY / 2;
const at = (seconds: number) => NOON + seconds * 1_000;
const page = (path: string) => `https://${DOMAIN}${path}`;

const PHONE =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const DESKTOP = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0';
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

const EVENTS = [
  {
    id: '=1',
    name: 'pageview',
    ts: at(0),
    url: page('/?utm_source=mail&utm_campaign=a,b'),
    visitor: '-v1',
    title: '\'=1+1\n"two"',
    lang: 'en_gb',
    screen: [390, 844],
    ip: '81.169.181.179',
    user_agent: PHONE,
    hints: { model: 'Pixel 8', platform_version: '16.0.0' },
    user: '-7',
  },
  {
    id: 'e2',
    name: 'engagement',
    ts: at(40),
    url: page('/'),
    visitor: '-v1',
    scroll: 80,
    engaged_ms: 30_500,
    user_agent: PHONE,
    ip: '81.169.181.179',
  },
  {
    id: 'e3',
    name: "+Signup '",
    ts: at(50),
    url: page('/#/join'),
    hash: true,
    visitor: '-v1',
    interactive: false,
    props: { plan: '=pro', '"odd", name': 'x\r\ny' },
    user_agent: PHONE,
    ip: '81.169.181.179',
  },
  {
    id: 'e4',
    name: 'purchase',
    ts: at(60),
    url: page('/thanks'),
    visitor: 'v2',
    referrer: 'https://www.google.de/search',
    order: '-A1',
    revenue: { amount: '12.340000', currency: 'EUR' },
    items: [{ sku: '=S1', name: 'Mug, "blue"', category: '-', price: '6.17', quantity: 2 }],
    user_agent: DESKTOP,
    ip: '2a02:8109::7',
  },
  {
    id: 'e5',
    name: 'refund',
    ts: at(90),
    url: page('/account'),
    visitor: 'v2',
    revenue: { amount: '5', currency: 'USD' },
    user_agent: DESKTOP,
    ip: '2a02:8109::7',
  },
  { id: 'e6', name: 'pageview', ts: at(5), url: page('/'), visitor: 'v3', user_agent: BOT },
  { id: 'e7', name: 'pageview', ts: at(6), url: page('/'), visitor: 'v4', referrer: 'https://semalt.com/' },
  {
    id: 'e8',
    name: 'engagement',
    ts: at(3_000),
    url: page('/'),
    visitor: 'v2',
    engaged_ms: 80_000_000,
    since_ms: 0,
  },
];

/** What is not of the event: who it was, since ids are made with the site's own key, and when it came in. */
const NOT_OF_THE_EVENT = ['received_at', 'visitor'];

async function exported(site: Site, format: string): Promise<string> {
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const days = `from=${day(NOON - 2 * DAY)}&to=${day(NOON + DAY)}`;
  return (await imports.fetch(site, `sites/${site.siteId}/export?${days}&format=${format}`)).text();
}

/** All of a site's events by id, and who they were by the first event of each. */
async function facts(site: Site): Promise<Record<string, Record<string, unknown>>> {
  const rows = (await exported(site, 'jsonl'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const first = new Map<unknown, unknown>();
  for (const { id, visitor } of rows.toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1)))
    if (!first.has(visitor)) first.set(visitor, id);
  return Object.fromEntries(
    rows.map((row) => [
      String(row.id),
      {
        ...Object.fromEntries(Object.entries(row).filter(([name]) => !NOT_OF_THE_EVENT.includes(name))),
        who: first.get(row.visitor),
      },
    ]),
  );
}

const METRICS = ['visitors', 'visits', 'pageviews', 'events', 'bounce_rate', 'visit_duration'];
const DIMENSIONS = [
  ...['event:name', 'event:page', 'visit:source', 'visit:channel', 'visit:utm_campaign', 'visit:device'],
  ...['visit:browser', 'visit:browser_version', 'visit:os', 'visit:os_version', 'visit:screen'],
  ...['visit:language', 'visit:country', 'visit:region', 'visit:entry_page', 'visit:exit_page', 'time:hour'],
];

async function reports(site: Site): Promise<unknown[]> {
  const money = ['total_revenue', 'orders', 'items_sold', 'refunded_revenue', 'scroll_depth', 'time_on_page'];
  const totals = await imports.query(site, { metrics: [...METRICS, ...money] });
  const rows = await Promise.all(
    DIMENSIONS.map(async (dimension) => {
      const { results } = await imports.query(site, { metrics: METRICS, dimensions: [dimension] });
      return [dimension, results];
    }),
  );
  return [totals.results, ...rows];
}

test('what was exported comes back in as it was: the same facts, the same reports', async () => {
  const site = await imports.newSiteElsewhere(DOMAIN);
  const jsonl = EVENTS.map(({ ts, ...event }) => JSON.stringify({ ...event, timestamp: ts })).join('\n');
  expect(await imports.bring(site, await imports.file('first.jsonl', jsonl))).toMatchObject({
    accepted: EVENTS.length,
  });
  expect(await imports.settledLedger(site)).toMatchObject({ stored: EVENTS.length, bots: 2 });
  await imports.queryRows(site, 4, { metrics: ['events'] });
  const [known, answers] = [await facts(site), await reports(site)];
  expect(known['=1']).toMatchObject({
    device: 'Mobile',
    browser: 'Chrome',
    os: 'Android',
    os_version: '16',
    language: 'en-GB',
    country: 'DE',
    title: '\'=1+1\n"two"',
  });

  for (const format of ['csv', 'jsonl']) {
    const back = await imports.newSiteElsewhere(DOMAIN);
    const from = await imports.file(`back.${format}`, await exported(site, format));
    expect(await imports.bring(back, from)).toMatchObject({
      accepted: EVENTS.length,
      skipped: 0,
      rejected: {},
    });
    expect(await imports.settledLedger(back)).toMatchObject({ stored: EVENTS.length, bots: 2 });
    await imports.queryRows(back, 4, { metrics: ['events'] });
    expect(await facts(back), format).toEqual(known);
    expect(await reports(back), format).toEqual(answers);
  }
}, 600_000);

test('an import of events is taken back whole, and nothing else; the same can be brought in again', async () => {
  const site = await imports.newSite();
  const row = (id: string, path: string, day: number) => ({
    id,
    name: 'purchase',
    timestamp: NOON - day * DAY,
    url: page(path),
    visitor: `of ${id}`,
    order: id,
    revenue: { amount: '2.00', currency: 'EUR' },
  });
  const lines = (rows: object[]) => rows.map((one) => JSON.stringify(one)).join('\n');
  const first = lines([row('a', '/own', 3), row('b', '/own', 40)]);
  // One that is there already stays with the import that brought it.
  const second = lines([row('b', '/own', 40), row('c', '/own', 3), row('d', '/theirs', 70)]);
  const kept = (await imports.bring(site, await imports.file('kept.jsonl', first))) as { import_id: string };
  const from = await imports.file('wrong.jsonl', second);
  const asked = {
    metrics: ['visitors', 'events', 'orders', 'total_revenue'],
    dimensions: ['time:day'],
    date_range: [NOON - 80 * DAY, NOON].map((at) => new Date(at).toISOString().slice(0, 10)),
  };
  const pages = { metrics: ['events'], dimensions: ['event:page'] };
  const before = await imports.queryRows(site, 2, asked);
  for (const removed of [2, 4]) {
    const wrong = (await imports.bring(site, from)) as { import_id: string; accepted: number };
    expect(wrong).toMatchObject({ accepted: 3, read_before: 0 });
    expect(await imports.queryRows(site, 4, pages)).toEqual({ '/own': [3], '/theirs': [1] });
    expect(await imports.command('imports', { site: site.siteId })).toMatchObject({
      imports: [
        { import_id: kept.import_id, formats: ['jsonl'], events: 2 },
        { import_id: wrong.import_id, formats: ['jsonl'], events: 3, ended_at: expect.any(String) },
      ],
    });
    expect(await imports.command('import-delete', { import: wrong.import_id })).toEqual({
      deleted: wrong.import_id,
      events: 2,
    });
    expect(await imports.queryRows(site, 2, asked)).toEqual(before);
    expect(await imports.queryRows(site, 2, pages)).toEqual({ '/own': [2] });
    expect(await imports.settledLedger(site)).toMatchObject({ stored: 2 + removed, removed });
  }
  expect(await imports.command('imports', { site: site.siteId })).toMatchObject({
    imports: [{ import_id: kept.import_id }],
  });
}, 600_000);
