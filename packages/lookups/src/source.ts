import { readFileSync } from 'node:fs';
import type { KnownSource, Lookups, SourceKind } from '@footfall/core/lookups';

type Sources = { sources: Record<SourceKind, Record<string, string>> };
type Spam = { hosts: string[] };

const read = <Content>(file: string) =>
  JSON.parse(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8')) as Content;

/** A country's ending in a list that writes `google.{}`: of two letters, with a common second level or none. */
const COUNTRY = /\.(?:(?:com?|ne|org)\.)?[a-z]{2}$/;

/** Registrable domains have no more labels than this before what a list says of hosts below them. */
const MOST_LABELS = 5;

/** Case and separators do not tell names apart: `Google-Ads`, `google_ads` and `google ads` are one. */
const aliasKey = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, '');

/** Web mail of companies and providers that no list names: what such a host is called says what it is. */
const WEBMAIL = /^webmail\d*\./;

/** The last so many labels of a host, as texts with a leading dot, longest first. */
function ends(host: string): string[] {
  const texts: string[] = [];
  let at = host.length;
  for (let labels = 0; labels < MOST_LABELS && at > 0; labels += 1) {
    at = host.lastIndexOf('.', at - 1);
    texts.unshift(at < 0 ? `.${host}` : host.slice(at));
    if (at < 0) break;
  }
  return texts;
}

type Table = Map<string, KnownSource>;

/** Reads the list: addresses that stand alone, those with what lies below them (`.`), names of campaigns (`=`). */
function readTables(): { rules: Table; aliases: Table } {
  const rules: Table = new Map();
  const aliases: Table = new Map();
  for (const [kind, names] of Object.entries(read<Sources>('sources.json').sources)) {
    for (const [name, texts] of Object.entries(names)) {
      const known: KnownSource = { name, kind: kind as SourceKind };
      for (const text of texts.split(' ')) {
        if (text.startsWith('=')) aliases.set(text.slice(1), known);
        else rules.set(text, known);
      }
    }
  }
  return { rules, aliases };
}

function findHost(rules: Table, host: string): KnownSource | undefined {
  const exact = rules.get(host);
  if (exact !== undefined) return exact;
  const country = COUNTRY.exec(host);
  const anyCountry = country === null ? undefined : `${host.slice(0, country.index)}.{}`;
  const ofCountry = anyCountry === undefined ? undefined : rules.get(anyCountry);
  if (ofCountry !== undefined) return ofCountry;
  for (const end of ends(host)) {
    const known = rules.get(end);
    if (known !== undefined) return known;
  }
  for (const end of anyCountry === undefined ? [] : ends(anyCountry)) {
    const known = rules.get(end);
    if (known !== undefined) return known;
  }
  return WEBMAIL.test(host) ? { name: host, kind: 'email' } : undefined;
}

/**
 * Look-ups of sources by host, by the id of an app and by the names that campaigns use, and of hosts that only pretend to refer.
 * docs/sources.md says what the lists are and how they are renewed.
 */
export function sourceLookups(): Pick<Lookups, 'host' | 'campaign' | 'isSpam'> {
  const { rules, aliases } = readTables();
  const spam = new Set(read<Spam>('referrer-spam.json').hosts.map((host) => `.${host}`));
  return {
    host: (host) => findHost(rules, host),
    campaign: (name) => aliases.get(aliasKey(name)),
    isSpam: (host) => ends(host).some((end) => spam.has(end)),
  };
}
