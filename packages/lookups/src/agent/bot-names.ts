import type { BotKind } from '@footfall/core/lookups';

/** A kind of bot by words of its user agent. */
export type BotRule = { kind: BotKind; words: RegExp };

/** What lists do not know, or file under another kind; asked before them. */
export const BEFORE_LISTS: readonly BotRule[] = [
  {
    kind: 'AI assistant',
    words:
      /(?:ChatGPT|Claude|Perplexity|MistralAI|Amzn|Manus|Kimi|Bravebot|Gemini|Grok|Shap)-User|ChatGPT Agent|Google-?Agent|Google-(?:GeminiNotebook|Pinpoint|Firebase)|NotebookLM|AmazonBuyForMe|amazon-QBusiness|iAskBot|Andibot|TongyiBot|YiyanBot|KlaviyoAIBot|QualifiedBot|WRTNBot|Claude-Code|Gemini-CLI|opencode|Devin\/|PageFetcher|UseAI|DuckAssistBot|Gemini-Deep-Research|NovaAct|kagi-fetcher|meta-externalfetcher|PhindBot/i,
  },
  {
    kind: 'Monitoring',
    words:
      /GTmetrix|Yellow ?Lab|\bYLT\b|Lighthouse|PageSpeed|Speed Insights|Pingdom|Uptime|StatusCake|Site24x7|Datadog|Synthetic|Catchpoint|DebugBear|SpeedCurve|PTST\/|WebPageTest|Checkly|Better ?Stack|HetrixTools|DotComMon|Dynatrace|New ?Relic|AppDynamics|Sitespeed|HealthCheck|kube-probe|Zabbix|Nagios|check_http/i,
  },
  {
    kind: 'Headless browser',
    words:
      /Headless|PhantomJS|SlimerJS|Puppeteer|Playwright|Selenium|WebDriver|Cypress|jsdom|HtmlUnit|wkhtmlto|Rendertron|Prerender|Nightmare|CasperJS|weasyprint|DuplexWeb-Google|Html2pdf|Lightpanda/i,
  },
  {
    kind: 'Preview',
    words:
      /WhatsApp\/|facebookexternalhit|Slackbot|Slack-ImgProxy|Discordbot|TelegramBot|Twitterbot|LinkedInBot|SkypeUriPreview|Iframely|Embedly|redditbot|vkShare|Mastodon\/|MicrosoftPreview|\bpreview/i,
  },
  { kind: 'Search engine', words: /Storebot-Google|360JK/ },
  { kind: 'Scanner', words: /Assetnote|Laravel Reaver|Wappalyzer/ },
  {
    kind: 'AI crawler',
    words:
      /amazon-kendra|bedrockbot|Amazonbot|Applebot-Extended|GoogleOther|CloudVertexBot|Ai2Bot|PanguBot|Timpibot|ImagesiftBot|cohere-ai|Diffbot|omgili|webzio|VelenPublicWebCrawler|FriendlyCrawler|Cotoyogi|ICC-Crawler|Crawl4AI|Crawlspace|LAIONDownloader|meta-(?:externalagent|webindexer)|QuillBot|SemrushBot-(?:OCOB|SWA)|YandexAdditional|Factset_spyderbot|Sidetrade|WARDBot|MyCentralAIScraper|NagetBot|Poseidon Research|Reflectionbot|Thinkbot|aiHitBot|AIWebIndex|TerraCotta|Terra Cotta|Tabstack|ExaSearchBot|Querit/i,
  },
  { kind: 'Other', words: /googleweblight|FirePHP/ },
];

/** Kinds of those that the lists know only as bots: by the names of well-known families, however they are written. */
export const AFTER_LISTS: readonly BotRule[] = [
  {
    kind: 'Search engine',
    words:
      /Google(?:bot|-)|bingbot|Yandex|Baidu|DuckDuck|Applebot|Petal|Seznam|Qwant|Mojeek|Yahoo|Sogou|Naver|Coccoc|ExaBot|Bravebot/i,
  },
  { kind: 'SEO', words: /DotBot|SplitSignal|Ahrefs|Semrush|Majestic|Moz\b|Sistrix|Screaming|SEO/i },
  { kind: 'Preview', words: /Pinterest|GoogleMessages|unfurl|link ?preview/i },
  { kind: 'Feed reader', words: /feed|rss/i },
  { kind: 'AI crawler', words: /\bGPT|\bLLM|\bAI[ -]?(?:bot|crawl)|Awario|AgentTimes/i },
];

/** What neither list knows of our own rules. That a crawler is `compatible` with what Chrome is like, no browser says. */
export const ONLY_OURS: readonly string[] = [
  'like Gecko; compatible; ',
  'GTmetrix',
  'Yellow Lab',
  'YellowLab',
  'YLT',
  '-User',
  'wkhtmlto',
  'Headless',
  'PTST/',
  'Lighthouse',
  'Synthetic',
  'DuplexWeb',
  'Storebot',
  '360JK',
  'Assetnote',
  'Reaver',
  'NovaAct',
  'Google-Agent',
  'kagi-fetcher',
  'WhatsApp/',
  'amazon-kendra',
  'amazon-QBusiness',
  'googleweblight',
  'FirePHP',
  'Awario',
  'Lightpanda',
  'Meta-ExternalFetcher',
  'NotebookLM',
  'Tabstack',
  'AIWebIndex',
  'AgentTimes',
  'PageFetcher',
  'Panscient',
  'Terra Cotta',
  'TerraCotta',
  'UseAI',
  'Webzio',
  'YandexAdditional',
];
