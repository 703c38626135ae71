import { policiesAllow } from './content-policy.ts';
import { type Finding, finding } from './finding.ts';
import { readAttributes, readTags } from './html-tags.ts';
import { type PageScript, readScript } from './page-script.ts';

/** A page as it was fetched. */
export type FetchedPage = {
  url: string;
  status: number;
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  html: string;
  /** Whether only its beginning was read. */
  isCut: boolean;
};

/** What should be on it. */
export type Expected = {
  siteKey: string;
  collectorUrl: string;
  /** The sites of the same tenant, to tell a key of another one. */
  sites: readonly { siteKey: string; domain: string }[];
};

type Meta = { robots: string; title: string; policies: readonly string[]; marks: string };
type View = {
  page: URL;
  status: number;
  header: (name: string) => string;
  scripts: readonly PageScript[];
  /** Texts of scripts in the page. */
  code: readonly string[];
  meta: Meta;
  isCut: boolean;
  expected: Expected;
};

/** Of what stands in the page itself so much is looked through for words that tell what kind of page it is. */
const MARKS = 60_000;

function viewPage({ url, status, headers, html, isCut }: FetchedPage, expected: Expected): View {
  const header = (name: string) => [headers[name] ?? ''].flat().join(', ');
  const page = new URL(url);
  const about = { page, collector: new URL(expected.collectorUrl), siteKey: expected.siteKey };
  const [scripts, code, policies]: [PageScript[], string[], string[]] = [[], [], []];
  let [robots, title] = [header('x-robots-tag'), ''];
  for (const tag of readTags(html)) {
    const script = readScript(tag, about);
    if (script !== null) scripts.push(script);
    else if (tag.name === 'script') code.push(tag.text, tag.content);
    if (tag.name === 'title' && title === '') title = tag.content.trim();
    if (tag.name !== 'meta') continue;
    const attributes = readAttributes(tag);
    const content = attributes.get('content') ?? '';
    if (attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy') policies.push(content);
    if (/^(?:robots|googlebot)$/i.test(attributes.get('name') ?? '')) robots += ` ${content}`;
  }
  const meta = {
    robots: robots.toLowerCase(),
    title,
    policies: [header('content-security-policy'), ...policies].filter((policy) => policy !== ''),
    marks: html.slice(0, MARKS),
  };
  return { page, status, header, scripts, code, meta, isCut, expected };
}

const WALL_TITLE =
  /^(?:just a moment|attention required! \| cloudflare|access denied|please wait|ddos-guard|robot check|pardon our interruption|checking your browser)/i;
const WALL_MARKS =
  /\/cdn-cgi\/challenge-platform\/|_Incapsula_Resource|captcha-delivery\.com|px-captcha|sgcaptcha|awsWafCookieDomainList|Sucuri WebSite Firewall/;

/** Whether something stands before the page that lets no program in, so that nothing is known of the page itself. */
function isWall({ status, header, meta }: View): boolean {
  if (header('cf-mitigated') === 'challenge' || header('x-amzn-waf-action') !== '') return true;
  return (
    (status >= 400 || status === 202) &&
    (status === 429 || WALL_TITLE.test(meta.title) || WALL_MARKS.test(meta.marks))
  );
}

const MAINTENANCE_TITLE =
  /\b(?:under maintenance|maintenance mode|scheduled maintenance|site maintenance|coming soon|under construction|opening soon|launching soon|wartungsmodus|wartungsarbeiten|im aufbau|demnächst verfügbar)\b|^(?:maintenance|wartung)\b/i;
const MAINTENANCE_MARKS =
  /elementor-maintenance-mode|woocommerce-coming-soon|Briefly unavailable for scheduled maintenance|class="[^"]{0,200}\bmaintenance-mode\b/i;

/** A page that answers as it should, and yet is not the shop. */
function isMaintenance({ status, header, meta }: View): boolean {
  if (status === 503 && header('retry-after') !== '') return true;
  return MAINTENANCE_TITLE.test(meta.title) || MAINTENANCE_MARKS.test(meta.marks);
}

