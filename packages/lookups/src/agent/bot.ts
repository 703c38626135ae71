import { readFileSync } from 'node:fs';
import type { BotKind } from '@footfall/core/lookups';
import { isbot } from 'isbot';
import { findListed, type ListedBot, prepareList } from './bot-list.ts';

type Rule = { kind: BotKind; words: RegExp };

/** What lists do not know, or file under another kind; asked first. */
const OWN: readonly Rule[] = [
  {
    kind: 'AI assistant',
    words:
      /(?:ChatGPT|Claude|Perplexity|MistralAI|Amzn|Manus|Kimi|Bravebot|Gemini|Grok)-User|DuckAssistBot|Gemini-Deep-Research|Google-(?:NotebookLM|Agent)|NovaAct|kagi-fetcher|meta-externalfetcher|PhindBot/i,
  },
  {
    kind: 'Monitoring',
    words:
      /GTmetrix|Yellow ?Lab|\bYLT\b|Lighthouse|PageSpeed|Speed Insights|Pingdom|Uptime|StatusCake|Site24x7|Datadog|Synthetic|Catchpoint|DebugBear|SpeedCurve|PTST\/|WebPageTest|Checkly|Better ?Stack|HetrixTools|DotComMon|Dynatrace|New ?Relic|AppDynamics|Sitespeed|HealthCheck|kube-probe|Zabbix|Nagios|check_http/i,
  },
  {
    kind: 'Headless browser',
    words:
      /Headless|PhantomJS|SlimerJS|Puppeteer|Playwright|Selenium|WebDriver|Cypress|jsdom|HtmlUnit|wkhtmlto|Rendertron|Prerender|Nightmare|CasperJS|weasyprint|DuplexWeb-Google|Html2pdf/i,
  },
  {
    kind: 'Preview',
    words:
      /WhatsApp\/|facebookexternalhit|Slackbot|Slack-ImgProxy|Discordbot|TelegramBot|Twitterbot|LinkedInBot|SkypeUriPreview|Iframely|Embedly|redditbot|vkShare|Mastodon\/|MicrosoftPreview|\bpreview/i,
  },
  { kind: 'Search engine', words: /Storebot-Google|360JK/ },
  { kind: 'Scanner', words: /Assetnote|Laravel Reaver|Wappalyzer/ },
  { kind: 'AI crawler', words: /amazon-kendra/ },
  { kind: 'Other', words: /googleweblight|FirePHP/ },
];

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

/** What neither list knows of our own rules. */
const ONLY_OWN =
  'GTmetrix|Yellow Lab|YellowLab|YLT|-User|wkhtmlto|Headless|PTST/|Lighthouse|Synthetic|DuplexWeb|Storebot|360JK|Assetnote|Reaver|NovaAct|Google-Agent|kagi-fetcher|WhatsApp/|amazon-kendra|googleweblight|FirePHP';

const { bots: LISTED } = JSON.parse(
  readFileSync(new URL('../../data/bots.json', import.meta.url), 'utf8'),
) as { bots: ListedBot[] };
const BOTS = prepareList([...LISTED, ...ONLY_OWN.split('|').map((text): ListedBot => [text, 'Other'])]);

/** What most visitors come with, to the letter: nothing in it could be a name. */
const ORDINARY =
  /^Mozilla\/5\.0 \((?:Windows NT 1\d\.\d; Win64; x64|Macintosh; Intel Mac OS X [\d_]+|X11; Linux x86_64|Linux; Android [\d.]+; K|iP(?:hone|ad); CPU (?:iPhone )?OS [\d_]+ like Mac OS X)\) AppleWebKit\/[\d.]+ \(KHTML, like Gecko\) (?:Version\/[\d.]+ )?(?:Chrome\/[\d.]+ )?(?:Mobile(?:\/\w{5,8})? )?Safari\/[\d.]+(?: (?:Edg|EdgA|OPR)\/[\d.]+)?$/;
/** A part that names nothing, which `isbot` need not look through. */
const ENGINE = / AppleWebKit\/[\d.]+ \(KHTML, like Gecko\)/;

/** The kind of bot that a user agent string names; undefined for people. */
export function findBot(userAgent: string): BotKind | undefined {
  if (ORDINARY.test(userAgent)) return undefined;
  if (findListed(BOTS, userAgent) === undefined && !isbot(userAgent.replace(ENGINE, ''))) return undefined;
  // It may be the name of a phone, a television or a reader.
  const text = userAgent.replace(MODEL, '$1').replace(PEOPLE, '');
  const kind = OWN.find(({ words }) => words.test(text))?.kind ?? findListed(BOTS, text);
  if (kind !== undefined) return kind;
  const isNamed = UNCOMMON.test(userAgent) || (NAMED.test(userAgent) && !SAYS_BOT.test(userAgent));
  return !isNamed && isbot(text) ? 'Other' : undefined;
}
