import { describe, expect, test } from 'vitest';
import { NONE } from './dimension.ts';
import { parsePage } from './page.ts';
import { DIRECT, resolveSource } from './source.ts';
import { SOURCES } from './sources.fixture.ts';

const from = (address: string, referrer?: string, ownDomains: readonly string[] = []) =>
  resolveSource({ page: parsePage(`https://shop.example${address}`), referrer, ownDomains }, SOURCES);

describe('source', () => {
  test.each([
    ['/', undefined, DIRECT],
    ['/', 'https://www.google.de/search?q=mug', 'Google'],
    ['/', 'https://WWW.Google.de./', 'Google'],
    ['/', 'https://blog.example/post/', 'blog.example'],
    ['/', 'https://www.blog.example/post/', 'blog.example'],
    ['/', 'not a url', DIRECT],
    ['/?ref=friend', 'https://www.google.de/', 'friend'],
    ['/?source=letter&ref=friend', undefined, 'letter'],
    ['/?utm_source=partner&source=letter', undefined, 'partner'],
    ['/?utm_source=', 'https://www.google.de/', 'Google'],
    ['/?utm_source=%20', 'https://www.google.de/', 'Google'],
    ['/?utm_source=%00let%00ter', undefined, 'letter'],
    // One source is one row, however a campaign writes it.
    ['/?utm_source=google', undefined, 'Google'],
    ['/?utm_source=GOOGLE', undefined, 'Google'],
    ['/?utm_source=google.com', undefined, 'Google'],
    ['/?utm_source=www.Google.com', undefined, 'Google'],
    ['/?utm_source=https%3A%2F%2Fwww.google.com%2Fsearch', undefined, 'Google'],
    ['/?utm_source=fb', undefined, 'Facebook'],
    ['/?ref=chatgpt.com', undefined, 'ChatGPT'],
    // What is not known stays as it is written, a host without `www.`.
    ['/?utm_source=Spring-Letter', undefined, 'Spring-Letter'],
    ['/?utm_source=www.partner.example', undefined, 'partner.example'],
    ['/?utm_source=www', undefined, 'www'],
    // Apps are named like hosts.
    ['/', 'android-app://com.google.android.gm/', 'Gmail'],
    ['/', 'android-app://com.unknown.reader/https/shop.example', 'com.unknown.reader'],
    ['/', 'android-app://com.Slack/', 'Slack'],
    ['/', 'ios-app://284882215/https/shop.example', 'Facebook'],
    ['/', 'https://com.google.android.gm/', 'com.google.android.gm'],
    // Click ids name their network where nothing else does.
    ['/?gclid=abc', undefined, 'Google'],
    ['/?gbraid=abc', undefined, 'Google'],
    ['/?wbraid=abc', undefined, 'Google'],
    ['/?gad_source=1', undefined, 'Google'],
    ['/?dclid=abc', undefined, 'Google'],
    ['/?msclkid=abc', undefined, 'Bing'],
    ['/?fbclid=abc', undefined, 'Facebook'],
    ['/?ttclid=abc', undefined, 'TikTok'],
    ['/?twclid=abc', undefined, 'Twitter'],
    ['/?li_fat_id=abc', undefined, 'LinkedIn'],
    ['/?gclid=', undefined, DIRECT],
    ['/?gclid', undefined, DIRECT],
    ['/?fbclid=', undefined, DIRECT],
    ['/?fbclid=abc&gclid=abc', undefined, 'Google'],
    ['/?fbclid=abc', 'https://blog.example/', 'blog.example'],
    ['/?utm_source=letter&gclid=abc', undefined, 'letter'],
  ])('%s from %s is %s', (address, referrer, source) => {
    expect(from(address, referrer).source).toBe(source);
  });

  test('a campaign’s source stays as it is written in its own dimension', () => {
    expect(from('/?utm_source=GOOGLE').utmSource).toBe('GOOGLE');
  });

  test('the referrer keeps host and path, without query and trailing slash', () => {
    expect(from('/', 'https://www.blog.example/post/?a=b#c').referrer).toBe('blog.example/post');
  });

  test('referrer spam is told of the whole domain, and of nothing that only ends alike', () => {
    expect(from('/', 'https://spam.example/').spam).toBe(true);
    expect(from('/', 'https://www.free.spam.example/').spam).toBe(true);
    expect(from('/', 'https://nospam.example/').spam).toBe(false);
    expect(from('/', 'android-app://spam.example/').spam).toBe(false);
    expect(from('/').spam).toBe(false);
  });
});

