/** Where the demo shop's visitors are: networks (two of an address's four numbers) of big providers of each country. */
export const COUNTRIES = [
  { code: 'DE', weight: 44, langs: ['de-DE'], networks: ['91.0', '84.128', '217.80', '93.192'] },
  { code: 'AT', weight: 9, langs: ['de-AT'], networks: ['178.114', '77.116', '80.108'] },
  { code: 'CH', weight: 7, langs: ['de-CH', 'fr-CH'], networks: ['178.192', '85.0', '188.60'] },
  { code: 'FR', weight: 7, langs: ['fr-FR'], networks: ['90.0', '86.192', '92.128'] },
  { code: 'NL', weight: 6, langs: ['nl-NL', 'en-GB'], networks: ['84.24', '77.160', '62.194'] },
  { code: 'GB', weight: 6, langs: ['en-GB'], networks: ['86.128', '81.128', '90.192'] },
  { code: 'US', weight: 6, langs: ['en-US'], networks: ['73.32', '24.0', '98.192', '68.32'] },
  { code: 'PL', weight: 3, langs: ['pl-PL'], networks: ['83.0', '79.184'] },
  { code: 'IT', weight: 3, langs: ['it-IT'], networks: ['79.0', '87.0'] },
  { code: 'ES', weight: 2, langs: ['es-ES'], networks: ['83.32', '88.0'] },
  { code: 'DK', weight: 2, langs: ['da-DK'], networks: ['87.48', '80.160', '2.104'] },
  { code: 'SE', weight: 2, langs: ['sv-SE'], networks: ['78.64', '81.224'] },
  { code: 'BE', weight: 1, langs: ['nl-BE', 'fr-BE'], networks: ['81.240', '91.176'] },
  { code: 'CA', weight: 1, langs: ['en-CA'], networks: ['70.24', '99.224'] },
  { code: 'JP', weight: 1, langs: ['ja-JP'], networks: ['126.0', '60.32'] },
] as const;

type Agent = { weight: number; userAgent: string; screen: readonly [number, number] };

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0';
const WEBKIT = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6';

export const AGENTS: readonly [Agent, ...Agent[]] = [
  {
    weight: 27,
    userAgent: `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${WEBKIT} Mobile/15E148 Safari/604.1`,
    screen: [393, 852],
  },
  {
    weight: 25,
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`,
    screen: [412, 915],
  },
  {
    weight: 19,
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`,
    screen: [1920, 1080],
  },
  {
    weight: 9,
    userAgent: `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${WEBKIT} Safari/605.1.15`,
    screen: [1512, 982],
  },
  {
    weight: 7,
    userAgent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/141.0.0.0`,
    screen: [1536, 864],
  },
  {
    weight: 6,
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
    screen: [1920, 1080],
  },
  {
    weight: 4,
    userAgent: `Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) ${WEBKIT} Mobile/15E148 Safari/604.1`,
    screen: [820, 1180],
  },
  {
    weight: 3,
    userAgent:
      'Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S928B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    screen: [384, 832],
  },
];

/** A crawler that looks in every day; it is stored and left out of the reports. */
export const CRAWLER = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

type Origin = {
  weight: number;
  /** Growth of the weight over the whole period: 1 doubles it. */
  growth?: number;
  referrer?: string;
  /** Query of the landing address. */
  query?: string;
  /** Only on these days of the week; 0 is Monday. */
  weekdays?: readonly number[];
  /** Share of visits that go on to shop; campaigns and search bring buyers, social media brings onlookers. */
  intent: number;
};

/** Where visits come from. */
export const ORIGINS: readonly [Origin, ...Origin[]] = [
  { weight: 24, intent: 0.4 },
  { weight: 31, referrer: 'https://www.google.com/', intent: 0.4 },
  { weight: 5, referrer: 'https://www.bing.com/', intent: 0.4 },
  { weight: 3, referrer: 'https://duckduckgo.com/', intent: 0.4 },
  { weight: 2, growth: 3, referrer: 'https://chatgpt.com/', intent: 0.48 },
  { weight: 1, growth: 2, referrer: 'https://www.perplexity.ai/', intent: 0.48 },
  { weight: 7, referrer: 'https://l.instagram.com/', intent: 0.25 },
  { weight: 4, referrer: 'https://m.facebook.com/', intent: 0.25 },
  { weight: 3, referrer: 'https://www.pinterest.com/', intent: 0.35 },
  { weight: 2, referrer: 'https://www.youtube.com/', intent: 0.25 },
  { weight: 3, referrer: 'https://kitchen-stories.example/best-mugs', intent: 0.35 },
  {
    weight: 9,
    referrer: 'https://www.google.com/',
    query: 'utm_source=Google&utm_medium=cpc&utm_campaign=brand&gclid=demo',
    intent: 0.5,
  },
  {
    weight: 5,
    growth: 1,
    referrer: 'https://l.instagram.com/',
    query: 'utm_source=Instagram&utm_medium=paid_social&utm_campaign=autumn-table',
    intent: 0.35,
  },
  {
    weight: 22,
    weekdays: [3, 4],
    query: 'utm_source=newsletter&utm_medium=email&utm_campaign=thursday-letter',
    intent: 0.52,
  },
];
