import { NONE } from '@footfall/core/dimension';
import { DEVICES } from '@footfall/core/lookups';
import { describe, expect, test } from 'vitest';
import { agentLookup, parseAgent } from './agent.ts';
import { BROWSERS } from './browser-names.ts';
import { SYSTEMS } from './system-names.ts';
import { android, chrome, IPHONE } from './user-agents.fixture.ts';

describe('browsers and systems', () => {
  test.each([
    [chrome('Windows NT 10.0; Win64; x64'), 'Chrome', '126', 'Windows', '10'],
    [
      chrome('Windows NT 10.0; Win64; x64', 'Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0'),
      'Edge',
      '126',
      'Windows',
      '10',
    ],
    [
      chrome('Windows NT 6.1', 'Chrome/95.0.0.0 Safari/537.36 OPR/81.0.4196.31'),
      'Opera',
      '81',
      'Windows',
      '7',
    ],
    [android('Pixel 8'), 'Chrome', '126', 'Android', '14'],
    [
      android('SM-S911B', 'SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36'),
      'Samsung Internet',
      '25',
      'Android',
      '14',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
      'Firefox',
      '127',
      'Linux',
      NONE,
    ],
    [
      'Mozilla/5.0 (X11; Linux aarch64; rv:127.0) Gecko/20100101 Firefox/127.0',
      'Firefox',
      '127',
      'Linux',
      NONE,
    ],
    [
      'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
      'Firefox',
      '127',
      'Ubuntu',
      NONE,
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      'Safari',
      '17',
      'macOS',
      '10.15.7',
    ],
    [`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, 'Safari', '17', 'iOS', '17.5'],
    [`${IPHONE} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`, 'Chrome', '126', 'iOS', '17.5'],
    [`${IPHONE} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`, 'Firefox', '127', 'iOS', '17.5'],
    [`${IPHONE} EdgiOS/125.0 Version/17.0 Mobile/15E148 Safari/604.1`, 'Edge', '125', 'iOS', '17.5'],
    [`${IPHONE} GSA/320.0.640329134 Mobile/15E148 Safari/604.1`, 'Google App', '320', 'iOS', '17.5'],
    [`${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/467.0.0.40.107;FBBV/607;]`, 'Facebook', '467', 'iOS', '17.5'],
    [`${IPHONE} Mobile/15E148 Instagram 334.0.4.32.98 (iPhone15,2)`, 'Instagram', '334', 'iOS', '17.5'],
    [
      android('V2254; wv', 'Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36'),
      'Chrome',
      '126',
      'Android',
      '14',
    ],
    [chrome('X11; CrOS x86_64 14541.0.0'), 'Chrome', '126', 'ChromeOS', '14541.0.0'],
    [chrome('X11; CrOS aarch64 14541.0.0'), 'Chrome', '126', 'ChromeOS', '14541.0.0'],
    [
      'Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10',
      'Opera Mini',
      '7',
      NONE,
      NONE,
    ],
    ['Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko', 'IE', '11', 'Windows', '10'],
    [
      'Mozilla/5.0 (Linux; Android 4.4.2; en-us; GT-I9500) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30',
      'Android Browser',
      '4',
      'Android',
      '4.4.2',
    ],
    // Safari of iOS 26 says that its system is 18.
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.2 Mobile/15E148 Safari/604.1',
      'Safari',
      '26',
      'iOS',
      '26.2',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'Safari',
      '18',
      'iOS',
      '18.6',
    ],
    [`${IPHONE} Mobile/15E148 Twitter for iPhone/10.34`, 'Twitter', '10', 'iOS', '17.5'],
    [
      android('G011A; wv', 'Version/4.0 Chrome/66.0 Mobile Safari/537.36 Viber/11.9'),
      'Viber',
      '11',
      'Android',
      '14',
    ],
    [
      chrome('Windows; U; Windows NT 10.0; en-US; Valve Steam Client/default', 'Chrome/126.0 Safari/537.36'),
      'Steam',
      NONE,
      'Windows',
      '10',
    ],
    [
      chrome('Windows NT 10.0; Win64; x64', 'Slack/4.39.90 Chrome/127.0 Electron/31.1.9 Safari/537.36'),
      'Slack',
      '4',
      'Windows',
      '10',
    ],
    [
      'Mozilla/5.0 (Linux; U; Android 9.0.0; en-us; TIVO STREAM)',
      'Android Browser',
      NONE,
      'Android',
      '9.0.0',
    ],
    ['something else', NONE, NONE, NONE, NONE],
    ['', NONE, NONE, NONE, NONE],
  ])('%s', (userAgent, browser, browserVersion, os, osVersion) => {
    expect(parseAgent(userAgent)).toMatchObject({ browser, browserVersion, os, osVersion });
  });

  test('a version is one, whatever stands in its place', () => {
    const VERSION = /^(?:\(none\)|\d+(?:\.\d+)*|Vista|XP)$/;
    for (const version of ['', 'n', '.', 'aarch64', 'x86_64', '_', '-1', '1.2.3', '7_1']) {
      for (const [text] of [...BROWSERS, ...SYSTEMS]) {
        const { browserVersion, osVersion } = parseAgent(
          `Mozilla/5.0 (${text}${version}; x) ${text}${version}`,
        );
        expect([browserVersion, osVersion]).toEqual([
          expect.stringMatching(VERSION),
          expect.stringMatching(VERSION),
        ]);
      }
    }
  });

  test('each browser and each system has one spelling', () => {
    for (const rows of [BROWSERS, SYSTEMS]) {
      const names = new Set(rows.map(([, name]) => name));
      const spelled = new Set([...names].map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}+]/gu, '')));
      expect(spelled.size).toBe(names.size);
    }
  });
});

describe('devices', () => {
  test.each([
    [chrome('Windows NT 10.0; Win64; x64'), 'Desktop'],
    [chrome('X11; CrOS x86_64 14541.0.0'), 'Desktop'],
    ['Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Tablet PC 2.0; Trident/6.0)', 'Desktop'],
    [android('Pixel 8'), 'Mobile'],
    [android('K'), 'Mobile'],
    [android('Discovery II'), 'Mobile'],
    // Phones of Huawei and Honor are called like their tablets.
    [android('ELS-N29'), 'Mobile'],
    [android('EVA-L19'), 'Mobile'],
    [android('AGS5-W09'), 'Tablet'],
    [android('BG2-U01'), 'Tablet'],
    [android('Coolpad R116'), 'Mobile'],
    [android('Lenovo TB311FU'), 'Tablet'],
    [`${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, 'Mobile'],
    ['Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/29.3709; U; en) Presto/2.8.119 Version/11.10', 'Mobile'],
    ['Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16', 'Mobile'],
    ['Mozilla/5.0 (Mobile; Nokia 8110 4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5', 'Mobile'],
    [`${IPHONE.replaceAll('iPhone OS', 'OS').replace('iPhone', 'iPad')} Version/17.5 Safari/604.1`, 'Tablet'],
    [android('SM-X710', 'Chrome/126.0.0.0 Safari/537.36'), 'Tablet'],
    [android('SM-T510'), 'Tablet'],
    [android('K', 'Chrome/126.0.0.0 Safari/537.36'), 'Tablet'],
    [android('Lenovo TB-X606F'), 'Tablet'],
    [android('23043RP34G'), 'Tablet'],
    [android('KFTRWI', 'Silk/120.1.1 like Chrome/120.0.0.0 Safari/537.36'), 'Tablet'],
    [chrome('Linux; GoogleTV 3.2; NSZ-GS7/GX70 Build/MASTER', 'Chrome/11.0 Safari/534.24'), 'TV'],
    [android('Google TV Streamer', 'Chrome/126.0.0.0 Safari/537.36'), 'TV'],
    [android('BRAVIA 4K UR2', 'Chrome/126.0.0.0 Safari/537.36'), 'TV'],
    [android('AFTKA', 'Chrome/126.0.0.0 Mobile Safari/537.36'), 'TV'],
    [chrome('Web0S; Linux/SmartTV', 'Chrome/94.0.4606.128 Safari/537.36 WebAppManager'), 'TV'],
    [
      'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/6.0 TV Safari/537.36',
      'TV',
    ],
    [
      chrome(
        'Linux; U; Linux; en',
        'Chrome/88.0 Safari/537.36 OPR/46.0 OMI/4.21 Model/Hisense-MT9602 VIDAA/6.0',
      ),
      'TV',
    ],
    ['Opera/9.80 (Linux armv7l; HbbTV/1.2.1 (; Philips; 40PFL; ; ; )) Presto/2.12.407 Version/12.50', 'TV'],
    ['Roku/DVP-9.10 (519.10E04111A)', 'TV'],
    ['AppleTV11,1/11.1', 'TV'],
    [
      'Mozilla/5.0 (PlayStation; PlayStation 5/6.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15',
      'Console',
    ],
    [
      'Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.2.21.3',
      'Console',
    ],
    [
      chrome('Windows NT 10.0; Win64; x64; Xbox; Xbox Series X', 'Chrome/126.0.0.0 Safari/537.36 Edg/126.0'),
      'Console',
    ],
    [
      'Mozilla/5.0 (Linux; Tizen 2.3; SAMSUNG SM-R732) AppleWebKit/537.3 (KHTML, like Gecko) Version/2.3 Mobile Safari/537.3',
      'Watch',
    ],
    [android('TicWatch Pro 5'), 'Watch'],
    ['server-bag [Watch OS,7.1,18R590,Watch6,2]', 'Watch'],
    [chrome('X11; GNU/Linux', 'Chrome/79.0.3945.130 Safari/537.36 Tesla/2020.16.2.1'), 'Car'],
    [android('Polestar 2', 'Chrome/126.0.0.0 Safari/537.36'), 'Car'],
    [chrome('X11; Linux x86_64; Quest 3', 'OculusBrowser/33.0 Chrome/126.0 VR Safari/537.36'), 'Other'],
    ['Mozilla/5.0 (Android 14; Mobile VR; rv:128.0) Gecko/128.0 Firefox/128.0 Wolvic/1.8', 'Other'],
    // Phones called like something else.
    [android('Carbon 1 Mark II'), 'Mobile'],
    [android('Polestar Phone'), 'Mobile'],
    [android('SmartVision3'), 'Mobile'],
    [android('WIKO T10'), 'Mobile'],
    [android('RG655'), 'Mobile'],
    [android('POCOPHONE F1', 'Chrome/126.0.0.0 Safari/537.36'), 'Mobile'],
    // Laptops and boards with Android, consoles that look like phones, cars.
    [android('HP Chromebook 13 G1', 'Chrome/126.0.0.0 Safari/537.36'), 'Desktop'],
    [android('Inspiron 5567', 'Chrome/126.0.0.0 Safari/537.36'), 'Desktop'],
    [android('RG405V'), 'Console'],
    [android('Switch OLED', 'Chrome/126.0.0.0 Safari/537.36'), 'Console'],
    [
      'Mozilla/5.0 (compatible; MSIE 10.0; Windows Phone 8.0; Trident/6.0; IEMobile/10.0; Xbox; Xbox One)',
      'Console',
    ],
    ['Mozilla/5.0 (Playstation; Playstation 5/1.05) AppleWebKit/605.1.15 Safari/605.1.15', 'Console'],
    [android('Rivian R1T', 'Chrome/126.0.0.0 Safari/537.36'), 'Car'],
    [android('DiLink5.0 For BYD AUTO'), 'Car'],
    [android('SAMSUNG SM-R925U'), 'Watch'],
    [android('SM-L300'), 'Watch'],
    // Builds of the television's branch of Android, and what Yandex' apps say of tablets.
    [android('AS512 Build/STTC.230104.002; wv'), 'TV'],
    [android('iconBIT Movie X', 'Chrome/126.0.0.0 Safari/537.36'), 'TV'],
    [
      android('MEGA 7', 'Chrome/126.0.0.0 YaSearchBrowser/23.111/apad BroPP/1.0 Mobile Safari/537.36'),
      'Tablet',
    ],
    // A language of three parts stands before the model.
    [chrome('Linux; U; Android 12; zh-Hans-CN; DBR-W10 Build/X', 'Quark/6.9 Mobile Safari/537.36'), 'Tablet'],
    [
      'Mozilla/5.0 (Linux; U; en-US) AppleWebKit/528.5+ (KHTML, like Gecko) Kobo eReader Safari/528.5',
      'Tablet',
    ],
    ['Mozilla/5.0 (OS/2; Warp 4.5; rv:10.0.12) Gecko/20100101 Firefox/10.0.12', 'Desktop'],
    ['something else', NONE],
  ])('%s is of a %s', (userAgent, device) => {
    expect(parseAgent(userAgent).device).toBe(device);
    expect([...DEVICES, NONE]).toContain(device);
  });
});

describe('client hints', () => {
  const REDUCED = chrome('Linux; Android 10; K', 'Chrome/126.0.0.0 Safari/537.36');
  test.each([
    [REDUCED, { model: 'Pixel 8', platformVersion: '14.0.0' }, 'Mobile', 'Android', '14'],
    [REDUCED, { model: 'SM-X710', platformVersion: '13.0.0' }, 'Tablet', 'Android', '13'],
    [REDUCED, { model: 'BRAVIA 4K UR2' }, 'TV', 'Android', '10'],
    [REDUCED, { model: '$&$1' }, 'Tablet', 'Android', '10'],
    [chrome('Windows NT 10.0; Win64; x64'), { platformVersion: '15.0.0' }, 'Desktop', 'Windows', '11'],
    [chrome('Windows NT 10.0; Win64; x64'), { platformVersion: '10.0.0' }, 'Desktop', 'Windows', '10'],
    [chrome('Windows NT 10.0; Win64; x64'), { platformVersion: 'n' }, 'Desktop', 'Windows', '10'],
    [chrome('Macintosh; Intel Mac OS X 10_15_7'), { platformVersion: '14.5.0' }, 'Desktop', 'macOS', '14.5'],
    [chrome('X11; Linux x86_64'), { platformVersion: '6.5.0' }, 'Desktop', 'Linux', NONE],
  ])('%s with %j', (userAgent, hints, device, os, osVersion) => {
    expect(agentLookup()(userAgent, hints)).toMatchObject({ device, os, osVersion, bot: false });
  });

  test('are remembered apart from the user agent alone', () => {
    const lookUp = agentLookup();
    expect(lookUp(REDUCED).device).toBe('Tablet');
    expect(lookUp(REDUCED, { model: 'Pixel 8' }).device).toBe('Mobile');
    expect(lookUp(REDUCED).device).toBe('Tablet');
  });
});

test('what was parsed once is remembered', () => {
  const lookUp = agentLookup();
  expect(lookUp(android('Pixel 8'))).toBe(lookUp(android('Pixel 8')));
});

test('what stands beyond the longest of people’s is not looked at, and not remembered', () => {
  const lookUp = agentLookup();
  const long = `${android('Pixel 8')}${' a'.repeat(8_000)}`;
  expect(lookUp(`${long} Googlebot/2.1`)).toEqual(lookUp(long.slice(0, 1_000)));
  expect(lookUp(long)).not.toBe(lookUp(long));
});

test('a hostile user agent is read in steps, not in powers', () => {
  const lookUp = agentLookup();
  for (const part of [
    'Mozilla/5.0 (',
    'Android 1; ',
    'Presto',
    'Spider',
    'Sogou',
    'AlipayDefined(',
    'a-',
    'Process',
    'tv ',
    '((((',
    'Version/1 ',
    '1.',
  ])
    expect(lookUp(part.repeat(1_000)).bot).toBeTypeOf('boolean');
});
