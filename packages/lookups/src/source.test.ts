import { readFileSync } from 'node:fs';
import { classifyChannel } from '@footfall/core/channel';
import { parsePage } from '@footfall/core/page';
import { resolveSource } from '@footfall/core/source';
import { describe, expect, test } from 'vitest';
import { sourceLookups } from './source.ts';

const lookups = sourceLookups();
const arrive = (query: string, referrer?: string) =>
  resolveSource({ page: parsePage(`https://shop.example/${query}`), referrer, ownDomains: [] }, lookups);
const campaign = (source: string, medium: string) =>
  arrive(`?utm_source=${encodeURIComponent(source)}&utm_medium=${medium}`);

describe('hosts', () => {
  test.each([
    ['google.de', 'Google', 'search'],
    ['google.co.uk', 'Google', 'search'],
    ['google.com.au', 'Google', 'search'],
    ['images.google.fr', 'Google', 'search'],
    ['cn.bing.com', 'Bing', 'search'],
    ['de.search.yahoo.com', 'Yahoo!', 'search'],
    ['r.search.yahoo.com', 'Yahoo!', 'search'],
    ['duckduckgo.com', 'DuckDuckGo', 'search'],
    ['html.duckduckgo.com', 'DuckDuckGo', 'search'],
    ['search.brave.com', 'Brave', 'search'],
    ['yandex.kz', 'Yandex', 'search'],
    ['ask.com', 'Ask', 'search'],
    // Entries of lists that begin with `www.`, and such of four labels.
    ['sou.com', '360 Search', 'search'],
    ['search.smt.docomo.ne.jp', 'Google', 'search'],
    ['sp-web.search.auone.jp', 'auone', 'search'],
    ['l.facebook.com', 'Facebook', 'social'],
    ['lm.facebook.com', 'Facebook', 'social'],
    ['t.co', 'Twitter', 'social'],
    ['x.com', 'Twitter', 'social'],
    ['mobile.twitter.com', 'Twitter', 'social'],
    ['out.reddit.com', 'Reddit', 'social'],
    ['ar.pinterest.com', 'Pinterest', 'social'],
    ['pinterest.co.uk', 'Pinterest', 'social'],
    ['threads.net', 'Threads', 'social'],
    ['l.threads.com', 'Threads', 'social'],
    ['mastodon.social', 'Mastodon', 'social'],
    ['fosstodon.org', 'Mastodon', 'social'],
    ['bsky.app', 'Bluesky', 'social'],
    ['t.me', 'Telegram', 'social'],
    ['web.telegram.org', 'Telegram', 'social'],
    ['m.youtube.com', 'YouTube', 'video'],
    ['amazon.co.uk', 'Amazon', 'shopping'],
    ['smile.amazon.de', 'Amazon', 'shopping'],
    ['shopping.google.com', 'Google Shopping', 'shopping'],
    ['mail.google.com', 'Gmail', 'email'],
    ['deref-gmx.net', 'GMX', 'email'],
    ['mail.proton.me', 'Proton Mail', 'email'],
    ['outlook.live.com', 'Outlook', 'email'],
    ['outlook.office.com', 'Outlook', 'email'],
    ['eur02.safelinks.protection.outlook.com', 'Outlook', 'email'],
    ['mail.yahoo.com', 'Yahoo! Mail', 'email'],
    ['mail.yandex.ru', 'Yandex Mail', 'email'],
    ['e.mail.ru', 'Mail.ru', 'email'],
    ['webmail.company.example', 'webmail.company.example', 'email'],
    ['chatgpt.com', 'ChatGPT', 'ai'],
    ['perplexity.ai', 'Perplexity', 'ai'],
    ['gemini.google.com', 'Gemini', 'ai'],
    ['notebooklm.google.com', 'NotebookLM', 'ai'],
    ['copilot.microsoft.com', 'Copilot', 'ai'],
    ['chat.deepseek.com', 'DeepSeek', 'ai'],
    ['chat.qwen.ai', 'Qwen', 'ai'],
    ['you.com', 'You.com', 'ai'],
    ['deref-gmx.ch', 'GMX', 'email'],
    ['lightmailer-bs.web.de', 'WEB.DE', 'email'],
    ['mailbusiness.ionos.co.uk', 'IONOS Mail', 'email'],
    ['webmail.your-server.de', 'Hetzner Webmail', 'email'],
    ['co106w.col106.mail.live.com', 'Outlook', 'email'],
    ['36ohk6dgmcd1n-c.c.yom.mail.yahoo.net', 'Yahoo! Mail', 'email'],
    ['eur03.safelinks.protection.outlook.com', 'Outlook', 'email'],
    ['webmail1m.orange.fr', 'webmail1m.orange.fr', 'email'],
    ['wmail.orange.fr', 'Orange Mail', 'email'],
    ['suche.web.de', 'WEB.DE Suche', 'search'],
    ['notion.ai', 'Notion AI', 'ai'],
    ['labs.google.com', 'Gemini', 'ai'],
    ['lens.google.com', 'Google', 'search'],
    ['uk.yahoo.com', 'Yahoo!', 'search'],
    ['primevideo.com', 'Prime Video', 'video'],
    ['audible.de', 'Audible', 'shopping'],
    ['shop.tiktok.com', 'TikTok Shop', 'shopping'],
  ])('%s is %s, %s', (host, name, kind) => {
    expect(lookups.host(host)).toEqual({ name, kind });
  });

  test.each([
    'shop.example',
    'newsletter',
    '',
    '.',
    '..',
    // A listed name inside a longer one, before it or behind it.
    't.com',
    'bufferbloat.net',
    'x.company.example',
    'google.com.evil.example',
    'google.evil.example',
    'notamazon.de',
    'myfacebook.com',
    'facebook.com.co.example',
    // Portals: only the hosts that a list names.
    'docs.google.de',
    'sites.google.co.uk',
    'accounts.google.com',
    'finance.yahoo.com',
    'disk.yandex.ru',
    'login.live.example',
    'com.google.android',
    'de',
    'co.uk',
    'com',
    'www1.com.facebook.example',
    'webmailing.example.org',
    'com.facebook.evil.example',
    `${'a.'.repeat(120)}example`,
    `${'a.'.repeat(2_000)}google.com`,
  ])('%j is in no list', (host) => {
    expect(lookups.host(host)).toBeUndefined();
  });
});

