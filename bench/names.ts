/**
 * How many names are right, on public data, and how long a look-up takes: `npm run bench:names [-- DIR]`.
 *
 * What the repository holds is measured always. DIR may hold more, which is measured where it lies and never copied:
 * `device-detector` (a clone of matomo-org/device-detector, LGPL), `user-agents.json` (of the npm package user-agents) and
 * `crawler-user-agents.json` (of the npm package of that name).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuUsage } from 'node:process';
import { parse } from 'yaml';
import { classifyChannel } from '../packages/core/src/channel.ts';
import { parsePage } from '../packages/core/src/page.ts';
import { resolveSource } from '../packages/core/src/source.ts';
import { parseAgent } from '../packages/lookups/src/agent/agent.ts';
import { sourceLookups } from '../packages/lookups/src/source.ts';

const folder = process.argv[2];
const lookups = sourceLookups();
const percent = (part: number, whole: number) => `${((part / whole) * 100).toFixed(2)} %`;
const say = (what: string, figure: string) => console.log(`${what.padEnd(60)} ${figure}`);

function share<Item>(what: string, items: readonly Item[], isRight: (item: Item) => boolean): void {
  say(what, `${percent(items.filter(isRight).length, items.length)} of ${items.length}`);
}

/** Microseconds of CPU that each call takes; the clock would count other processes, too. */
function cost<Item>(what: string, items: readonly Item[], look: (item: Item) => unknown): void {
  const rounds = Math.ceil(200_000 / items.length);
  for (const item of items) look(item);
  const start = cpuUsage();
  for (let round = 0; round < rounds; round += 1) for (const item of items) look(item);
  const { user, system } = cpuUsage(start);
  say(what, `${((user + system) / (rounds * items.length)).toFixed(2)} µs`);
}

function measureSources(): void {
  const file = new URL('../packages/lookups/data/ga4-source-categories.csv', import.meta.url);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',') as [string, string]);
  const channel = (query: string, referrer?: string) =>
    classifyChannel(
      resolveSource({ page: parsePage(`https://shop.example/${query}`), referrer, ownDomains: [] }, lookups),
    );
  const expected = (category: string) =>
    category.replace('SOURCE_CATEGORY_', '').replace(/(?<=.).*/, (rest) => rest.toLowerCase());
  const query = (source: string, medium: string) =>
    `?utm_source=${encodeURIComponent(source)}&utm_medium=${medium}`;
  share('GA4: channel of a paid campaign', rows, ([source, category]) =>
    channel(query(source, 'cpc')).endsWith(`Paid ${expected(category)}`),
  );
  share('GA4: channel of an unpaid campaign', rows, ([source, category]) =>
    channel(query(source, 'referral')).endsWith(`Organic ${expected(category)}`),
  );
  const hosts = rows.filter(([source]) => source.includes('.'));
  share('GA4: channel of a referrer', hosts, ([source, category]) =>
    channel('', `https://${source}/`).endsWith(`Organic ${expected(category)}`),
  );
  const mixed = [...hosts.map(([host]) => host), ...hosts.map(([host]) => `a.b.c.not${host}`)];
  cost('a look-up of a host', mixed, lookups.host);
  cost('a look-up of a campaign’s name', rows, ([source]) => lookups.campaign(source));
}

type Fixture = {
  user_agent: string;
  os?: { name?: string } | [];
  os_family?: string;
  client?: { type: string; name: string };
  device?: { type: string };
  bot?: object;
  headers?: object;
};

/** Devices as Matomo's fixtures call them. */
const DEVICES: Readonly<Record<string, readonly string[]>> = {
  smartphone: ['Mobile'],
  phablet: ['Mobile', 'Tablet'],
  'feature phone': ['Mobile'],
  'portable media player': ['Mobile', 'Other'],
  tablet: ['Tablet'],
  tv: ['TV'],
  console: ['Console'],
  wearable: ['Watch', 'Other'],
  'car browser': ['Car'],
  desktop: ['Desktop'],
  peripheral: ['Other', 'TV', 'Tablet'],
  'smart speaker': ['Other'],
  'smart display': ['Other', 'TV', 'Tablet'],
  camera: ['Other'],
};
/** Families of systems there, where they are called otherwise here. */
const SYSTEMS: Readonly<Record<string, readonly string[]>> = {
  Mac: ['macOS'],
  'GNU/Linux': ['Linux', 'Ubuntu', 'Fedora', 'Debian', 'SUSE', 'webOS', 'VIDAA', 'Roku OS'],
  'Chrome OS': ['ChromeOS'],
  'Windows Mobile': ['Windows Phone', 'Windows Mobile', 'Windows CE'],
  iOS: ['iOS', 'tvOS', 'watchOS'],
  Android: ['Android', 'HarmonyOS', 'Tizen'],
};
const SAME: Readonly<Record<string, string>> = {
  'Mobile Safari': 'Safari',
  'Chrome Mobile': 'Chrome',
  'Chrome Mobile iOS': 'Chrome',
  'Chrome Webview': 'Chrome',
  'Firefox Mobile': 'Firefox',
  'Firefox Mobile iOS': 'Firefox',
  'Microsoft Edge': 'Edge',
  'Internet Explorer': 'IE',
  'IE Mobile': 'IE Mobile',
  'Opera Mobile': 'Opera',
  'Opera Devices': 'Opera',
  'Opera Next': 'Opera',
  'Samsung Browser': 'Samsung Internet',
  'Samsung Browser Lite': 'Samsung Internet',
  'Yandex Browser': 'Yandex',
  'Yandex Browser Lite': 'Yandex',
  'UC Browser Turbo': 'UC Browser',
  'UC Browser Mini': 'UC Browser',
  'Huawei Browser Mobile': 'Huawei Browser',
  'Mobile Silk': 'Silk',
  'Sogou Mobile Browser': 'Sogou',
  'Sogou Explorer': 'Sogou',
  'Baidu Browser': 'Baidu',
  'DuckDuckGo Privacy Browser': 'DuckDuckGo',
  'vivo Browser': 'Vivo Browser',
  HeyTapBrowser: 'HeyTap Browser',
};

