/** Endings of user agents, the most common last: what stands near the end of a dictionary is cheapest to refer to. */
const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
];

const RAW = {
  name: 'pageview',
  url: 'https://www.',
  title: '',
  screen: [1920, 1080],
  lang: 'de-DE',
  visitor: '',
  ip: '.0',
  userAgent: '',
  delay: 100,
};
const NONE = '(none)';
const DERIVED = {
  page: '/',
  hostname: '',
  source: 'Direct / None',
  referrer: NONE,
  utmSource: NONE,
  utmMedium: NONE,
  utmCampaign: NONE,
  utmTerm: NONE,
  utmContent: NONE,
  channel: 'Direct',
  device: 'Desktop',
  browser: 'Chrome',
  browserVersion: '126',
  os: 'Windows',
  osVersion: '10',
  bot: false,
  country: 'DE',
  region: NONE,
  city: NONE,
  screen: '1920x1080',
  language: 'de-DE',
  interactive: false,
};
const ITEM = { sku: '', quantity: 1, name: '', category: '', price: '' };
const PHONE = {
  device: 'Mobile',
  browser: 'Mobile Safari',
  browserVersion: '17',
  os: 'iOS',
  osVersion: '17.5',
};
const SEARCH = { source: 'Google', referrer: 'google.com', channel: 'Organic Search' };

/** Typical bodies, the most common last. */
const BODIES = [
  {
    raw: {
      ...RAW,
      name: 'purchase',
      props: { '': '' },
      interactive: true,
      revenue: { amount: '', currency: 'EUR' },
      order: '',
      items: [ITEM],
    },
    derived: { ...DERIVED, device: 'Tablet', browser: 'Edge', os: 'Linux', interactive: true },
  },
  {
    raw: { ...RAW, name: 'add_to_cart', items: [ITEM] },
    derived: {
      ...DERIVED,
      source: 'Facebook',
      channel: 'Organic Social',
      browser: 'Firefox',
      os: 'Mac OS',
      country: 'US',
      interactive: true,
    },
  },
  {
    raw: { ...RAW, name: 'engagement', screen: [390, 844], lang: 'en-US', scroll: 100, engagedMs: 10_000 },
    derived: { ...DERIVED, ...PHONE, screen: '390x844', language: 'en-US' },
  },
  {
    raw: {
      ...RAW,
      url: 'https://www.?utm_source=&utm_medium=cpc&utm_campaign=',
      referrer: 'https://www.google.com/',
    },
    derived: { ...DERIVED, ...SEARCH, utmSource: 'newsletter', utmMedium: 'email', utmCampaign: '' },
  },
  { raw: RAW, derived: DERIVED },
];

/**
 * Text that events are full of, which bodies of the first format were deflated with. None are written any more, but those that
 * are there need it, so nothing above may ever change.
 */
export const DICTIONARY = Buffer.from([...AGENTS, ...BODIES.map((body) => JSON.stringify(body))].join(''));