test.each([
  ['/?utm_source=spam.example', undefined, true],
  ['/?utm_source=www.SPAM.example&utm_medium=referral', undefined, true],
  ['/?source=free.spam.example', undefined, true],
  ['/?ref=https%3A%2F%2Fspam.example%2Fx', undefined, true],
  ['/?utm_source=google', 'https://spam.example/', true],
  ['/?utm_source=spam', undefined, false],
  ['/?utm_source=nospam.example', undefined, false],
  ['/?utm_source=google&utm_campaign=spam.example', undefined, false],
])('%s from %s: that its source only pretends to refer is %s', (address, referrer, spam) => {
  expect(from(address, referrer).spam).toBe(spam);
});

describe('what is not a referrer', () => {
  test.each([
    'https://shop.example/cart',
    'https://www.shop.example/cart',
    'https://SHOP.example:8443/cart',
    'https://checkout.shop.example/',
    'https://shop.test/',
    'https://www.shop.test/',
    'https://help.shop.test/',
    'http://localhost:3000/',
    'http://app.localhost/',
    'http://intranet/',
    'http://printer.local/',
    'http://wiki.corp/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://10.0.0.7/',
    'http://172.16.0.1/',
    'http://172.31.255.1/',
    'http://192.168.1.1:8080/admin',
    'http://169.254.1.1/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[::ffff:10.0.0.1]/',
    'chrome-extension://abcdefgh/page.html',
    'moz-extension://abcdefgh/page.html',
    'safari-web-extension://abcdefgh/page.html',
    'file:///home/me/page.html',
    'about:blank',
    'data:text/html,x',
    'mailto:me@shop.example',
    'https:///',
    '',
  ])('%s', (referrer) => {
    expect(from('/', referrer, ['shop.test'])).toMatchObject({ source: DIRECT, referrer: NONE });
  });

  test.each([
    ['https://notshop.example/', 'notshop.example'],
    ['https://shop.example.evil.test/', 'shop.example.evil.test'],
    ['http://172.32.0.1/', '172.32.0.1'],
    ['http://100.128.0.1/', '100.128.0.1'],
    ['http://10.example/', '10.example'],
    ['http://[2001:db8::1]/', '[2001:db8::1]'],
  ])('but %s is one', (referrer, source) => {
    expect(from('/', referrer, ['shop.test', '']).source).toBe(source);
  });
});

test('U+FEFF belongs to the value of a parameter, blanks around it do not', () => {
  expect(from('/?utm_source=%20%EF%BB%BFNews%EF%BB%BF%20', undefined).source).toBe('\ufeffNews\ufeff');
});

test.each([
  ['https://www.xn--bcher-kva.test/a/', 'bücher.test', 'bücher.test/a'],
  ['https://bücher.test/', 'bücher.test', 'bücher.test'],
])('%s is shown in its own script', (referrer, source, text) => {
  expect(from('/', referrer)).toMatchObject({ source, referrer: text });
});

test.each(['bücher.test', 'xn--bcher-kva.test', 'BÜCHER.test', 'xn--bcher-kva.test:8443'])(
  'a site of %s is its own however it is written',
  (domain) => {
    for (const referrer of ['https://bücher.test/', 'https://m.xn--bcher-kva.test/'])
      expect(from('/', referrer, [domain]).source).toBe(DIRECT);
  },
);

test('a referrer whose host is longer than any is none', () => {
  const host = `${'漢'.repeat(300)}.example`;
  expect(from('/', `https://${host}/`).source).toBe(DIRECT);
});
