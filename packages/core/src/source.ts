import { NONE, PARAMETERS, type ParameterField } from './dimension.ts';
import type { KnownReferrer } from './lookups.ts';
import { bareHost, type Page } from './page.ts';

/** Source of a visit that came from nowhere that it tells. */
export const DIRECT = 'Direct / None';

/** Where an event says that it came from; `(none)` where it is silent. */
export type Source = Record<ParameterField, string> & {
  /** Name of the source: the campaign's, else the referrer's. */
  source: string;
  /** Host and path of the referrer, without scheme, `www.`, query and trailing slash. */
  referrer: string;
  /** What the list of referrers knows of the source. */
  known: KnownReferrer | undefined;
  /** The ad network marked the link as paid (`gclid` and its like). */
  paidClick: boolean;
};

const PAID_CLICK_IDS = ['gclid', 'gbraid', 'wbraid', 'dclid', 'msclkid'] as const;

/** Names that campaigns use for a host which the list of referrers knows under another. */
const CAMPAIGN_ALIASES: Readonly<Record<string, string>> = {
  fb: 'facebook.com',
  ig: 'instagram.com',
  yt: 'youtube.com',
  x: 'x.com',
  twitter: 'twitter.com',
  'google-ads': 'google.com',
  adwords: 'google.com',
  chatgpt: 'chatgpt.com',
  gemini: 'gemini.google.com',
  perplexity: 'perplexity.ai',
  copilot: 'copilot.microsoft.com',
  claude: 'claude.ai',
};

type FindReferrer = (host: string) => KnownReferrer | undefined;

function parseReferrer(referrer: string | undefined, page: Page): { host: string; text: string } | undefined {
  if (referrer === undefined || !URL.canParse(referrer)) return undefined;
  const url = new URL(referrer);
  const host = bareHost(url.hostname);
  if (host === '' || host === page.hostname) return undefined;
  return { host, text: (host + url.pathname).replace(/\/+$/, '') };
}

function findCampaign(name: string, find: FindReferrer): KnownReferrer | undefined {
  const key = name.toLowerCase();
  return find(CAMPAIGN_ALIASES[key] ?? bareHost(key)) ?? find(`${key}.com`);
}

const FIELDS = Object.keys(PARAMETERS) as ParameterField[];

const NO_PARAMETERS = Object.fromEntries(FIELDS.map((field) => [field, NONE])) as Readonly<
  Record<ParameterField, string>
>;

function readParameters(
  { query }: Page,
  said: (parameter: string) => string | undefined,
): Readonly<Record<ParameterField, string>> {
  // Most addresses have no query.
  if (query.size === 0) return NO_PARAMETERS;
  const texts = { ...NO_PARAMETERS };
  for (const field of FIELDS) texts[field] = said(PARAMETERS[field]) ?? NONE;
  return texts;
}

/**
 * Where an event came from: `utm_source`, else `source`, else `ref` in its address, else the referrer's host by its
 * name in the list. A referrer on the page's own hostname is none.
 */
export function resolveSource(page: Page, referrer: string | undefined, find: FindReferrer): Source {
  // An address may spell out a NUL (%00), which no store takes.
  const said = (name: string) => page.query.get(name)?.replaceAll('\0', '').trim() || undefined;
  const campaign = said(PARAMETERS.utmSource) ?? said('source') ?? said('ref');
  const from = parseReferrer(referrer, page);
  const known = campaign === undefined ? from && find(from.host) : findCampaign(campaign, find);
  return {
    source: campaign ?? known?.name ?? from?.host ?? DIRECT,
    referrer: from?.text ?? NONE,
    ...readParameters(page, said),
    known,
    paidClick: PAID_CLICK_IDS.some((id) => page.query.has(id)),
  };
}
