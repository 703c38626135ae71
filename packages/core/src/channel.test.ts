import { describe, expect, test } from 'vitest';
import { CHANNELS, classifyChannel } from './channel.ts';
import { parsePage } from './page.ts';
import { resolveSource } from './source.ts';
import { SOURCES } from './sources.fixture.ts';

const classify = (address: string, referrer?: string) =>
  classifyChannel(
    resolveSource({ page: parsePage(`https://shop.example${address}`), referrer, ownDomains: [] }, SOURCES),
  );

describe('channel', () => {
  test.each([
    ['/', undefined, 'Direct'],
    ['/?utm_source=(direct)&utm_medium=(none)', undefined, 'Direct'],
    ['/?utm_source=(direct)&utm_medium=(not+set)', undefined, 'Direct'],
    ['/?utm_source=a&utm_campaign=Cross-Network+1', undefined, 'Cross-network'],
    ['/?utm_source=amazon&utm_medium=cpc', undefined, 'Paid Shopping'],
    ['/?utm_source=a&utm_medium=paid&utm_campaign=autumn+shopping', undefined, 'Paid Shopping'],
    ['/?utm_source=a&utm_medium=paid&utm_campaign=big+workshop', undefined, 'Paid Other'],
    ['/?utm_source=a&utm_medium=paid&utm_campaign=eshop', undefined, 'Paid Shopping'],
    ['/?utm_source=google&utm_medium=cpc', undefined, 'Paid Search'],
    ['/?utm_source=GOOGLE&utm_medium=CPC', undefined, 'Paid Search'],
    ['/?utm_source=google&utm_medium=xcpx', undefined, 'Paid Search'],
    ['/?utm_source=google&utm_medium=cpm', undefined, 'Paid Search'],
    ['/?utm_source=google&utm_medium=retargeting', undefined, 'Paid Search'],
    ['/?gclid=1', undefined, 'Paid Search'],
    ['/?gclid=1', 'https://www.google.de/', 'Paid Search'],
    ['/?utm_source=google&gclid=1', undefined, 'Paid Search'],
    ['/?gad_source=5', undefined, 'Paid Search'],
    ['/?msclkid=1', undefined, 'Paid Search'],
    ['/?dclid=1', undefined, 'Display'],
    ['/?gbraid=1', undefined, 'Paid Search'],
    ['/?wbraid=1', undefined, 'Paid Search'],
    ['/?fbclid=1', undefined, 'Organic Social'],
    ['/?ttclid=1', undefined, 'Organic Social'],
    ['/?twclid=1', undefined, 'Organic Social'],
    ['/?li_fat_id=1', undefined, 'Organic Social'],
    ['/?gbraid=&wbraid=&gad_source=&msclkid=&dclid=&fbclid=&ttclid=&twclid=&li_fat_id=', undefined, 'Direct'],
    ['/?gclid=%20', undefined, 'Direct'],
    ['/?fbclid=1&utm_medium=paid', undefined, 'Paid Social'],
    ['/?utm_source=letter&utm_medium=email&gclid=1', undefined, 'Email'],
    ['/?utm_source=letter&gclid=1', undefined, 'Unassigned'],
    ['/?gclid=', undefined, 'Direct'],
    ['/?utm_source=fb&utm_medium=paid_social', undefined, 'Paid Social'],
    ['/?utm_source=youtube.com&utm_medium=ppc', undefined, 'Paid Video'],
    ['/?utm_source=a&utm_medium=banner', undefined, 'Display'],
    ['/?utm_source=a&utm_medium=cpm', undefined, 'Display'],
    ['/?utm_source=a&utm_medium=retargeting', undefined, 'Paid Other'],
    ['/', 'https://chatgpt.com/', 'AI'],
    ['/?utm_source=chatgpt.com', undefined, 'AI'],
    ['/?utm_source=chatgpt.com&utm_medium=referral', undefined, 'AI'],
    ['/', 'https://www.amazon.de/', 'Organic Shopping'],
    ['/?utm_source=a&utm_medium=social&utm_campaign=shop+now', undefined, 'Organic Shopping'],
    ['/', 'https://www.facebook.com/', 'Organic Social'],
    ['/?utm_source=a&utm_medium=social', undefined, 'Organic Social'],
    ['/?utm_source=a&utm_medium=sm', undefined, 'Organic Social'],
    ['/?utm_source=a&utm_medium=social+media', undefined, 'Organic Social'],
    ['/', 'https://www.youtube.com/watch', 'Organic Video'],
    ['/?utm_source=a&utm_medium=video-ad', undefined, 'Organic Video'],
    ['/', 'https://www.google.de/', 'Organic Search'],
    ['/?utm_source=a&utm_medium=organic', undefined, 'Organic Search'],
    ['/', 'https://mail.google.com/', 'Email'],
    ['/', 'android-app://com.google.android.gm/', 'Email'],
    ['/?utm_source=letter&utm_medium=e-mail', undefined, 'Email'],
    ['/?utm_source=e_mail', undefined, 'Email'],
    ['/?utm_source=email&utm_medium=referral', undefined, 'Referral'],
    ['/', 'https://blog.example/', 'Referral'],
    ['/?utm_source=a&utm_medium=app', undefined, 'Referral'],
    ['/?utm_source=a&utm_medium=affiliate', undefined, 'Affiliates'],
    ['/?utm_source=a&utm_medium=audio', undefined, 'Audio'],
    ['/?utm_source=sms', undefined, 'SMS'],
    ['/?utm_source=a&utm_medium=web_push', undefined, 'Mobile Push Notifications'],
    ['/?utm_source=firebase', undefined, 'Mobile Push Notifications'],
    ['/?utm_source=newsletter', undefined, 'Unassigned'],
  ])('%s from %s is %s', (address, referrer, channel) => {
    expect(classify(address, referrer)).toBe(channel);
    expect(CHANNELS).toContain(channel);
  });

  test('each channel is named once', () => {
    expect(new Set(CHANNELS).size).toBe(CHANNELS.length);
  });
});
