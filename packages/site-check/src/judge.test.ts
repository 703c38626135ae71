import { describe, expect, test } from 'vitest';
import { FINDINGS } from './finding.ts';
import { type FetchedPage, judgePage } from './judge.ts';
import { OTHERS, PAGES } from './pages.fixture.ts';

const KEY = 'ff_ab12cd34ef56gh';
const EXPECTED = {
  siteKey: KEY,
  collectorUrl: 'https://in.footfall.example',
  sites: [
    { siteKey: KEY, domain: 'kiln.example' },
    { siteKey: 'ff_zz99yy88xx77ww', domain: 'mugs.example' },
  ],
};
const LINE = `<script defer src="https://in.footfall.example/a.js" data-site="${KEY}"></script>`;

const page = (html: string, more: Partial<FetchedPage> = {}): FetchedPage => ({
  url: 'https://kiln.example/',
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  html,
  isCut: false,
  ...more,
});
const judge = (html: string, more: Partial<FetchedPage> = {}) => judgePage(page(html, more), EXPECTED);
const codes = (html: string, more: Partial<FetchedPage> = {}) =>
  judge(html, more).findings.map(({ code }) => code);
const headed = (head: string) => PAGES.html.replace('{{head}}', head);
const withHeaders = (headers: FetchedPage['headers']) => ({
  headers: { 'content-type': 'text/html', ...headers },
});

describe('a page of each system', () => {
  test.each(Object.entries(PAGES))('of %s has the snippet', (_, html) => {
    expect(judge(html.replace('{{head}}', LINE))).toMatchObject({
      findings: [],
      hasSnippet: true,
      script: new URL('https://in.footfall.example/a.js'),
    });
  });

  test.each(Object.entries(PAGES))('of %s lacks it', (name, html) => {
    const expected = {
      'google-tag-manager': 'absent_tag_manager',
      next: 'absent_bundled',
      react: 'absent_bundled',
      vue: 'absent_bundled',
    };
    expect(codes(html.replace('{{head}}', ''))).toEqual([
      (expected as Record<string, string>)[name] ?? 'absent',
    ]);
  });

  test.each(Object.entries(PAGES))('of %s has the key of another shop', (_, html) => {
    expect(codes(html.replace('{{head}}', LINE.replace(KEY, 'ff_0123456789abcd')))).toEqual(['key_unknown']);
  });
});

describe('the snippet', () => {
  test.each([
    ['with parts', LINE.replace('a.js', 'a.links.downloads.js')],
    [
      'in capitals and without quotes',
      `<SCRIPT SRC=https://in.footfall.example/a.js DATA-SITE=${KEY}></SCRIPT>`,
    ],
    ['with the key between blanks', LINE.replace(KEY, ` ${KEY} `)],
    ['as a module', LINE.replace('defer', 'type="module"')],
    ['with a type', LINE.replace('defer', 'defer type="text/javascript"')],
    ['without a scheme', LINE.replace('https:', '')],
  ])('%s is right', (_, line) => {
    expect(judge(headed(line))).toMatchObject({ findings: [], hasSnippet: true });
  });

  test.each([
    [
      'by Tag Manager’s code in the page',
      `<script>var s=document.createElement('script');s.dataset.site='${KEY}';</script>`,
    ],
    [
      'by Next’s data',
      `<script>self.__next_f.push([1,"[\\"$\\",\\"$L1\\",null,{\\"site\\":\\"${KEY}\\"}]"])</script>`,
    ],
  ])('made %s is found there', (_, head) => {
    expect(codes(headed(head))).toEqual(['found_in_code']);
  });

  test.each([
    ['in a comment', `<!-- ${LINE} -->`],
    ['as text', LINE.replaceAll('<', '&lt;')],
    [
      'beside it only the script of another product',
      '<script defer data-domain="kiln.example" src="https://plausible.io/js/script.js"></script>',
    ],
    [
      'another product’s data-site',
      '<script src="https://cdn.other.example/widget.js" data-site="4711"></script>',
    ],
  ])('%s is absent', (_, head) => {
    expect(codes(headed(head))).toEqual(['absent']);
  });

  test('beyond what is read is not said to be absent', () => {
    expect(codes(headed(''), { isCut: true })).toEqual(['absent_beyond']);
  });
});

