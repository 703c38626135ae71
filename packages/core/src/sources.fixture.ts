import type { KnownSource } from './lookups.ts';
import type { SourceLookups } from './source.ts';

const HOSTS: Readonly<Record<string, KnownSource>> = {
  'google.de': { name: 'Google', kind: 'search' },
  'google.com': { name: 'Google', kind: 'search' },
  'facebook.com': { name: 'Facebook', kind: 'social' },
  'youtube.com': { name: 'YouTube', kind: 'video' },
  'amazon.de': { name: 'Amazon', kind: 'shopping' },
  'chatgpt.com': { name: 'ChatGPT', kind: 'ai' },
  'mail.google.com': { name: 'Gmail', kind: 'email' },
};
const APPS: Readonly<Record<string, KnownSource>> = {
  'com.google.android.gm': { name: 'Gmail', kind: 'email' },
  'com.slack': { name: 'Slack', kind: 'social' },
  '284882215': { name: 'Facebook', kind: 'social' },
};
const CAMPAIGNS: Readonly<Record<string, KnownSource>> = {
  google: { name: 'Google', kind: 'search' },
  bing: { name: 'Bing', kind: 'search' },
  fb: { name: 'Facebook', kind: 'social' },
  facebook: { name: 'Facebook', kind: 'social' },
  tiktok: { name: 'TikTok', kind: 'social' },
  twitter: { name: 'Twitter', kind: 'social' },
  linkedin: { name: 'LinkedIn', kind: 'social' },
  amazon: { name: 'Amazon', kind: 'shopping' },
  youtube: { name: 'YouTube', kind: 'video' },
};

/** A short list of sources for tests of what is made of it. */
export const SOURCES: SourceLookups = {
  host: (host) => HOSTS[host],
  app: (id) => APPS[id],
  campaign: (name) => CAMPAIGNS[name.toLowerCase()],
  isSpam: (host) => host === 'spam.example' || host.endsWith('.spam.example'),
};