describe('apps', () => {
  test.each([
    ['com.google.android.gm', 'Gmail', 'email'],
    ['com.google.android.googlequicksearchbox', 'Google', 'search'],
    ['com.linkedin.android', 'LinkedIn', 'social'],
    ['com.slack', 'Slack', 'social'],
    ['com.openai.chatgpt', 'ChatGPT', 'ai'],
    ['ai.perplexity.app.android', 'Perplexity', 'ai'],
    ['com.zhiliaoapp.musically', 'TikTok', 'social'],
    ['org.telegram.messenger', 'Telegram', 'social'],
    ['com.microsoft.office.outlook', 'Outlook', 'email'],
    ['com.readdle.smartemail', 'Spark', 'email'],
    ['com.hbo.hbonow', 'Max', 'video'],
    ['284882215', 'Facebook', 'social'],
    // No list has these: whose the domain is that the id begins with.
    ['com.linkedin.android.injobs', 'LinkedIn', 'social'],
    ['com.facebook.some.new.app', 'Facebook', 'social'],
    ['com.netflix.ninja', 'Netflix', 'video'],
    ['in.amazon.mshop.android.business.shopping', 'Amazon', 'shopping'],
  ])('%s is %s, %s', (id, name, kind) => {
    expect(lookups.app(id)).toEqual({ name, kind });
  });

  test.each([
    'com.unknown.reader',
    'com',
    '',
    '.',
    '1',
    // Portals and places where everybody publishes.
    'com.google.android',
    'com.google.android.calendar',
    'com.yahoo.weather',
    'com.microsoft.launcher',
    'com.github.somebody.app',
    'io.github.somebody.app',
    'com.notfacebook.app',
    `${'com.facebook.'.repeat(500)}`,
  ])('%j is nobody’s', (id) => {
    expect(lookups.app(id)).toBeUndefined();
  });
});

describe('unlisted hosts of Google are not its search', () => {
  test.each([
    ['https://docs.google.com/document/d/1', 'Referral'],
    ['https://drive.google.com/', 'Referral'],
    ['https://calendar.google.com/', 'Referral'],
    ['https://accounts.google.com/signin', 'Referral'],
    ['https://notebooklm.google.com/', 'AI'],
    ['https://mail.google.com/mail/u/0/', 'Email'],
    ['https://shopping.google.com/', 'Organic Shopping'],
    ['https://www.google.com/url?q=x', 'Organic Search'],
    ['android-app://com.google.android.googlequicksearchbox/https/www.google.com', 'Organic Search'],
    ['android-app://com.google.android.apps.docs/', 'Referral'],
  ])('%s is %s', (referrer, channel) => {
    expect(classifyChannel(arrive('', referrer))).toBe(channel);
  });
});

describe('a listed name is not a prefix', () => {
  test.each([
    ['https://www.t.com/', 't.com'],
    ['https://bufferbloat.net/', 'bufferbloat.net'],
    ['https://google.com.evil.example/', 'google.com.evil.example'],
    ['https://com.facebook.evil.example/', 'com.facebook.evil.example'],
  ])('%s is %s', (referrer, source) => {
    expect(arrive('', referrer).source).toBe(source);
  });
});