describe('the key', () => {
  test.each([
    ['YOUR_SITE_KEY', { code: 'placeholder_key', values: {} }],
    ['', { code: 'key_missing', values: {} }],
    ['ff_zz99yy88xx77ww', { code: 'key_of_other_site', values: { domain: 'mugs.example' } }],
    ['ff_0123456789abcd', { code: 'key_unknown', values: { key: 'ff_0123456789abcd' } }],
    [KEY.toUpperCase(), { code: 'key_typo', values: { key: KEY.toUpperCase() } }],
    [KEY.slice(0, -1), { code: 'key_typo', values: { key: KEY.slice(0, -1) } }],
    [KEY.replace('b12', '12b'), { code: 'key_typo', values: { key: KEY.replace('b12', '12b') } }],
    [`${KEY}</b>`, { code: 'key_typo', values: { key: '…' } }],
    [`“${KEY}”`, { code: 'key_typo', values: { key: '…' } }],
    ['<img src=x onerror=alert(1)>', { code: 'key_unknown', values: { key: '…' } }],
  ])('%j', (key, expected) => {
    expect(
      judge(headed(`<script src="https://in.footfall.example/a.js" data-site='${key}'></script>`)).findings,
    ).toEqual([expected]);
  });

  test('that Tag Manager has lost', () => {
    expect(codes(headed('<script src="https://in.footfall.example/a.links.js"></script>'))).toEqual([
      'key_missing',
    ]);
  });

  test('twice counts twice', () => {
    expect(judge(headed(LINE + LINE)).findings).toEqual([{ code: 'second_snippet', values: { count: 2 } }]);
  });

  test('beside that of another site', () => {
    expect(codes(headed(LINE + LINE.replace(KEY, 'ff_0123456789abcd')))).toEqual(['second_site']);
  });
});

describe('the address of the script', () => {
  test.each([
    ['placeholder', 'https://collector.example/a.js', ['script_proxied']],
    ['of the shop itself', '/f/a.js', ['script_proxied']],
    ['missing', '', ['script_address']],
    ['without TLS', 'http://in.footfall.example/a.js', ['script_proxied', 'mixed_content']],
  ])('%s', (_, src, expected) => {
    expect(codes(headed(LINE.replace('https://in.footfall.example/a.js', src)))).toEqual(expected);
  });
});

describe('a content security policy', () => {
  const origin = 'https://in.footfall.example';
  test.each([
    ['allows all', 'default-src *', []],
    [
      'allows the collector',
      `default-src 'self'; script-src 'self' ${origin}; connect-src 'self' ${origin}`,
      [],
    ],
    ['allows a wildcard', 'script-src *.footfall.example; connect-src https:', []],
    ['allows by path', `script-src ${origin}/a.js; connect-src ${origin}/collect`, []],
    ['allows by scheme alone', 'default-src https: data:', []],
    ['says nothing of it', 'frame-ancestors none; upgrade-insecure-requests', []],
    ['knows its own host only', "default-src 'self'", ['csp_script', 'csp_connect']],
    [
      'knows another host',
      "script-src 'self' https://cdn.shopify.com 'unsafe-inline'; connect-src *",
      ['csp_script'],
    ],
    ['forgets to connect', `script-src ${origin}; connect-src 'self' https://api.example`, ['csp_connect']],
    ['goes by default', `default-src 'none'; script-src ${origin}`, ['csp_connect']],
    ['allows another path', `script-src ${origin}/b/; connect-src ${origin}`, ['csp_script']],
    ['allows another port', `script-src ${origin}:8443; connect-src ${origin}`, ['csp_script']],
    ['is strict', `script-src 'strict-dynamic' 'nonce-abc' ${origin}; connect-src *`, ['csp_script']],
    [
      'has script-src-elem before script-src',
      `script-src-elem ${origin}; script-src 'none'; connect-src *`,
      [],
    ],
    ['is the second of two', `default-src *, script-src 'self'`, ['csp_script']],
  ])('of the header that %s', (_, policy, expected) => {
    expect(codes(headed(LINE), withHeaders({ 'content-security-policy': policy }))).toEqual(expected);
  });

  test('takes the nonce of the tag', () => {
    const policy = "script-src 'strict-dynamic' 'nonce-R4nd0m'; connect-src *";
    expect(
      codes(
        headed(LINE.replace('defer', 'nonce="R4nd0m"')),
        withHeaders({ 'content-security-policy': policy }),
      ),
    ).toEqual([]);
  });

  test('of the page counts too', () => {
    expect(
      judge(
        headed(
          `<meta http-equiv="Content-Security-Policy" content="script-src 'self'; connect-src 'self'">${LINE}`,
        ),
      ).findings,
    ).toEqual([
      { code: 'csp_script', values: { origin } },
      { code: 'csp_connect', values: { origin } },
    ]);
  });

  test('that only reports blocks nothing', () => {
    expect(
      codes(headed(LINE), withHeaders({ 'content-security-policy-report-only': "default-src 'none'" })),
    ).toEqual([]);
  });

  test('is asked for the place that events go to', () => {
    const policy = `script-src 'self' ${origin}; connect-src 'self'`;
    expect(
      codes(
        headed(LINE.replace('defer', 'data-endpoint="/f/collect"')),
        withHeaders({ 'content-security-policy': policy }),
      ),
    ).toEqual([]);
  });
});

