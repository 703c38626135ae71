// @ts-check
import { Stop } from '../paths.mjs';

/** @typedef {import('./version.mjs').Version} Version */
/**
 * @typedef {{
 *   siteId: string, apiKey: string,
 *   days: { from: string, to: string },
 *   touch(version: Version): Promise<void>,
 * }} Shop `touch` sends events of days that are over again: nothing is counted twice, but their days are sealed anew
 */

const DAY_MS = 86_400_000;
const DAYS = 70;
const VISITORS = 12;
const AT_ONCE = 500;
/** Sealing begins two hours after a day; nothing else is waited for. */
const SEALED_MS = 15 * 60_000;

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
];
const NETWORKS = ['81.2.69.160', '89.160.20.112', '2.125.160.216', '2001:218::1'];
const REFERRERS = ['https://www.google.com/', 'https://t.co/x', undefined, 'https://example.org/a?b=c'];

/** @template T @param {readonly T[]} list @param {number} n @returns {T} */
const pick = (list, n) => /** @type {T} */ (list[n % list.length]);

/** @param {number} day @param {number} visitor */
function purchase(day, visitor) {
  const currency = pick(['EUR', 'USD', undefined], day);
  const price = `${10 + visitor}.50`;
  return {
    name: visitor % 5 === 4 ? 'refund' : 'purchase',
    url: 'https://upgrade.example/checkout',
    order: `order-${day}-${visitor}`,
    revenue: { amount: `${2 * (10 + visitor) + 1}.00`, ...(currency === undefined ? {} : { currency }) },
    items: [
      { sku: `sku-${visitor}`, name: pick(['Mug', 'Käse 🧀'], day), category: 'Kitchen', price, quantity: 2 },
      { sku: 'sku-x', quantity: 1 },
    ],
  };
}

/** The events of one visitor on one day, minutes apart. @param {number} day @param {number} visitor */
function visit(day, visitor) {
  const campaign =
    visitor % 3 === 0 ? '?utm_source=news&utm_medium=email&utm_campaign=May&utm_content=top' : '';
  const page = `/p/${(day + visitor) % 7}`;
  const url = `https://upgrade.example${page}${campaign}`;
  const referrer = pick(REFERRERS, visitor);
  return [
    { name: 'pageview', url, title: `Page ${visitor}`, ...(referrer === undefined ? {} : { referrer }) },
    { name: 'engagement', url, scroll: 10 * (visitor % 10), engaged_ms: 1_000 * visitor },
    ...(visitor % 2 === 0 ? [{ name: 'pageview', url: 'https://upgrade.example/cart' }] : []),
    ...(visitor % 4 === 0
      ? [{ name: 'Signup', url, props: { plan: pick(['pro', 'free'], day), '': 'odd' } }]
      : []),
    ...(visitor % 3 === 1 ? [purchase(day, visitor)] : []),
  ];
}

/** @param {number} day @param {number} begin of the day */
function eventsOfDay(day, begin) {
  return Array.from({ length: VISITORS + (day % 3) }, (_, visitor) =>
    visit(day, visitor).map((event, n) => ({
      id: `upgrade-${day}-${visitor}-${n}`,
      visitor: `v-${visitor}`,
      timestamp: new Date(begin + (7 + visitor / 2) * 3_600_000 + n * 60_000).toISOString(),
      user_agent: pick(AGENTS, visitor),
      ip: pick(NETWORKS, visitor + day),
      ...(visitor % 4 === 1 ? { user: `user-${visitor}` } : {}),
      ...event,
    })),
  ).flat();
}

/** @param {string} address @param {string} apiKey @param {unknown} body @returns {Promise<any>} */
async function post(address, apiKey, body) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Stop(`${address} answers ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Waits until all events of a shop are in reports, and all days that are over sealed. @param {Version} version @param {Shop} shop */
async function untilSealed({ web }, { siteId, apiKey, days }) {
  const asked = Date.now();
  const query = { site_id: siteId, metrics: ['events'], date_range: [days.from, days.to] };
  for (const begun = Date.now(); Date.now() - begun < SEALED_MS; ) {
    const { meta } = await post(`${web}/api/v1/query`, apiKey, query);
    if (Date.parse(meta.data_through) > asked) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Stop('the days were not sealed in time');
}

/** Makes a shop with ten weeks of history and waits until its days are sealed. @param {Version} version @returns {Promise<Shop>} */
export async function openShop(version) {
  const owner = [
    '--name',
    'Upgrade',
    '--email',
    'owner@upgrade.example',
    '--password',
    'correct horse battery',
  ];
  const tenant = await version.admin(['create-tenant', ...owner], 'tenant_id');
  const of = ['--tenant', tenant];
  const site = ['--domain', 'upgrade.example', '--timezone', 'Europe/Berlin'];
  const siteId = await version.admin(['create-site', ...of, ...site], 'site_id');
  const apiKey = await version.admin(['create-api-key', ...of, '--scopes', 'ingest,stats'], 'api_key');
  await version.admin(['create-goal', '--site', siteId, '--name', 'Order', '--event', 'purchase'], 'goal_id');
  const today = Math.floor(Date.now() / DAY_MS);
  const dayText = (/** @type {number} */ day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
  /** @param {Version} to @param {readonly number[]} ago days ago */
  const send = async ({ collector }, ago) => {
    for (const day of ago) {
      const events = eventsOfDay(day, (today - day) * DAY_MS);
      for (let from = 0; from < events.length; from += AT_ONCE)
        await post(`${collector}/v1/events`, apiKey, {
          site: siteId,
          events: events.slice(from, from + AT_ONCE),
        });
    }
  };
  /** @type {Shop} */
  const shop = {
    siteId,
    apiKey,
    days: { from: dayText(today - DAYS), to: dayText(today - 2) },
    touch: async (to) => {
      await send(to, [5, 40, 60]);
      await untilSealed(to, shop);
    },
  };
  await send(
    version,
    Array.from({ length: DAYS - 1 }, (_, n) => n + 2),
  );
  await untilSealed(version, shop);
  return shop;
}
