import type { ClientHints } from './client-hints.ts';

/** What a device is called; `(none)` where nothing tells it. */
export const DEVICES = ['Desktop', 'Mobile', 'Tablet', 'TV', 'Console', 'Watch', 'Car', 'Other'] as const;
export type Device = (typeof DEVICES)[number];

/** What a user agent string says; `(none)` where it is silent. */
export type Agent = {
  /** One of {@link DEVICES}. */
  device: string;
  browser: string;
  browserVersion: string;
  os: string;
  osVersion: string;
  bot: boolean;
  /** What kind of bot it is, one of {@link BOT_KINDS}; `(none)` for people. */
  botKind: string;
};

/** Kinds of bots: what the lists of their user agents tell apart, and referrer spam. */
export const BOT_KINDS = [
  'Search engine',
  'AI crawler',
  'AI assistant',
  'SEO',
  'Advertising',
  'Monitoring',
  'Preview',
  'Feed reader',
  'Scanner',
  'Archiver',
  'Research',
  'HTTP library',
  'Headless browser',
  'Referrer spam',
  'Other',
] as const;
export type BotKind = (typeof BOT_KINDS)[number];

/** Where an address lies: ISO 3166-1 alpha-2 country, and names of region and city where the database has them; `(none)` else. */
export type Place = { country: string; region: string; city: string };

/** What a source is, as the rules of channels need to know it. */
export type SourceKind = 'search' | 'social' | 'email' | 'shopping' | 'video' | 'ai' | 'other';

/** What the list of sources knows of a host, an app or a campaign's name. */
export type KnownSource = { name: string; kind: SourceKind };

/** The lists and databases that deriving looks into: pure look-ups, so that the same event and lists give the same result. */
export type Lookups = {
  /** By the user agent and, where the browser sent them, its client hints. */
  agent(userAgent: string, hints?: ClientHints): Agent;
  place(ip: string): Place;
  /** `host` in lower case without `www.`; undefined when no list names it. */
  host(host: string): KnownSource | undefined;
  /** `id` of an app in lower case (`com.slack`, `284882215`): listed, else by whose domain the id begins with. */
  app(id: string): KnownSource | undefined;
  /** What campaigns call a source (`fb`, `Google-Ads`), in any case; undefined when no list knows it. */
  campaign(name: string): KnownSource | undefined;
  /** Whether a list of referrer spam names the host or what it lies below. */
  isSpam(host: string): boolean;
};
