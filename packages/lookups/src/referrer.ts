import type { KnownReferrer } from '@footfall/core/lookups';
import { ReferrerParser } from '@tryghost/referrer-parser';
import { LRUCache } from 'lru-cache';

type Addition = KnownReferrer & { hosts: RegExp };

/**
 * What the referrer list lacks or files elsewhere: assistants, shops and video. Hosts are matched whole, with any
 * subdomain, before the list is asked.
 */
const ADDITIONS: readonly Addition[] = [
  { name: 'ChatGPT', medium: 'ai', hosts: /(^|\.)(chatgpt\.com|chat\.openai\.com|openai\.com)$/ },
  { name: 'Perplexity', medium: 'ai', hosts: /(^|\.)perplexity\.ai$/ },
  { name: 'Gemini', medium: 'ai', hosts: /^(gemini|bard)\.google\.com$/ },
  {
    name: 'Copilot',
    medium: 'ai',
    hosts: /^(copilot\.microsoft\.com|copilot\.com|edgeservices\.bing\.com)$/,
  },
  { name: 'Claude', medium: 'ai', hosts: /(^|\.)(claude\.ai|claude\.com|anthropic\.com)$/ },
  { name: 'DeepSeek', medium: 'ai', hosts: /(^|\.)deepseek\.com$/ },
  { name: 'Mistral', medium: 'ai', hosts: /(^|\.)mistral\.ai$/ },
  { name: 'Grok', medium: 'ai', hosts: /^(grok\.com|grok\.x\.ai)$/ },
  { name: 'You.com', medium: 'ai', hosts: /(^|\.)you\.com$/ },
  { name: 'Phind', medium: 'ai', hosts: /(^|\.)phind\.com$/ },
  { name: 'Meta AI', medium: 'ai', hosts: /(^|\.)meta\.ai$/ },
  { name: 'Poe', medium: 'ai', hosts: /^poe\.com$/ },
  {
    name: 'Amazon',
    medium: 'shopping',
    hosts:
      /(^|\.)amazon\.(com|ca|cn|de|es|fr|in|it|nl|pl|se|sg|ae|sa|eg|co\.jp|co\.uk|com\.au|com\.be|com\.br|com\.mx|com\.tr)$/,
  },
  {
    name: 'eBay',
    medium: 'shopping',
    hosts: /(^|\.)ebay\.(com|at|ca|ch|de|es|fr|ie|it|nl|pl|co\.uk|com\.au)$/,
  },
  { name: 'Etsy', medium: 'shopping', hosts: /(^|\.)etsy\.com$/ },
  { name: 'Walmart', medium: 'shopping', hosts: /(^|\.)walmart\.com$/ },
  { name: 'AliExpress', medium: 'shopping', hosts: /(^|\.)aliexpress\.(com|us)$/ },
  { name: 'Alibaba', medium: 'shopping', hosts: /(^|\.)alibaba\.com$/ },
  { name: 'Idealo', medium: 'shopping', hosts: /(^|\.)idealo\.(de|at|fr|it|es|co\.uk)$/ },
  { name: 'Google Shopping', medium: 'shopping', hosts: /^shopping\.google\.com$/ },
  { name: 'Shop', medium: 'shopping', hosts: /^shop\.app$/ },
  { name: 'YouTube', medium: 'video', hosts: /(^|\.)(youtube\.com|youtu\.be)$/ },
  { name: 'Vimeo', medium: 'video', hosts: /(^|\.)vimeo\.com$/ },
  { name: 'Twitch', medium: 'video', hosts: /(^|\.)twitch\.tv$/ },
  { name: 'Dailymotion', medium: 'video', hosts: /(^|\.)(dailymotion\.com|dai\.ly)$/ },
  { name: 'TikTok', medium: 'social', hosts: /(^|\.)tiktok\.com$/ },
  { name: 'Bluesky', medium: 'social', hosts: /(^|\.)bsky\.app$/ },
  { name: 'Threads', medium: 'social', hosts: /(^|\.)threads\.(net|com)$/ },
  // The list files t.co under this name: one source must not be two rows.
  { name: 'Twitter', medium: 'social', hosts: /^(x\.com|com\.twitter\.android)$/ },
  { name: 'Google', medium: 'search', hosts: /^com\.google\.android\.googlequicksearchbox$/ },
  { name: 'Gmail', medium: 'email', hosts: /^com\.google\.android\.gm$/ },
  { name: 'Facebook', medium: 'social', hosts: /^com\.facebook\.katana$/ },
  { name: 'LinkedIn', medium: 'social', hosts: /^com\.linkedin\.android$/ },
  { name: 'Reddit', medium: 'social', hosts: /^com\.reddit\.frontpage$/ },
  { name: 'Pinterest', medium: 'social', hosts: /(^|\.)pinterest\.[a-z]{2,3}(\.[a-z]{2})?$/ },
  { name: 'WhatsApp', medium: 'social', hosts: /(^|\.)(whatsapp\.com|wa\.me)$/ },
  { name: 'Telegram', medium: 'social', hosts: /(^|\.)(telegram\.org|t\.me)$/ },
  { name: 'Baidu', medium: 'search', hosts: /(^|\.)baidu\.com$/ },
  { name: 'Kagi', medium: 'search', hosts: /(^|\.)kagi\.com$/ },
  { name: 'Mojeek', medium: 'search', hosts: /(^|\.)mojeek\.com$/ },
  { name: 'Naver', medium: 'search', hosts: /(^|\.)naver\.com$/ },
  { name: 'Qwant', medium: 'search', hosts: /(^|\.)qwant\.com$/ },
  { name: 'Seznam', medium: 'search', hosts: /(^|\.)seznam\.cz$/ },
  { name: 'Startpage', medium: 'search', hosts: /(^|\.)startpage\.com$/ },
];

/** The list's kinds that a channel rule knows; all else is `other`. */
const MEDIUMS: ReadonlySet<string> = new Set<KnownReferrer['medium']>(['search', 'social', 'email']);

const REMEMBERED = 20_000;

type Answer = { known: KnownReferrer | undefined };

/** A look-up of referrer hosts (without `www.`) in the list of known referrers. */
export function referrerLookup(): (host: string) => KnownReferrer | undefined {
  const parser = new ReferrerParser();
  const cache = new LRUCache<string, Answer>({ max: REMEMBERED });

  function listed(host: string): KnownReferrer | undefined {
    if (!URL.canParse(`https://${host}/`)) return undefined;
    const { referrerSource, referrerMedium } = parser.parse(`https://${host}/`);
    // The parser answers an unknown host with the host itself and no medium.
    if (!referrerSource || !referrerMedium) return undefined;
    const medium = MEDIUMS.has(referrerMedium) ? (referrerMedium as KnownReferrer['medium']) : 'other';
    return { name: referrerSource, medium };
  }

  function find(host: string): KnownReferrer | undefined {
    const addition = ADDITIONS.find(({ hosts }) => hosts.test(host));
    if (addition !== undefined) return { name: addition.name, medium: addition.medium };
    // The parser also finds a listed name inside a longer host: only the registered end of the host may speak for it.
    const ends = [host.split('.').slice(-2), host.split('.').slice(-3)].map((labels) =>
      listed(labels.join('.')),
    );
    return ends.findLast((known) => known !== undefined);
  }

  return (host) => {
    let answer = cache.get(host);
    if (answer === undefined) {
      answer = { known: find(host) };
      cache.set(host, answer);
    }
    return answer.known;
  };
}
