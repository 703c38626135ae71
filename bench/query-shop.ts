/** The made-up shop behind the query benchmark: its pages, products and campaigns, and who comes from where with what. */
import type { Agent, KnownSource, Lookups } from '../packages/core/src/lookups.ts';
import type { Item } from '../packages/core/src/raw-event.ts';

const count = <T>(length: number, make: (n: number) => T): T[] => Array.from({ length }, (_, n) => make(n));
const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

const ADJECTIVES = [
  'Plain',
  'Striped',
  'Heavy',
  'Little',
  'Round',
  'Northern',
  'Quiet',
  'Glazed',
  'Folding',
  'Old',
];
const THINGS = [
  'mug',
  'plate',
  'bowl',
  'lamp',
  'blanket',
  'kettle',
  'chair',
  'vase',
  'clock',
  'basket',
  'towel',
  'tray',
];
const CATEGORIES = ['Kitchen', 'Living', 'Bath', 'Garden', 'Office', 'Gifts', 'Textiles', 'Light'];

/** A page: path and title. */
export type ShopPage = { path: string; title: string };

const slug = (text: string) => text.toLowerCase().replaceAll(' ', '-');
const productName = (n: number) =>
  `${at(ADJECTIVES, n)} ${at(THINGS, Math.floor(n / ADJECTIVES.length) + n)} ${n}`;

export const PRODUCTS: readonly Item[] = count(250, (n) => ({
  sku: `SKU-${1_000 + n}`,
  name: productName(n),
  category: at(CATEGORIES, n),
  price: `${5 + ((n * 37) % 190)}.${(n * 13) % 10}0`,
  quantity: 1,
}));

/** 400 pages, the most visited first. */
export const PAGES: readonly ShopPage[] = [
  { path: '/', title: 'Home and hearth' },
  ...CATEGORIES.map((name) => ({ path: `/c/${slug(name)}`, title: `${name} | Home and hearth` })),
  { path: '/cart', title: 'Your cart' },
  { path: '/checkout/address', title: 'Where to?' },
  { path: '/checkout/payment', title: 'Payment' },
  ...PRODUCTS.map(({ name = '' }, n) => ({
    path: `/p/${n}-${slug(name)}`,
    title: `${name} | Home and hearth`,
  })),
  ...count(138, (n) => ({
    path: `/blog/${2_020 + (n % 6)}/${slug(`how to care for your ${productName(n)}`)}`,
    title: `How to care for your ${productName(n)}`,
  })),
];
export const THANKS: ShopPage = { path: '/checkout/thanks', title: 'Thank you' };

/** How a visit arrives: what its landing address and its referrer say. */
export type Arrival = { query?: string; referrer?: string; adClick?: boolean };

const CAMPAIGNS = count(12, (n) => `${at(['spring', 'summer', 'autumn', 'winter'], n)}_sale_${n}`);
const REFERRERS: readonly (KnownSource & { host: string })[] = [
  { host: 'google.com', name: 'Google', kind: 'search' },
  { host: 'bing.com', name: 'Bing', kind: 'search' },
  { host: 'facebook.com', name: 'Facebook', kind: 'social' },
  { host: 'instagram.com', name: 'Instagram', kind: 'social' },
  { host: 'duckduckgo.com', name: 'DuckDuckGo', kind: 'search' },
  { host: 'pinterest.com', name: 'Pinterest', kind: 'social' },
  { host: 'chatgpt.com', name: 'ChatGPT', kind: 'ai' },
  { host: 'youtube.com', name: 'YouTube', kind: 'video' },
];
const BLOGS = count(44, (n) => `www.${slug(productName(n * 7))}.example`);

/** About 60 sources, the most common first. */
export const ARRIVALS: readonly Arrival[] = [
  {},
  { referrer: 'https://www.google.com/' },
  { query: `utm_source=newsletter&utm_medium=email&utm_campaign=${CAMPAIGNS[0]}` },
  {
    referrer: 'https://www.google.com/',
    query: `utm_source=google&utm_medium=cpc&utm_campaign=${CAMPAIGNS[1]}`,
    adClick: true,
  },
  ...REFERRERS.slice(1).map(({ host }) => ({ referrer: `https://www.${host}/` })),
  ...CAMPAIGNS.slice(2).flatMap((name, n) => [
    { query: `utm_source=newsletter&utm_medium=email&utm_campaign=${name}` },
    { query: `utm_source=partner-${n}&utm_medium=affiliate&utm_campaign=${name}&utm_content=banner` },
  ]),
  ...BLOGS.map((host, n) => ({ referrer: `https://${host}/best-of-${n}` })),
];

const COUNTRIES =
  'DE US GB FR AT CH NL IT ES PL BE SE DK NO FI IE PT CZ CA AU JP BR IN MX GR HU RO TR KR ZA'.split(' ');