describe('a script that is held back', () => {
  const src = 'src="https://in.footfall.example/a.js"';
  test.each([
    [
      'Cookiebot',
      `<script type="text/plain" data-cookieconsent="statistics" ${src} data-site="${KEY}">`,
      'consent_held',
    ],
    [
      'Usercentrics',
      `<script type="text/plain" data-usercentrics="Footfall" ${src} data-site="${KEY}">`,
      'consent_held',
    ],
    [
      'OneTrust',
      `<script type="text/plain" class="optanon-category-C0002" ${src} data-site="${KEY}">`,
      'consent_held',
    ],
    [
      'Klaro',
      `<script type="text/plain" data-type="application/javascript" data-name="footfall" data-${src} data-site="${KEY}">`,
      'consent_held',
    ],
    [
      'Complianz',
      `<script type="text/plain" data-service="footfall" data-category="statistics" data-cmplz-${src} data-site="${KEY}">`,
      'consent_held',
    ],
    [
      'CookieConsent',
      `<script type="text/plain" data-category="analytics" ${src} data-site="${KEY}">`,
      'consent_held',
    ],
    [
      'Borlabs Cookie',
      `<script type="text/template" data-borlabs-cookie-id="x" data-borlabs-script-blocker-${src} data-site="${KEY}">`,
      'consent_held',
    ],
    [
      'iubenda',
      `<script type="text/plain" class="_iub_cs_activate" suppressedsrc="x" ${src} data-site="${KEY}">`,
      'consent_held',
    ],
    [
      'CookieYes',
      `<script type="text/plain" data-cookieyes="cookieyes-analytics" ${src} data-site="${KEY}">`,
      'consent_held',
    ],
    ['–', `<script type="text/plain" ${src} data-site="${KEY}">`, 'consent_held'],
    [
      'WP Rocket',
      `<script type="rocketlazyloadscript" data-rocket-${src} data-site="${KEY}">`,
      'script_delayed',
    ],
    [
      'LiteSpeed Cache',
      `<script type="litespeed/javascript" data-${src} data-site="${KEY}">`,
      'script_delayed',
    ],
    [
      'Cloudflare Rocket Loader',
      `<script type="0123456789abcdef01234567-text/javascript" ${src} data-site="${KEY}">`,
      'script_delayed',
    ],
  ])('by %s', (holder, tag, code) => {
    const { findings, script } = judge(headed(`${tag}</script>`));
    expect(findings).toEqual([{ code, values: { holder } }]);
    expect(script?.href).toBe('https://in.footfall.example/a.js');
  });
});

