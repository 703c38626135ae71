import { describe, expect, test } from 'vitest';
import { CHANNELS, classifyChannel } from './channel.ts';
import type { KnownReferrer } from './lookups.ts';
import { parsePage } from './page.ts';
import { DIRECT, resolveSource } from './source.ts';

const LIST: Readonly<Record<string, KnownReferrer>> = {
  'google.de': { name: 'Google', medium: 'search' },
  'google.com': { name: 'Google', medium: 'search' },
  'facebook.com': { name: 'Facebook', medium: 'social' },
  'youtube.com': { name: 'YouTube', medium: 'video' },
  'amazon.de': { name: 'Amazon', medium: 'shopping' },
  'amazon.com': { name: 'Amazon', medium: 'shopping' },
  'chatgpt.com': { name: 'ChatGPT', medium: 'ai' },
  'mail.google.com': { name: 'Gmail', medium: 'email' },
};
const from = (address: string, referrer?: string) =>
  resolveSource(parsePage(`https://shop.example${address}`), referrer, (host) => LIST[host]);

describe('source', () => {
  test.each([
    ['/', undefined, DIRECT],
    ['/', 'https://www.google.de/search?q=mug', 'Google'],
    ['/', 'https://blog.example/post/', 'blog.example'],
    ['/', 'https://www.shop.example/cart', DIRECT],
    ['/', 'not a url', DIRECT],
    ['/?ref=friend', 'https://www.google.de/', 'friend'],
    ['/?source=letter&ref=friend', undefined, 'letter'],
    ['/?utm_source=x&source=letter', undefined, 'x'],
    ['/?utm_source=', 'https://www.google.de/', 'Google'],
    ['/?utm_source=%00let%00ter', undefined, 'letter'],
  ])('%s from %s is %s', (address, referrer, source) => {
    expect(from(address, referrer).source).toBe(source);
  });

  test('the referrer keeps host and path, without query and trailing slash', () => {
    expect(from('/', 'https://www.blog.example/post/?a=b#c').referrer).toBe('blog.example/post');
  });
});

describe('channel', () => {
  test.each([
    ['/', undefined, 'Direct'],
    ['/?utm_source=a&utm_campaign=Cross-Network+1', undefined, 'Cross-network'],
    ['/?utm_source=amazon&utm_medium=cpc', undefined, 'Paid Shopping'],
    ['/?utm_source=x&utm_medium=paid&utm_campaign=autumn+shopping', undefined, 'Paid Shopping'],
    ['/?utm_source=google&utm_medium=cpc', undefined, 'Paid Search'],
    ['/?gclid=1', 'https://www.google.de/', 'Paid Search'],
    ['/?utm_source=fb&utm_medium=paid_social', undefined, 'Paid Social'],
    ['/?utm_source=youtube.com&utm_medium=ppc', undefined, 'Paid Video'],
    ['/?utm_source=x&utm_medium=banner', undefined, 'Display'],
    ['/?utm_source=x&utm_medium=cpm', undefined, 'Display'],
    ['/?utm_source=x&utm_medium=retargeting', undefined, 'Paid Other'],
    ['/', 'https://chatgpt.com/', 'AI'],
    ['/?utm_source=chatgpt.com', undefined, 'AI'],
    ['/', 'https://www.amazon.de/', 'Organic Shopping'],
    ['/', 'https://www.facebook.com/', 'Organic Social'],
    ['/?utm_source=x&utm_medium=social', undefined, 'Organic Social'],
    ['/', 'https://www.youtube.com/watch', 'Organic Video'],
    ['/?utm_source=x&utm_medium=video-ad', undefined, 'Organic Video'],
    ['/', 'https://www.google.de/', 'Organic Search'],
    ['/?utm_source=x&utm_medium=organic', undefined, 'Organic Search'],
    ['/', 'https://mail.google.com/', 'Email'],
    ['/?utm_source=letter&utm_medium=e-mail', undefined, 'Email'],
    ['/', 'https://blog.example/', 'Referral'],
    ['/?utm_source=x&utm_medium=affiliate', undefined, 'Affiliates'],
    ['/?utm_source=x&utm_medium=audio', undefined, 'Audio'],
    ['/?utm_source=sms', undefined, 'SMS'],
    ['/?utm_source=x&utm_medium=web_push', undefined, 'Mobile Push Notifications'],
    ['/?utm_source=newsletter', undefined, 'Unassigned'],
  ])('%s from %s is %s', (address, referrer, channel) => {
    expect(classifyChannel(from(address, referrer))).toBe(channel);
    expect(CHANNELS).toContain(channel);
  });
});
