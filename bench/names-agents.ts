import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseAgent } from '../packages/lookups/src/agent/agent.ts';
import { cost, share } from './names-report.ts';

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

/** Browsers, systems, devices and bots of Matomo's fixtures. */
export function measureDetector(clone: string): void {
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

/** Visitors of the npm package user-agents. */
export function measureVisitors(file: string): void {
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

/** Agents of other products' tests: `bot`, `person`, or the devices that they may be called. */
type Case = { userAgent: string; as: readonly string[] };

const readYaml = <Content>(file: string) => parse(readFileSync(file, 'utf8')) as Content;
const all = (texts: Record<string, string[]>, as: string): Case[] =>
  Object.values(texts).flatMap((some) => some.map((userAgent) => ({ userAgent, as: [as] })));

const readIsbot = (folder: string): Case[] => [
  ...all(readYaml(join(folder, 'fixtures/browsers.yml')), 'person'),
  ...all(readYaml(join(folder, 'fixtures/crawlers.yml')), 'bot'),
];

type UapCase = { user_agent_string: string; family: string };
const readUap = (folder: string): Case[] =>
  readYaml<{ test_cases: UapCase[] }>(join(folder, 'tests/test_device.yaml')).test_cases.map(
    ({ user_agent_string, family }) => ({
      userAgent: user_agent_string,
      as: [family === 'Spider' ? 'bot' : 'person'],
    }),
  );

/** Devices as WhichBrowser and ua-parser-js call them. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  television: ['TV'],
  smarttv: ['TV'],
  mobile: ['Mobile'],
  tablet: ['Tablet'],
  desktop: ['Desktop'],
  gaming: ['Console'],
  console: ['Console'],
  watch: ['Watch'],
  wearable: ['Watch', 'Other'],
  car: ['Car'],
  bot: ['bot'],
};

type WhichCase = { headers?: unknown; result?: { device?: { type?: string } } };
const AGENT = 'User-Agent: ';
const readWhich = (folder: string): Case[] =>
  readdirSync(join(folder, 'tests/data'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => readYaml<WhichCase[] | null>(join(folder, 'tests/data', file)) ?? [])
    .flatMap(({ headers, result }) => {
      const as = TYPES[result?.device?.type ?? ''];
      if (as === undefined || typeof headers !== 'string' || !headers.startsWith(AGENT)) return [];
      return [{ userAgent: headers.slice(AGENT.length), as }];
    });

type UaParserCase = { ua: string; expect: { type?: string } };
const readUaParser = (folder: string): Case[] =>
  readdirSync(join(folder, 'test/data/ua/device'))
    .flatMap(
      (file) => JSON.parse(readFileSync(join(folder, 'test/data/ua/device', file), 'utf8')) as UaParserCase[],
    )
    .flatMap(({ ua, expect: { type = '' } }) => {
      const as = TYPES[type];
      return as === undefined ? [] : [{ userAgent: ua, as }];
    });

const OTHERS: Readonly<Record<string, (folder: string) => Case[]>> = {
  isbot: readIsbot,
  'uap-core': readUap,
  'Parser-PHP': readWhich,
  'ua-parser-js': readUaParser,
};

function isAs({ userAgent, as }: Case): boolean {
  const { bot, device } = parseAgent(userAgent);
  return as.includes(bot ? 'bot' : as.includes('person') ? 'person' : device);
}

/** Bots, people and devices of the clones of other products that lie in the folder. */
export function measureOthers(folder: string): void {
  for (const [name, read] of Object.entries(OTHERS)) {
    if (!existsSync(join(folder, name))) continue;
    const cases = read(join(folder, name));
    for (const as of new Set(cases.map((one) => one.as.join(' or '))))
      share(
        `${name}: ${as}`,
        cases.filter((one) => one.as.join(' or ') === as),
        isAs,
      );
  }
}
