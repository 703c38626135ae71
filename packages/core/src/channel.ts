import { NONE } from './dimension.ts';
import { DIRECT, type Source } from './source.ts';

/** What the rules look at: everything in lower case, `''` where the visit is silent. */
type Signs = { source: string; medium: string; campaign: string; kind: string };

type Rule = { channel: string; when: (signs: Signs) => boolean };

const PAID = /^(.*cp.*|ppc|retargeting|paid.*)$/;
const SHOPPING_CAMPAIGN = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const DISPLAY = new Set(['display', 'banner', 'expandable', 'interstitial', 'cpm']);
const SOCIAL = new Set(['social', 'social-network', 'social-media', 'sm', 'social network', 'social media']);
const EMAIL = new Set(['email', 'e-mail', 'e_mail', 'e mail']);
const REFERRAL = new Set(['referral', 'app', 'link']);

const DIRECT_SOURCES = new Set([DIRECT.toLowerCase(), '(direct)']);
const NO_MEDIUM = new Set(['', '(none)', '(not set)']);

const paid = (signs: Signs) => PAID.test(signs.medium);

/**
 * GA4's default channel groups, with its documented conditions in its documented order (support.google.com/analytics,
 * "Default channel group"). `AI` and web mail, which GA4 has no lists of, stand between what is paid and what is not. The first
 * rule that holds names the channel.
 */
const RULES: readonly Rule[] = [
  { channel: 'Direct', when: (s) => DIRECT_SOURCES.has(s.source) && NO_MEDIUM.has(s.medium) },
  { channel: 'Cross-network', when: (s) => s.campaign.includes('cross-network') },
  {
    channel: 'Paid Shopping',
    when: (s) => (s.kind === 'shopping' || SHOPPING_CAMPAIGN.test(s.campaign)) && paid(s),
  },
  { channel: 'Paid Search', when: (s) => s.kind === 'search' && paid(s) },
  { channel: 'Paid Social', when: (s) => s.kind === 'social' && paid(s) },
  { channel: 'Paid Video', when: (s) => s.kind === 'video' && paid(s) },
  { channel: 'Display', when: (s) => DISPLAY.has(s.medium) },
  { channel: 'Paid Other', when: paid },
  { channel: 'AI', when: (s) => s.kind === 'ai' },
  { channel: 'Email', when: (s) => s.kind === 'email' },
  { channel: 'Organic Shopping', when: (s) => s.kind === 'shopping' || SHOPPING_CAMPAIGN.test(s.campaign) },
  { channel: 'Organic Social', when: (s) => s.kind === 'social' || SOCIAL.has(s.medium) },
  { channel: 'Organic Video', when: (s) => s.kind === 'video' || s.medium.includes('video') },
  { channel: 'Organic Search', when: (s) => s.kind === 'search' || s.medium === 'organic' },
  { channel: 'Referral', when: (s) => REFERRAL.has(s.medium) },
  { channel: 'Email', when: (s) => EMAIL.has(s.source) || EMAIL.has(s.medium) },
  { channel: 'Affiliates', when: (s) => s.medium === 'affiliate' },
  { channel: 'Audio', when: (s) => s.medium === 'audio' },
  { channel: 'SMS', when: (s) => s.source === 'sms' || s.medium === 'sms' },
  {
    channel: 'Mobile Push Notifications',
    when: (s) => s.medium.endsWith('push') || /mobile|notification/.test(s.medium) || s.source === 'firebase',
  },
];

/** All channels that {@link classifyChannel} can answer. */
export const CHANNELS: readonly string[] = [...new Set(RULES.map((rule) => rule.channel)), 'Unassigned'];

const silent = (text: string) => (text === NONE ? '' : text.toLowerCase());

/** The channel of a visit from where its first event came from. */
export function classifyChannel(source: Source): string {
  const fromReferrer = source.utmSource === NONE && source.referrer !== NONE && source.utmMedium === NONE;
  // As GA4 does: a marked click counts as cost-per-click, a plain link from elsewhere as a referral.
  const implied = source.impliedMedium || (fromReferrer ? 'referral' : '');
  const signs = {
    source: source.source.toLowerCase(),
    medium: silent(source.utmMedium) || implied,
    campaign: silent(source.utmCampaign),
    kind: source.known?.kind ?? '',
  };
  return RULES.find((rule) => rule.when(signs))?.channel ?? 'Unassigned';
}
