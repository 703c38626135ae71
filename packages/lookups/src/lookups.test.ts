import { NONE } from '@footfall/core/dimension';
import type { Lookups } from '@footfall/core/lookups';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadLookups } from './lookups.ts';

let lookups: Lookups;
beforeAll(async () => {
  lookups = await loadLookups();
});

describe('user agents', () => {
  const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0';
  test.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, 'Desktop', 'Chrome', 'Windows'],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/126.0.0.0`,
      'Desktop',
      'Edge',
      'Windows',
    ],
    [
      `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${CHROME} Mobile Safari/537.36`,
      'Mobile',
      'Chrome',
      'Android',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Desktop', 'Firefox', 'Linux'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      'Desktop',
      'Safari',
      'macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'Mobile',
      'Safari',
      'iOS',
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
      'Tablet',
      'Safari',
      'iOS',
    ],
  ])('%s', (userAgent, device, browser, os) => {
    expect(lookups.agent(userAgent)).toMatchObject({ device, browser, os, bot: false });
  });

  test.each([
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    `Mozilla/5.0 (X11; Linux x86_64) ${CHROME.replace('Chrome', 'HeadlessChrome')} Safari/537.36`,
    'curl/8.5.0',
    'python-requests/2.32',
  ])('%s is a bot', (userAgent) => {
    expect(lookups.agent(userAgent).bot).toBe(true);
  });
});

describe('addresses', () => {
  test.each([
    ['8.8.8.0', 'US'],
    ['91.0.0.0', 'DE'],
    ['2001:4860::', 'US'],
    ['127.0.0.0', NONE],
    ['10.0.0.0', NONE],
  ])('%s lies in %s', (ip, country) => {
    expect(lookups.place(ip).country).toBe(country);
  });
});