/** A visitor's network, truncated as the collector does: its first byte says the country, its second the city. */
export const cityNetwork = (country: number, city: number, third: number) =>
  `${20 + country}.${city}.${third}.0`;
export const COUNTRY_NUMBERS: readonly number[] = COUNTRIES.map((_, n) => n);

const CHROMES = ['124.0.0.0', '125.0.0.0', '126.0.0.0', '127.0.0.0'];
const PERSON = { bot: false, botKind: '(none)' };
const desktop = (system: string, os: string, osVersion: string): [string, Agent][] => [
  ...CHROMES.map((version): [string, Agent] => [
    `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`,
    { device: 'Desktop', browser: 'Chrome', browserVersion: version.slice(0, 3), os, osVersion, ...PERSON },
  ]),
  ...['125.0', '126.0', '127.0'].map((version): [string, Agent] => [
    `Mozilla/5.0 (${system}; rv:${version}) Gecko/20100101 Firefox/${version}`,
    { device: 'Desktop', browser: 'Firefox', browserVersion: version.slice(0, 3), os, osVersion, ...PERSON },
  ]),
];
const phone = (model: string, version: number, chrome: string): [string, Agent] => [
  `Mozilla/5.0 (Linux; Android ${version}; ${model}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome} Mobile Safari/537.36`,
  {
    device: 'Mobile',
    browser: 'Chrome',
    browserVersion: chrome.slice(0, 3),
    os: 'Android',
    osVersion: `${version}`,
    ...PERSON,
  },
];
const iphone = (major: number, minor: number): [string, Agent] => [
  `Mozilla/5.0 (iPhone; CPU iPhone OS ${major}_${minor} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${major}.${minor} Mobile/15E148 Safari/604.1`,
  {
    device: 'Mobile',
    browser: 'Mobile Safari',
    browserVersion: `${major}`,
    os: 'iOS',
    osVersion: `${major}.${minor}`,
    ...PERSON,
  },
];
const AGENTS: ReadonlyMap<string, Agent> = new Map([
  phone('K', 10, '126.0.0.0'),
  ...count(6, (n) => iphone(17, n)),
  ...desktop('Windows NT 10.0; Win64; x64', 'Windows', '10'),
  ...desktop('Macintosh; Intel Mac OS X 10_15_7', 'Mac OS', '10.15.7'),
  ...count(40, (n) => phone(`SM-G9${70 + n}B`, 11 + (n % 4), at(CHROMES, n))),
  ...count(4, (n) => iphone(16, n)),
  ...desktop('X11; Linux x86_64', 'Linux', '(none)'),
  [
    'Mozilla/5.0 (compatible; Shopbot/2.1; +https://bot.example/about)',
    {
      device: 'Desktop',
      browser: '(none)',
      browserVersion: '(none)',
      os: '(none)',
      osVersion: '(none)',
      bot: true,
      botKind: 'Other',
    },
  ],
]);
export const USER_AGENTS: readonly string[] = [...AGENTS.keys()];
export const LANGUAGES = [
  'de-DE',
  'en-US',
  'en-GB',
  'fr-FR',
  'de-AT',
  'it-IT',
  'es-ES',
  'nl-NL',
  'pl-PL',
  'de',
  'en',
];

const PHONE_SCREENS = [
  [390, 844],
  [393, 852],
  [412, 915],
  [360, 800],
  [384, 832],
  [430, 932],
] as const;
const DESKTOP_SCREENS = [
  [1920, 1080],
  [1440, 900],
  [1536, 864],
  [2560, 1440],
  [1366, 768],
  [1280, 720],
] as const;
export const chooseScreens = (userAgent: string) =>
  userAgent.includes('Mobile') ? PHONE_SCREENS : DESKTOP_SCREENS;

const SILENT: Agent = {
  device: '(none)',
  browser: '(none)',
  browserVersion: '(none)',
  os: '(none)',
  osVersion: '(none)',
  ...PERSON,
};
const KNOWN = new Map<string, KnownSource>(REFERRERS.map(({ host, ...known }) => [host, known]));

/** The shop's own small lists, so that making events takes no time to look them up. */
export const LOOKUPS: Lookups = {
  agent: (userAgent) => AGENTS.get(userAgent) ?? SILENT,
  place: (ip) => {
    const [country = 0, city = 0] = ip.split('.').map(Number);
    const code = at(COUNTRIES, country - 20);
    return { country: code, region: `${code} ${city % 8}`, city: `Town ${city} of ${code}` };
  },
  host: (host) => KNOWN.get(host),
  app: () => undefined,
  campaign: (name) => (name === 'google' ? KNOWN.get('google.com') : undefined),
  isSpam: () => false,
};

/** The most common of what the data can be filtered by. */
export const COMMON = { source: 'Google', country: COUNTRIES[0] as string, page: '/' };
