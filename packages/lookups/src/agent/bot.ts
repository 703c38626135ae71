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
      /WhatsApp\/|facebookexternalhit|Slackbot|Slack-ImgProxy|Discordbot|TelegramBot|Twitterbot|LinkedInBot|SkypeUriPreview|Iframely|Embedly|redditbot|vkShare|Mastodon\/|MicrosoftPreview|Viber\/|\bpreview/i,
  },
  { kind: 'Search engine', words: /Storebot-Google|360JK/ },
  { kind: 'Scanner', words: /Assetnote|Laravel Reaver/ },
];

/** What only looks like a bot's name: readers, systems of televisions, search in apps. */
const PEOPLE =
  /CE-HTML\/1\.0;?|html\/1\.0;|HbbTV\/[\d.]+|Google ?TV|Catcher[\w.]*|NETRANGE\w*|\bProcess\/tools|Sogou(?!.{0,12}spider)\w*|SmartNews|NewsBreak|Hisense[\w-]*|CUBOT|Discovery[ \w]*|chromeframe|Java(?:Platform)?\/(?:JP|MIDP)[\w-]*|Bada\/[\d.]+;?|com\.google\.\w+|Google ?(?:Earth|Plus|Podcasts|App)|\bRadar\b|Newsday|bsalsa\.com|http:\/\/bsalsa|CLDC-1\.1 Google|Fluid\//gi;

/** A model of Android, which may be called anything; what names itself inside the same brackets stays. */
const MODEL = /(Android[ -]?[\d.]*;) (?!compatible)(?:[a-z]{2}[-_][a-zA-Z]{2}; )?[^;()]*/g;

/** Systems of televisions and of feature phones, whose user agents are of no common form: only a name makes a bot of them. */
const UNCOMMON =
  /HbbTV|CE-HTML|NETTV|Smart-?TV|Web0S|VIDAA|Tizen|BRAVIA|OMI\/|MIDP|MAUI|MRE\/|WAP|BREW|^iPhone[\dX]|^Opera\/9|Presto\/|SEGASATURN|nook browser|BrowseX|OffByOne|AlphaServer|PalmOS|Dorado/i;

const BOTS = prepareList(
  JSON.parse(readFileSync(new URL('../../data/bots.json', import.meta.url), 'utf8')) as { bots: ListedBot[] },
);

/** What neither list knows of our own rules: looked for in every user agent, so no more than that. */
const ONLY_OWN =
  /GTmetrix|Yellow ?Lab|\bYLT\b|-User\b|wkhtmlto|Headless|PTST\/|Lighthouse|Synthetic|DuplexWeb|Storebot|360JK|Assetnote|Reaver|NovaAct|Google-Agent|kagi-fetcher|WhatsApp\/|Viber\//;

const looksLikeBot = (text: string) => isbot(text) || ONLY_OWN.test(text);

/** The kind of bot that a user agent string names; undefined for people. */
export function findBot(userAgent: string): BotKind | undefined {
  const listed = findListed(BOTS, userAgent);
  if (listed === undefined && !looksLikeBot(userAgent)) return undefined;
  // It may be the name of a phone, a television or a reader.
  const text = userAgent.replace(MODEL, '$1').replace(PEOPLE, '');
  const kind = OWN.find(({ words }) => words.test(text))?.kind ?? findListed(BOTS, text);
  if (kind !== undefined) return kind;
  return !UNCOMMON.test(userAgent) && isbot(text) ? 'Other' : undefined;
}