describe('names of campaigns', () => {
  test.each([
    ['google', 'Google'],
    ['GOOGLE', 'Google'],
    ['Google-Ads', 'Google'],
    ['google_ads', 'Google'],
    ['fb', 'Facebook'],
    ['yahoo_ads', 'Yahoo!'],
    ['ig-ads', 'Instagram'],
    ['Facebook_Feed_Ad', 'Facebook'],
    ['fbad', 'Facebook'],
    // What Meta fills in for `{{site_source_name}}`.
    ['an', 'Facebook'],
    ['msg', 'Messenger'],
    ['Facebook', 'Facebook'],
    ['ig', 'Instagram'],
    ['yt', 'YouTube'],
    ['X', 'Twitter'],
    ['snapchat', 'Snapchat'],
    ['hacker news', 'Hacker News'],
    ['chatgpt', 'ChatGPT'],
    ['TikTok', 'TikTok'],
  ])('%s is %s', (name, known) => {
    expect(lookups.campaign(name)?.name).toBe(known);
  });

  test.each([
    'newsletter',
    'email',
    'mail',
    'blog',
    'info',
    'free',
    'inbox',
    'partner',
    'sms',
    'web',
    'care',
    'ads',
    'ad',
    'lead',
    'leads',
    'download',
    'ipad',
    // Names of services that are words first.
    'front',
    'post',
    'spark',
    'max',
    'gap',
  ])('%s is nobody’s name', (name) => {
    expect(lookups.campaign(name)).toBeUndefined();
  });

  test.each([
    ['google', 'GOOGLE', 'Google-Ads', 'google.com', 'www.google.de', 'https://www.google.com/'],
    ['chatgpt', 'chatgpt.com', 'ChatGPT', 'chat.openai.com', 'com.openai.chatgpt'],
    ['bing', 'Bing', 'bing.com', 'www.bing.com', 'cn.bing.com'],
    ['facebook', 'fb', 'facebook.com', 'm.facebook.com', 'FACEBOOK'],
    ['activerain', 'activerain.com', 'ActiveRain'],
    ['ebay', 'ebay.de', 'www.ebay.co.uk'],
    ['yahoo', 'yahoo.com', 'uk.search.yahoo.com'],
  ])('one source is one row: %s, %s …', (...names) => {
    expect(new Set(names.map((name) => arrive(`?utm_source=${name}`).source)).size).toBe(1);
  });
});

describe('the sources that GA4 publishes', () => {
  const rows = readFileSync(new URL('../data/ga4-source-categories.csv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',') as [string, string]);
  const CHANNELS: Readonly<Record<string, string>> = {
    SOURCE_CATEGORY_SEARCH: 'Search',
    SOURCE_CATEGORY_SOCIAL: 'Social',
    SOURCE_CATEGORY_SHOPPING: 'Shopping',
    SOURCE_CATEGORY_VIDEO: 'Video',
  };
  // GA4 files the web mail of three portals under search.
  const MAIL = ['email.seznam.cz', 'mail.rambler.ru', 'mail.yandex.ru'];

  test.each([
    ['paid', (source: string) => campaign(source, 'cpc'), 'Paid'],
    ['unpaid', (source: string) => campaign(source, 'referral'), 'Organic'],
  ])('have its channel by %s campaigns', (_, arriving, prefix) => {
    const wrong = rows.filter(
      ([source, category]) => classifyChannel(arriving(source)) !== `${prefix} ${CHANNELS[category]}`,
    );
    expect(wrong.map(([source]) => source)).toEqual(MAIL);
  });

  test('have its channel by referrer', () => {
    const wrong = rows
      .filter(([source]) => source.includes('.'))
      .filter(
        ([source, category]) =>
          classifyChannel(arrive('', `https://${source}/`)) !== `Organic ${CHANNELS[category]}`,
      );
    expect(wrong.map(([source]) => source)).toEqual(MAIL);
  });
});

describe('paid media', () => {
  test.each([
    ['snapchat', 'cpc', 'Paid Social'],
    ['fb', 'paid_social', 'Paid Social'],
    ['tiktok', 'ppc', 'Paid Social'],
    ['youtube', 'cpv', 'Paid Video'],
    ['youtube', 'cpc', 'Paid Video'],
    ['bing', 'cpc', 'Paid Search'],
    ['amazon', 'cpc', 'Paid Shopping'],
    ['igshopping', 'paid', 'Paid Shopping'],
    ['chatgpt.com', 'cpc', 'Paid Other'],
    ['partner', 'cpc', 'Paid Other'],
  ])('%s by %s is %s', (source, medium, channel) => {
    expect(classifyChannel(campaign(source, medium))).toBe(channel);
  });
});

describe('referrer spam', () => {
  test.each(['semalt.com', 'WWW.Semalt.com', 'free.semalt.com', 'https://semalt.com/x'])(
    'a campaign of %s',
    (source) => {
      expect(campaign(source, 'referral').spam).toBe(true);
    },
  );

  test.each(['0-0.fr', 'www.007agent-i.fr', 'semalt.com', 'free.semalt.com'])('%s', (host) => {
    expect(lookups.isSpam(host.replace(/^www\./, ''))).toBe(true);
  });

  test.each(['google.com', 'shop.example', 'fr', 'com', 'notsemalt.com', ''])('%j is none', (host) => {
    expect(lookups.isSpam(host)).toBe(false);
  });
});
