/** What a user agent string says; `(none)` where it is silent. `device` is one of Desktop, Mobile, Tablet, TV, Console, Other. */
export type Agent = {
  device: string;
  browser: string;
  browserVersion: string;
  os: string;
  osVersion: string;
  bot: boolean;
};

/** Where an address lies: ISO 3166-1 alpha-2 country, and names of region and city where the database has them; `(none)` else. */
export type Place = { country: string; region: string; city: string };

/** What the list of known referrers says of a host: its name and kind. */
export type KnownReferrer = {
  name: string;
  medium: 'search' | 'social' | 'email' | 'shopping' | 'video' | 'ai' | 'other';
};

/** The lists and databases that deriving looks into: pure look-ups, so that the same event and lists give the same result. */
export type Lookups = {
  agent(userAgent: string): Agent;
  place(ip: string): Place;
  /** `host` without `www.`; undefined when no list names it. */
  referrer(host: string): KnownReferrer | undefined;
};