describe('a page from a cache', () => {
  test.each([
    [{ age: '5400' }, 90],
    [{ 'cf-cache-status': 'HIT' }, 1],
    [{ 'x-cache': 'Hit from cloudfront', age: '61' }, 2],
    [{ 'x-cache': 'MISS, HIT' }, 1],
    [{ 'x-litespeed-cache': 'hit' }, 1],
  ])('%j may be an old one', (headers, minutes) => {
    expect(judge(headed(''), withHeaders(headers)).findings).toEqual([
      { code: 'absent_cached', values: { minutes } },
    ]);
  });

  test.each([{ age: '0' }, { 'cf-cache-status': 'DYNAMIC' }, { 'x-cache': 'MISS' }, { age: 'x' }])(
    '%j is a fresh one',
    (headers) => {
      expect(codes(headed(''), withHeaders(headers))).toEqual(['absent']);
    },
  );

  test('with the snippet is fine', () => {
    expect(codes(headed(LINE), withHeaders({ age: '5400' }))).toEqual([]);
  });
});

describe('what stands where the shop should', () => {
  test.each<[string, string, Partial<FetchedPage>, string]>([
    [
      'Shopify’s password page',
      OTHERS.shopifyPassword,
      { url: 'https://kiln.example/password' },
      'shop_password',
    ],
    ['the same at another address', OTHERS.shopifyPassword, {}, 'shop_password'],
    ['Cloudflare’s challenge', OTHERS.cloudflare, { status: 403 }, 'bot_wall'],
    [
      'the same by its header',
      '',
      { status: 403, ...withHeaders({ 'cf-mitigated': 'challenge' }) },
      'bot_wall',
    ],
    ['Akamai', OTHERS.akamai, { status: 403 }, 'bot_wall'],
    ['too many requests', '', { status: 429 }, 'bot_wall'],
    ['Amazon’s WAF', '<script>window.awsWafCookieDomainList = [];</script>', { status: 202 }, 'bot_wall'],
    ['a password of the server', '', { status: 401 }, 'sign_in_needed'],
    ['a server that refuses', '<h1>Forbidden</h1>', { status: 403 }, 'page_forbidden'],
    ['nothing', '', { status: 404 }, 'page_missing'],
    [
      'WordPress that updates itself',
      OTHERS.wordpressMaintenance,
      { status: 503, ...withHeaders({ 'retry-after': '600' }) },
      'maintenance',
    ],
    ['Elementor’s maintenance', OTHERS.elementorMaintenance, {}, 'maintenance'],
    ['a server that fails', '', { status: 502 }, 'page_failing'],
    ['a picture', 'GIF89a', withHeaders({ 'content-type': 'image/gif' }), 'page_not_html'],
  ])('%s', (_, html, more, code) => {
    expect(codes(html, more)).toEqual([code]);
  });

  test('does not hide the snippet when it has it', () => {
    expect(judge(headed(LINE), { status: 503 })).toMatchObject({ findings: [], hasSnippet: true });
  });

  test.each([
    headed('<meta name="robots" content="NOINDEX, nofollow">'),
    headed('<META content="none" NAME=robots>'),
  ])('a page that hides from search engines is told of', (html) => {
    expect(codes(html)).toEqual(['absent', 'hidden_from_search']);
  });
});

test('every finding of a page is in the table, and nothing of its text is in a finding', () => {
  const secret = 'k33p-th1s';
  const all = Object.values({ ...PAGES, ...OTHERS }).flatMap(
    (html) =>
      judge(
        html.replace(
          '{{head}}',
          `<script src="https://${secret}.example/a.js?${secret}" data-site="ff_${secret} x">${secret}</script><title>${secret}</title>`,
        ),
      ).findings,
  );
  expect(all.every(({ code }) => code in FINDINGS)).toBe(true);
  expect(JSON.stringify(all)).not.toContain(secret);
});

test.each([
  '<script data-site="',
  '<script src=/a.js data-site=ff_a>',
  '<meta name=robots content=noindex>',
  '<form action="',
  '<script>gtm.js',
  '<title>maintenance ',
])('half a megabyte of %j is read in one pass', (part) => {
  const begun = performance.now();
  judge(part.repeat(Math.ceil(524_288 / part.length)));
  expect(performance.now() - begun).toBeLessThan(5_000);
});
