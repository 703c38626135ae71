import { readFileSync } from 'node:fs';
import type { KnownSource, Lookups, SourceKind } from '@footfall/core/lookups';

type Sources = { sources: Record<SourceKind, Record<string, string>>; sharedDomains: string };
type Spam = { hosts: string[] };

const read = <Content>(file: string) =>
  JSON.parse(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8')) as Content;

/** A country's ending in a list that writes `google.{}`: of two letters, with a common second level or none. */
const COUNTRY = /\.(?:(?:com?|ne|org)\.)?[a-z]{2}$/;

/** Case and separators do not tell names apart: `Google-Ads`, `google_ads` and `google ads` are one. */
const aliasKey = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '');

/** Campaigns of advertising are often called after the network: `yahoo_ads`, `fb-ad`. */
const ADVERTISING = /(?<=..)ads?$/;

/** Web mail of companies and providers that no list names: what such a host is called says what it is. */
const WEBMAIL = /^webmail(?:\d[\da-z]{0,3})?\./;

/** DNS has no longer names; what is longer is not a host, nor worth looking at label by label. */
const LONGEST_HOST = 253;

type Table = ReadonlyMap<string, KnownSource>;
/** `alone`: addresses of one host each; `covering`: domains that stand for what lies below them, too. */
type Rules = { alone: Table; covering: Table };
/** `shared`: domains below which everybody publishes, so that an id of an app that begins so says nothing of whose it is. */
type Tables = Rules & { aliases: Table; shared: ReadonlySet<string> };

/** Reads the list: addresses that stand alone, those with what lies below them (`.`), names of campaigns (`=`). */
function readTables(): Tables {
  const { sources, sharedDomains } = read<Sources>('sources.json');
  const alone = new Map<string, KnownSource>();
  const covering = new Map<string, KnownSource>();
  const aliases = new Map<string, KnownSource>();
  for (const [kind, names] of Object.entries(sources)) {
    for (const [name, texts] of Object.entries(names)) {
      const known: KnownSource = { name, kind: kind as SourceKind };
      for (const text of texts.split(' ')) {
        if (text.startsWith('=')) aliases.set(text.slice(1), known);
        else if (text.startsWith('.')) covering.set(text.slice(1), known);
        else alone.set(text, known);
      }
    }
  }
  return { alone, covering, aliases, shared: new Set(sharedDomains.split(' ')) };
}

/** What the list says of a host: by itself, else by the nearest domain that stands for what lies below it. */
function findListed({ alone, covering }: Rules, host: string): KnownSource | undefined {
  const own = alone.get(host) ?? covering.get(host);
  if (own !== undefined) return own;
  for (let at = host.indexOf('.'); at >= 0; at = host.indexOf('.', at + 1)) {
    const above = covering.get(host.slice(at + 1));
    if (above !== undefined) return above;
  }
  return undefined;
}

/** What the list says of a host, or of one that it has with any country's ending. */
function findInCountries(rules: Rules, host: string): KnownSource | undefined {
  const listed = findListed(rules, host);
  if (listed !== undefined) return listed;
  const country = host.at(-3) === '.' ? COUNTRY.exec(host) : null;
  return country === null ? undefined : findListed(rules, `${host.slice(0, country.index)}.{}`);
}

/** What the list says of an app: by its id, else by the domain that the id is when it is read from its end. */
function findApp({ shared, ...rules }: Tables, id: string): KnownSource | undefined {
  const own = rules.alone.get(id) ?? rules.covering.get(id);
  if (own !== undefined || id.length > LONGEST_HOST) return own;
  const labels = id.split('.').reverse();
  if (shared.has(labels.slice(-2).join('.'))) return undefined;
  return findInCountries(rules, labels.join('.'));
}

function findHost(rules: Rules, host: string): KnownSource | undefined {
  if (host.length > LONGEST_HOST) return undefined;
  const listed = findInCountries(rules, host);
  if (listed !== undefined) return listed;
  return host.startsWith('webmail') && WEBMAIL.test(host) ? { name: host, kind: 'email' } : undefined;
}

function liesBelow(hosts: ReadonlySet<string>, host: string): boolean {
  if (host.length > LONGEST_HOST) return false;
  if (hosts.has(host)) return true;
  for (let at = host.indexOf('.'); at >= 0; at = host.indexOf('.', at + 1))
    if (hosts.has(host.slice(at + 1))) return true;
  return false;
}

function findCampaign({ aliases }: Tables, key: string): KnownSource | undefined {
  return aliases.get(key) ?? (ADVERTISING.test(key) ? aliases.get(key.replace(ADVERTISING, '')) : undefined);
}

/**
 * Look-ups of sources by host, by the id of an app and by the names that campaigns use, and of hosts that only pretend to refer.
 * docs/sources.md says what the lists are and how they are renewed.
 */
export function sourceLookups(): Pick<Lookups, 'host' | 'app' | 'campaign' | 'isSpam'> {
  const tables = readTables();
  const spam = new Set(read<Spam>('referrer-spam.json').hosts);
  return {
    host: (host) => findHost(tables, host),
    app: (id) => findApp(tables, id),
    campaign: (name) => findCampaign(tables, aliasKey(name)),
    isSpam: (host) => liesBelow(spam, host),
  };
}
