import { NONE } from '@footfall/core/dimension';
import { BOT_KINDS } from '@footfall/core/lookups';
import { describe, expect, test } from 'vitest';
import { parseAgent } from './agent.ts';
import { android, chrome, IPHONE, WEBKIT } from './user-agents.fixture.ts';

describe('bots', () => {
  test.each([
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'Search engine'],
    [
      android('Nexus 5X Build/MMB29P', 'Chrome/126.0 Mobile Safari/537.36 (compatible; Googlebot/2.1)'),
      'Search engine',
    ],
    ['Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)', 'Search engine'],
    [`${WEBKIT}; compatible; GPTBot/1.2; +https://openai.com/gptbot`, 'AI crawler'],
    [`Mozilla/5.0 ${WEBKIT}; compatible; ChatGPT-User/1.0; +https://openai.com/bot`, 'AI assistant'],
    [`Mozilla/5.0 ${WEBKIT}; compatible; Perplexity-User/1.0`, 'AI assistant'],
    [`Mozilla/5.0 ${WEBKIT} (compatible; Amzn-User/0.1) Chrome/119.0 Safari/537.36`, 'AI assistant'],
    [chrome('X11; Linux x86_64', 'Chrome/126.0.0.0 Safari/537.36 GTmetrix'), 'Monitoring'],
    [chrome('X11; Linux x86_64', 'Chrome/126.0.0.0 Safari/537.36 Yellow Lab Tools'), 'Monitoring'],
    [chrome('X11; Linux x86_64', 'Chrome/126.0.0.0 Safari/537.36 Chrome-Lighthouse'), 'Monitoring'],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/534.34 (KHTML, like Gecko) wkhtmltopdf Safari/534.34',
      'Headless browser',
    ],
    [chrome('X11; Linux x86_64', 'HeadlessChrome/126.0.0.0 Safari/537.36'), 'Headless browser'],
    ['facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', 'Preview'],
    ['WhatsApp/2.23.20.0 A', 'Preview'],
    ['Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)', 'SEO'],
    ['Mozilla/5.0 (compatible; Wappalyzer; +https://github.com/AliasIO/Wappalyzer)', 'Scanner'],
    [chrome('Linux; U; Android 4.0.2; en-us; Catchpoint', 'Version/4.0 Mobile Safari/534.30'), 'Monitoring'],
    ['SAMSUNG-SGH-E250/1.0 Profile/MIDP-2.0 (compatible; Googlebot-Mobile/2.1)', 'Search engine'],
    // However a name is written, and whatever stands around it.
    [
      `Mozilla/5.0 ${WEBKIT.replace(')', '; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)')}`,
      'AI crawler',
    ],
    [`Mozilla/5.0 ${WEBKIT.replace(')', '; compatible; Newcomer/1.0)')} Chrome/119.0 Safari/537.36`, 'Other'],
    ['Mozilla/5.0 (compatible; Meta-ExternalAgent/1.1)', 'AI crawler'],
    ['Mozilla/5.0 (compatible; Amazonbot/0.1)', 'AI crawler'],
    ['Mozilla/5.0 (compatible; NotebookLM/1.0)', 'AI assistant'],
    ['Mozilla/5.0 (compatible; YandexBot/9.0)', 'Search engine'],
    ['Googlebot-News', 'Search engine'],
    ['Lightpanda/1.0', 'Headless browser'],
    ['curl/8.5.0', 'HTTP library'],
    ['python-requests/2.32', 'HTTP library'],
    ['Mozilla/5.0 (compatible; SomethingNobodyListsBot/1.0)', 'Other'],
  ])('%s is a bot of the kind %s', (userAgent, botKind) => {
    expect(parseAgent(userAgent)).toMatchObject({ bot: true, botKind });
    expect(BOT_KINDS).toContain(botKind);
  });

  test.each([
    android('GM Discovery II'),
    android('CUBOT KING KONG'),
    android('M bot 54'),
    android('Superion Radar Deluxe'),
    android('Google TV Streamer', 'Chrome/126.0.0.0 Safari/537.36'),
    chrome('Linux; GoogleTV 3.2; NSZ-GS7/GX70 Build/MASTER', 'Chrome/11.0.696.77 Safari/534.24'),
    chrome('Linux armv7l', 'Chrome/84.0 Safari/537.36 OPR/46.0 OMI/4.21.4.112.Catcher4.69 Model/Hisense'),
    'Opera/9.80 (Linux armv7i; CE-HTML/1.0; U; en) Presto/2.10 Version/12.00',
    android('SM-G9', 'Version/4.0 Chrome/126.0 Mobile Safari/537.36 SmartNews 23.1'),
    `${IPHONE} Mobile/15E148 NewsBreak/24.1`,
    android('OPPO R9s; wv', 'Version/4.0 Chrome/68.0 Mobile Safari/537.36 SogouSearch Android1.0 version3.0'),
    android(
      'LGE-AN10; wv',
      'Chrome/86.0 XWEB/3211 MMWEBSDK/2021 Mobile Safari/537.36 MicroMessenger/8.0 Process/tools',
    ),
    `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/467.0.0.40.107;FBBV/607;]`,
    // Old phones and apps whose user agents are of no common form.
    'Nokia5130/07.95',
    'LG-U900',
    'SAMSUNG-SGH-D830',
    'iPhoneSE2ndGen',
    'dv(iPh14,2);pr(UCBrowser/11.3.5.1203);ov(15_4);ss(375x812);bt(GJ);pm(0);bv(0);nm(0);im(0);nt(2);',
    '[FBAN/FBIOS;FBAV/283.0.0.44.117;FBBV/238386386;FBDV/iPhone12,1;FBMD/iPhone;FBSN/iOS;FBSV/13.6.1]',
    'Mozilla/5.0 (webOS/1.0; U; en-US) AppleWebKit/525.27.1 (KHTML, like Gecko) Version/1.0 Safari/525.27.1 Pre/1.0',
    // A listed name inside a longer word or number.
    chrome('Linux; U; Android 2.3;en-us; ViewSonic-ViewPad7e build/ERE27', 'Version/4.0 Mobile Safari/533.1'),
    'DESAY TS1008/1.0 Release/07.12.2013 Mozilla/5.0 (Linux; U; Android 4.0.3; zh-cn) Mobile Safari/534.30',
    // Apps that show pages inside themselves, called like what their services fetch previews with.
    android(
      'Pixel 10 Pro XL Build/CP1A; wv',
      'Version/4.0 Chrome/146.0 Mobile Safari/537.36 MetaIAB Facebook',
    ),
    android('G011A Build/N2G48H; wv', 'Version/4.0 Chrome/66.0 Mobile Safari/537.36 Viber/11.9.5.8'),
    chrome('Macintosh; Intel Mac OS X 10_15_7', 'Notion/2.0.23 Chrome/91.0 Electron/13.6.9 Safari/537.36'),
    chrome('Windows NT 10.0; Win64; x64', 'Slack/4.4.2 Chrome/78.0 Safari/537.36 Sonic Slack_SSB/4.4.2'),
    `${IPHONE} Mobile/15E148 Feedly/104`,
    android(
      'V2034A',
      'Chrome/69.0 Mobile Safari/537.36 AlipayDefined(nt:WIFI,ws:360|0|3.0) AlipayClient/10.2',
    ),
    `${IPHONE} News/582.1 Version/2.0`,
  ])('%s is of a person', (userAgent) => {
    expect(parseAgent(userAgent)).toMatchObject({ bot: false, botKind: NONE });
  });
});
