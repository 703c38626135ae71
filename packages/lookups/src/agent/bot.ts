import { readFileSync } from 'node:fs';
import type { BotKind } from '@footfall/core/lookups';
import { isbot } from 'isbot';
import { findListed, type ListedBot, prepareList } from './bot-list.ts';
import { AFTER_LISTS, BEFORE_LISTS, type BotRule, ONLY_OURS } from './bot-names.ts';

/** What only looks like a bot's name: readers, systems of televisions, browsers and search in apps. */
const PEOPLE =
  /CE-HTML\/1\.0;?|html\/1\.0;|HbbTV\/[\d.]+|Google ?TV|google_cube|Catcher[\w.]*|NETRANGE\w*|\bProcess\/tools|Sogou(?!.{0,12}spider)\w*|SmartNews|NewsBreak|(?:Apple)?News\/\d+|Hisense[\w-]*|CUBOT|(?<!\w)Discovery[ \w]*|chromeframe|Java(?:Platform)?\/(?:JP|MIDP)[\w-]*|Bada\/[\d.]+;?|(?:com|air\.com)\.\w+(?:\.\w+)*|Google ?(?:Earth|Plus|Podcasts|App|Play\w*|Hypersonic)|GmmClient:google_ios|\bRadar\b|Newsday|(?:http:\/\/)?bsalsa(?:\.com)?|QQDownload|CLDC-1\.1 Google|Fluid\/|MetaIAB Facebook|AlipayDefined\([^)]{0,80}\)|(?:Notion|Asana)\/[\d.]+(?= Chrome\/)|(?<=Safari\/[\d.]+ |Mobile\/\w+ )(?:Viber|Feedly|Lemmy|Hatena|Instapaper)\S*|Sonic(?= Slack_SSB)|Phone Hybrid\(\)/gi;

/** A model of Android, which may be called anything; what names itself inside the same brackets stays. */
const MODEL = /(Android[ -]?[\d.]*;) (?:[a-z]{2}[-_][a-zA-Z]{2}; )?(?!compatible|Catchpoint)[^;()]*/g;

/** Systems of televisions and of feature phones, whose user agents are of no common form: only a name makes a bot of them. */
const UNCOMMON =
  /HbbTV|CE-HTML|NETTV|Smart-?TV|Web0S|webOS\/|VIDAA|Tizen|BRAVIA|OMI\/|MIDP|MAUI|MRE\/|WAP(?!pal)|BREW|Bada\/|K-Touch|pr\(UCBrowser|^iPhone[\dX]|^iP(?:hone|od)\w+$|\[iPhone OS|^[\d.]+ \(Linux; U; Android|^AGHM_DEV|^Opera\/9|Presto\/|SEGASATURN|nook browser|BrowseX|OffByOne|AlphaServer|PalmOS|Dorado/i;

/** Old phones, whose user agents are no more than their names; a bot that borrows one says so. */
const NAMED =
  /^(?:Nokia|SAMSUNG|SonyEricsson|MOT-|Alcatel|BlackBerry|HTC[-_/ ]|ZTE|HUAWEI|S[CGP]H-|SEC-|SIE-|Philips|PANTECH|SHARP-|Vodafone|SoftBank|KDDI|DoCoMo|J-PHONE|TCL|Lenovo[- ]|KONKA|CoolPad|Micromax|Spice|Karbonn|Motorola|GT-|LG[-E ]?\w|AMOI|BIRD|AUDIOVOX|ASUS-|\[FBAN)/i;
const SAYS_BOT = /bot|crawl|spider|https?:|@/i;

const { bots: LISTED } = JSON.parse(
  readFileSync(new URL('../../data/bots.json', import.meta.url), 'utf8'),
) as { bots: ListedBot[] };
const BOTS = prepareList([...LISTED, ...ONLY_OURS.map((text): ListedBot => [text, 'Other'])]);

/** What most visitors come with, to the letter: nothing in it could be a name. */
const ORDINARY =
  /^Mozilla\/5\.0 \((?:Windows NT 1\d\.\d; Win64; x64|Macintosh; Intel Mac OS X [\d_]+|X11; Linux x86_64|Linux; Android [\d.]+; K|iP(?:hone|ad); CPU (?:iPhone )?OS [\d_]+ like Mac OS X)\) AppleWebKit\/[\d.]+ \(KHTML, like Gecko\) (?:Version\/[\d.]+ )?(?:Chrome\/[\d.]+ )?(?:Mobile(?:\/\w{5,8})? )?Safari\/[\d.]+(?: (?:Edg|EdgA|OPR)\/[\d.]+)?$/;
/** A part that names nothing, which `isbot` need not look through. */
const ENGINE = / AppleWebKit\/[\d.]+ \(KHTML, like Gecko\)/;

const findKind = (rules: readonly BotRule[], text: string) =>
  rules.find(({ words }) => words.test(text))?.kind;

/** The kind of bot that a user agent string names; undefined for people. */
export function findBot(userAgent: string): BotKind | undefined {
  if (ORDINARY.test(userAgent)) return undefined;
  if (findListed(BOTS, userAgent) === undefined && !isbot(userAgent.replace(ENGINE, ''))) return undefined;
  // It may be the name of a phone, a television or a reader.
  const text = userAgent.replace(MODEL, '$1').replace(PEOPLE, '');
  const kind = findKind(BEFORE_LISTS, text) ?? findListed(BOTS, text);
  if (kind !== undefined) return kind === 'Other' ? (findKind(AFTER_LISTS, text) ?? kind) : kind;
  const isNamed = UNCOMMON.test(userAgent) || (NAMED.test(userAgent) && !SAYS_BOT.test(userAgent));
  return !isNamed && isbot(text) ? (findKind(AFTER_LISTS, text) ?? 'Other') : undefined;
}