/** Of the last five years: what people still come with. */
function isModern({ user_agent: text }: Fixture): boolean {
  const of = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? 0);
  return of(/Chrome\/(\d+)/) >= 90 || of(/Firefox\/(\d+)/) >= 90 || of(/ OS (\d+)_/) >= 14;
}

function measureDetector(clone: string): void {
  const fixtures = readdirSync(join(clone, 'Tests/fixtures'))
    .filter((file) => file.endsWith('.yml') && !file.startsWith('clienthints') && !file.startsWith('unknown'))
    .flatMap((file) => parse(readFileSync(join(clone, 'Tests/fixtures', file), 'utf8')) as Fixture[])
    .filter(({ headers }) => headers === undefined);
  const browsers = fixtures.filter(({ bot, client }) => bot === undefined && client?.type === 'browser');
  const modern = browsers.filter(isModern);
  share(
    'Matomo: bots are bots',
    fixtures.filter(({ bot }) => bot !== undefined),
    ({ user_agent }) => parseAgent(user_agent).bot,
  );
  share('Matomo: people are people', browsers, ({ user_agent }) => !parseAgent(user_agent).bot);
  const named = (name: string) => SAME[name] ?? name;
  for (const [which, some] of [
    ['all', browsers],
    ['modern', modern],
  ] as const) {
    share(
      `Matomo, ${which}: browser`,
      some,
      ({ user_agent, client }) => parseAgent(user_agent).browser === named(client?.name ?? ''),
    );
    share(
      `Matomo, ${which}: system`,
      some.filter(({ os_family }) => os_family !== 'Unknown'),
      ({ user_agent, os_family = '' }) =>
        (SYSTEMS[os_family] ?? [os_family]).includes(parseAgent(user_agent).os),
    );
    share(
      `Matomo, ${which}: device`,
      some.filter(({ device }) => device !== undefined && device.type !== ''),
      ({ user_agent, device }) => (DEVICES[device?.type ?? ''] ?? []).includes(parseAgent(user_agent).device),
    );
  }
  for (const type of ['smartphone', 'tablet', 'tv', 'console', 'wearable', 'car browser', 'desktop'])
    share(
      `Matomo, ${type}: device`,
      browsers.filter(({ device }) => device?.type === type),
      ({ user_agent }) => (DEVICES[type] ?? []).includes(parseAgent(user_agent).device),
    );
  cost('a user agent that is not remembered, Matomo’s', modern, ({ user_agent }) => parseAgent(user_agent));
}

type Visitor = { userAgent: string; deviceCategory: string; platform: string };

function measureVisitors(file: string): void {
  const visitors = JSON.parse(readFileSync(file, 'utf8')) as Visitor[];
  const device = { mobile: 'Mobile', tablet: 'Tablet', desktop: 'Desktop' } as Readonly<
    Record<string, string>
  >;
  share('user-agents: people are people', visitors, ({ userAgent }) => !parseAgent(userAgent).bot);
  share(
    'user-agents: device',
    visitors,
    ({ userAgent, deviceCategory }) => parseAgent(userAgent).device === device[deviceCategory],
  );
  share(
    'user-agents: a browser is found',
    visitors,
    ({ userAgent }) => parseAgent(userAgent).browser !== '(none)',
  );
  share('user-agents: a system is found', visitors, ({ userAgent }) => parseAgent(userAgent).os !== '(none)');
  cost('a user agent that is not remembered, of visitors', visitors, ({ userAgent }) =>
    parseAgent(userAgent),
  );
}

measureSources();
const given = (name: string) => (folder === undefined ? '' : join(folder, name));
if (existsSync(given('device-detector'))) measureDetector(given('device-detector'));
if (existsSync(given('user-agents.json'))) measureVisitors(given('user-agents.json'));
if (existsSync(given('crawler-user-agents.json'))) {
  const list = JSON.parse(readFileSync(given('crawler-user-agents.json'), 'utf8')) as {
    instances: string[];
  }[];
  share(
    'crawler-user-agents: bots are bots',
    list.flatMap(({ instances }) => instances),
    (text) => parseAgent(text).bot,
  );
}