/** The password page of a Shopify or BigCommerce shop that is not open yet. */
const isShopPassword = ({ page, meta }: View) =>
  /^\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?password\/?$/i.test(page.pathname) ||
  (/cdn\.shopify\.com|Shopify\.shop/.test(meta.marks) &&
    /<form[^>]{0,300}action="[^"]{0,40}\/password"/.test(meta.marks));

type Rule = readonly [applies: (view: View) => boolean, make: (view: View) => Finding];

/** What keeps us from seeing the shop's page at all; the first that applies is all that is said. */
const OBSTACLES: readonly Rule[] = [
  [isWall, () => finding('bot_wall')],
  [isShopPassword, () => finding('shop_password')],
  [({ status }) => status === 401, () => finding('sign_in_needed')],
  [({ status }) => status === 403, () => finding('page_forbidden')],
  [({ status }) => status === 404 || status === 410, ({ status }) => finding('page_missing', { status })],
  [isMaintenance, () => finding('maintenance')],
  [({ status }) => status < 200 || status >= 300, ({ status }) => finding('page_failing', { status })],
  [({ header }) => !/^$|html/i.test(header('content-type')), () => finding('page_not_html')],
];

const CACHED = /\b(?:hit|stale|updating|revalidated)\b/i;
const CACHE_HEADERS = [
  'cf-cache-status',
  'x-cache',
  'x-cache-status',
  'x-proxy-cache',
  'x-litespeed-cache',
  'x-wp-cf-super-cache',
  'x-vercel-cache',
  'x-nextjs-cache',
  'x-varnish-cache',
  'x-sg-cache',
];

/** Seconds since the page was made, as a cache says; a minute where it only says that it is one; 0: not from a cache. */
function cachedSeconds({ header }: View): number {
  const age = Number(header('age'));
  if (age > 0) return Math.round(age);
  return CACHE_HEADERS.some((name) => CACHED.test(header(name))) ? 60 : 0;
}

const TAG_MANAGER = /googletagmanager\.com\/gtm\.js|googletagmanager\.com\/gtag\/js\?id=GTM-/;
/** Pages that a program in the browser makes: the tracker may be in its code. */
const BUNDLED =
  /id="(?:__next|__nuxt|root|app|___gatsby)"|\/_next\/static\/|\/_nuxt\/|data-reactroot|ng-version=/;

/** Why the snippet is not in the page, the first that applies. */
const ABSENCES: readonly Rule[] = [
  [
    ({ code, expected }) => code.some((text) => text.includes(expected.siteKey)),
    () => finding('found_in_code'),
  ],
  [
    (view) => cachedSeconds(view) > 0,
    (view) => finding('absent_cached', { minutes: Math.ceil(cachedSeconds(view) / 60) }),
  ],
  [({ code }) => code.some((text) => TAG_MANAGER.test(text)), () => finding('absent_tag_manager')],
  [({ meta }) => BUNDLED.test(meta.marks), () => finding('absent_bundled')],
  [({ isCut }) => isCut, () => finding('absent_beyond')],
  [() => true, () => finding('absent')],
];

/** Changes of a letter that make one text the other, as far as `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (let at = 1; at <= b.length; at += 1)
      next.push(
        Math.min(
          (next[at - 1] ?? 0) + 1,
          (row[at] ?? 0) + 1,
          (row[at - 1] ?? 0) + (b[at - 1] === letter ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

const SHOWN_KEY = /^[A-Za-z0-9_-]{1,40}$/;
const shownKey = (key: string) => (SHOWN_KEY.test(key) ? key : '…');

/** What is wrong with a key; undefined when it is the site's. */
function judgeKey(key: string | null, { siteKey, sites }: Expected): Finding | undefined {
  if (key === siteKey) return undefined;
  if (key === null || key === '') return finding('key_missing');
  if (key === 'YOUR_SITE_KEY') return finding('placeholder_key');
  const other = sites.find((site) => site.siteKey === key);
  if (other !== undefined) return finding('key_of_other_site', { domain: other.domain });
  const isTypo =
    key.length <= 80 && (key.includes(siteKey) || distance(key.toLowerCase(), siteKey.toLowerCase(), 3) <= 3);
  return finding(isTypo ? 'key_typo' : 'key_unknown', { key: shownKey(key) });
}

