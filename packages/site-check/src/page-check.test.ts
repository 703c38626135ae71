import { outboundFailure } from '@footfall/outbound/errors';
import { type OutboundAnswer, type OutboundRequest, outboundFetch } from '@footfall/outbound/fetch';
import { expect, test } from 'vitest';
import { parsePageAddress } from './page-address.ts';
import { pageCheck } from './page-check.ts';

const KEY = 'ff_ab12cd34ef56gh';
const COLLECTOR = 'https://in.footfall.example';
const LINE = `<script defer src="${COLLECTOR}/a.js" data-site="${KEY}"></script>`;
const TRACKER = 'window.AnalyticsService={}';

type Answers = Readonly<Record<string, Partial<OutboundAnswer> | Parameters<typeof outboundFailure>[0]>>;

/** Looks at a page of a network that has these answers by address, and no others. */
async function look(answers: Answers, page = '') {
  const asked: OutboundRequest[] = [];
  const check = pageCheck(async (request) => {
    asked.push(request);
    const url = new URL(request.url).href;
    const answer = answers[url] ?? 'dns';
    if (typeof answer === 'string')
      throw outboundFailure(answer, 'x', { values: { host: 'elsewhere.example' } });
    const empty = {
      url,
      redirectedFrom: [],
      status: 200,
      headers: { 'content-type': 'text/html' },
      isCut: false,
    };
    return { ...empty, body: Buffer.from(''), ...answer };
  });
  const sites = [{ siteKey: KEY, domain: 'kiln.example' }];
  const address = parsePageAddress(page, ['kiln.example']);
  const { findings, url } = await check({
    owner: 't1',
    address,
    siteKey: KEY,
    collectorUrl: COLLECTOR,
    sites,
  });
  return { codes: findings.map(({ code }) => code), findings, url, asked };
}

const html = (line: string) => ({ body: Buffer.from(`<html><head>${line}</head>`) });
const TRACKER_ANSWER = { [`${COLLECTOR}/a.js`]: { body: Buffer.from(TRACKER) } };

test('a page with the snippet, whose script is there, is right', async () => {
  const { codes, asked, url } = await look({ 'https://kiln.example/': html(LINE), ...TRACKER_ANSWER });
  expect(codes).toEqual(['found']);
  expect(url).toBe('https://kiln.example/');
  expect(asked.map(({ owner }) => owner)).toEqual(['t1', 't1']);
});

test('what is wrong stands first, and then nothing is said to be right', async () => {
  const policy = `script-src ${COLLECTOR}; connect-src 'self'`;
  const headers = {
    'content-type': 'text/html',
    'content-security-policy': policy,
    'x-robots-tag': 'noindex',
  };
  const { codes } = await look({
    'https://kiln.example/': { ...html(LINE + LINE), headers },
    ...TRACKER_ANSWER,
  });
  expect(codes).toEqual(['csp_connect', 'second_snippet', 'hidden_from_search']);
});

test('a page that is named is looked at, and no other', async () => {
  const { asked } = await look({ 'https://de.kiln.example/shop': html('') }, 'de.kiln.example/shop');
  expect(asked.map(({ url }) => String(url))).toEqual(['https://de.kiln.example/shop']);
});

test('redirects lead within the domain only', async () => {
  const { asked } = await look({ 'https://kiln.example/': html('') });
  const may = (url: string) => asked[0]?.mayFollow?.(new URL(url));
  expect(
    [
      'https://www.kiln.example/',
      'http://kiln.example/de',
      'https://kiln.example.evil.example/',
      'https://10.0.0.1/',
    ].map(may),
  ).toEqual([true, true, false, false]);
});

test('a shop without TLS is looked at without it', async () => {
  const { codes, url } = await look({
    'https://kiln.example/': 'refused',
    'http://kiln.example/': html(LINE),
    ...TRACKER_ANSWER,
  });
  expect([codes, url]).toEqual([['found'], 'http://kiln.example/']);
});

test.each([
  ['blocked_address', 'not_public'],
  ['blocked_redirect', 'redirected_elsewhere'],
  ['too_many_redirects', 'redirect_loop'],
  ['dns', 'name_unknown'],
  ['timeout', 'silent'],
  ['tls', 'bad_certificate'],
  ['protocol', 'broken'],
  ['busy', 'busy'],
] as const)('a page that cannot be had for %s: %s', async (code, expected) => {
  expect((await look({ 'https://kiln.example/': code })).findings).toEqual([
    { code: expected, values: { host: 'elsewhere.example' } },
  ]);
});

test.each<[string, Answers[string], string[]]>([
  ['is not there', { status: 404 }, ['script_unreachable']],
  ['refuses', 'refused', ['script_unreachable']],
  ['is another program', { body: Buffer.from('<html>') }, ['script_not_tracker']],
  ['is the operator’s inner one', 'blocked_address', ['found']],
  ['cannot be asked now', 'busy', ['found']],
])('the script at the collector %s', async (_, answer, expected) => {
  expect((await look({ 'https://kiln.example/': html(LINE), [`${COLLECTOR}/a.js`]: answer })).codes).toEqual(
    expected,
  );
});

test.each<[string, Answers[string], string[]]>([
  ['has the tracker', { body: Buffer.from(TRACKER) }, ['found', 'script_proxied']],
  ['has nothing', { status: 404 }, ['script_unreachable']],
  ['leads into a network', 'blocked_address', ['script_unreachable']],
])('a path of the shop that %s', async (_, answer, expected) => {
  const page = html(LINE.replace(COLLECTOR, '/f'));
  expect(
    (await look({ 'https://kiln.example/': page, 'https://kiln.example/f/a.js': answer })).codes,
  ).toEqual(expected);
});

test('a shop of this machine is not looked at', async () => {
  const check = pageCheck(outboundFetch([]));
  const page = { owner: 't1', siteKey: KEY, collectorUrl: COLLECTOR, sites: [] };
  for (const domain of ['localhost:3000', '127.0.0.1', 'shop.local']) {
    const { findings } = await check({ ...page, address: parsePageAddress('', [domain]) });
    expect(findings.map(({ code }) => code)).toEqual(['not_public']);
  }
});