/** Where the events of a script go. */
function readEndpoint({ src, endpoint }: PageScript, page: URL): URL | null {
  if (endpoint !== null && URL.canParse(endpoint, page.href)) return new URL(endpoint, page);
  return src === null ? null : new URL('collect', src);
}

/** What the browser does not let the site's script do. */
function judgePolicies(script: PageScript, { page, meta }: View): Finding[] {
  const { src, nonce } = script;
  const endpoint = readEndpoint(script, page);
  if (src === null || endpoint === null) return [];
  if (page.protocol === 'https:' && src.protocol === 'http:') return [finding('mixed_content')];
  const question = { page, nonce };
  const found: Finding[] = [];
  if (!policiesAllow(meta.policies, { ...question, kind: 'script', target: src }))
    found.push(finding('csp_script', { origin: src.origin }));
  if (!policiesAllow(meta.policies, { ...question, kind: 'connect', target: endpoint }))
    found.push(finding('csp_connect', { origin: endpoint.origin }));
  return found;
}

/** Whether the script is loaded from somewhere else than the collector; whoever asks that address knows whether it is right. */
function judgeAddress({ src }: PageScript, { collectorUrl }: Expected): Finding[] {
  if (src === null) return [finding('script_address', { expected: `${collectorUrl}/a.js` })];
  return src.href.startsWith(`${collectorUrl}/`) ? [] : [finding('script_proxied', { host: src.host })];
}

const HELD = { consent: 'consent_held', delay: 'script_delayed' } as const;

/** What is to be said of the site's own script. */
function judgeScript(script: PageScript, view: View): Finding[] {
  const { held, holder } = script;
  return [
    ...judgeAddress(script, view.expected),
    ...judgePolicies(script, view),
    ...(held === null ? [] : [finding(HELD[held], { holder: holder === '' ? '–' : holder })]),
  ];
}

function judgeScripts(view: View): Finding[] {
  const { scripts, expected } = view;
  if (scripts.length === 0) return [(ABSENCES.find(([applies]) => applies(view)) as Rule)[1](view)];
  const own = scripts.filter(({ key }) => key === expected.siteKey);
  const [first] = own;
  const wrong = scripts.flatMap(({ key }) => judgeKey(key, expected) ?? []);
  if (first === undefined) return wrong.slice(0, 1);
  const found = judgeScript(first, view);
  if (own.length > 1) found.push(finding('second_snippet', { count: own.length }));
  if (wrong.length > 0) found.push(finding('second_site'));
  return found;
}

/** A page that was looked at: what was found, and the address of the site's script where it is still to be asked. */
export type Judgement = { findings: readonly Finding[]; hasSnippet: boolean; script: URL | null };

/**
 * What is to be said of a shop's page: whether the site's snippet is on it, and what keeps it from counting. Nothing of the page's text is in the answer but names of
 * hosts, and keys that look like keys.
 */
export function judgePage(page: FetchedPage, expected: Expected): Judgement {
  const view = viewPage(page, expected);
  const obstacle = OBSTACLES.find(([applies]) => applies(view));
  // A page that has the snippet is the shop's, whatever it looks like.
  if (obstacle !== undefined && view.scripts.length === 0)
    return { findings: [obstacle[1](view)], hasSnippet: false, script: null };
  const findings = judgeScripts(view);
  if (/\bnoindex\b|\bnone\b/.test(view.meta.robots)) findings.push(finding('hidden_from_search'));
  const own = view.scripts.find(({ key }) => key === expected.siteKey);
  return { findings, hasSnippet: own !== undefined, script: own?.src ?? null };
}
