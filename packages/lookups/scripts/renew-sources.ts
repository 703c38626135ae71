/**
 * Makes data/sources.json, data/referrer-spam.json and data/bots.json of the public lists and of data/own-sources.yml:
 *
 *     npm run renew-sources -w @footfall/lookups [-- DIR]
 *
 * DIR holds the files of the table below; without it the newest are cloned. The lists differ in what they call a source
 * and what they say of it: ours win, then assistants, social networks and search engines of Matomo, then GA4's sources.
 * Kinds that GA4 publishes win over Matomo's, so that its channels are met.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BotKind } from '@footfall/core/lookups';
import { getDomain } from 'tldts';
import { parse } from 'yaml';

type Kind = 'search' | 'social' | 'video' | 'shopping' | 'email' | 'ai' | 'other';
type Own = Record<Kind, Record<string, string>> & {
  portals: string;
  sharedDomains: string;
  words: string;
  merge: Record<string, string>;
};
type Entry = { name: string; kind: Kind };

const DATA = new URL('../data/', import.meta.url);
const FILES = {
  ga4: {
    file: 'ga4-source-categories.csv',
    repository: 'Velir/dbt-ga4',
    path: 'seeds/ga4_source_categories.csv',
    licence: 'MIT',
  },
  assistants: {
    file: 'matomo-ai-assistants.yml',
    repository: 'matomo-org/searchengine-and-social-list',
    path: 'AIAssistants.yml',
    licence: 'CC0-1.0',
  },
  socials: {
    file: 'matomo-socials.yml',
    repository: 'matomo-org/searchengine-and-social-list',
    path: 'Socials.yml',
    licence: 'CC0-1.0',
  },
  searches: {
    file: 'matomo-search-engines.yml',
    repository: 'matomo-org/searchengine-and-social-list',
    path: 'SearchEngines.yml',
    licence: 'CC0-1.0',
  },
  bots: {
    file: 'crawler-user-agents.json',
    repository: 'monperrus/crawler-user-agents',
    path: 'crawler-user-agents.json',
    licence: 'MIT',
  },
  spam: {
    file: 'matomo-referrer-spam.txt',
    repository: 'matomo-org/referrer-spam-list',
    path: 'spammers.txt',
    licence: 'CC0-1.0',
  },
} as const;
type List = keyof typeof FILES;
const LISTS = Object.keys(FILES) as List[];

function readLists(folder: string | undefined): Record<List, string> {
  if (folder !== undefined)
    return Object.fromEntries(
      LISTS.map((list) => [list, readFileSync(join(folder, FILES[list].file), 'utf8')]),
    ) as Record<List, string>;
  const clones = mkdtempSync(join(tmpdir(), 'lists-'));
  const text = (list: List) => {
    const { repository, path } = FILES[list];
    const clone = join(clones, repository.replace('/', '-'));
    if (!existsSync(clone))
      execFileSync('git', [
        'clone',
        '--quiet',
        '--depth',
        '1',
        `https://github.com/${repository}.git`,
        clone,
      ]);
    return readFileSync(join(clone, path), 'utf8');
  };
  const texts = Object.fromEntries(LISTS.map((list) => [list, text(list)])) as Record<List, string>;
  rmSync(clones, { recursive: true });
  return texts;
}

const own = parse(readFileSync(new URL('own-sources.yml', DATA), 'utf8')) as Own;
const portals = new Set(own.portals.split(/\s+/));
const words = new Set(own.words.split(/\s+/));
const merged = new Map(
  Object.entries(own.merge).flatMap(([name, others]) => others.split(', ').map((other) => [other, name])),
);

/** What is known of a text, which is an address or (with `=`) a name that campaigns use. */
const known = new Map<string, Entry>();
const bare = (host: string) => host.toLowerCase().replace(/^www\./, '');

const COUNTRY = /\.((com?|ne|org)\.)?[a-z]{2}$/;
const isPortal = (host: string) => portals.has(host) || portals.has(host.replace(COUNTRY, '.{}'));

/** The rule of an address: with a dot in front it stands for what lies below it, too. */
function rule(address: string): string {
  const host = bare(address.replace(/^\{\}\./, ''));
  if (isPortal(host)) return host;
  // What a list writes as any country's host stands for all that lies below.
  if (address.startsWith('{}.')) return `.${host}`;
  const sample = host.replace('{}', 'de');
  return host.includes('.') && getDomain(sample, { allowPrivateDomains: true }) === sample
    ? `.${host}`
    : host;
}

const find = (host: string) => known.get(host) ?? known.get(`.${host}`);

function add(text: string, entry: Entry, alone = false): void {
  const host = bare(text.replace(/^\{\}\./, ''));
  const present = find(host);
  if (present === undefined) known.set(alone ? host : rule(text), entry);
  else if (text.startsWith('{}.') && !isPortal(host)) known.set(`.${host}`, present);
}

/** Case and separators do not tell names apart: `Google-Ads`, `google_ads` and `google ads` are one. */
const aliasKey = (name: string) => `=${name.toLowerCase().replace(/[\s_-]+/g, '')}`;

function addAlias(name: string, entry: Entry): void {
  if (!known.has(aliasKey(name))) known.set(aliasKey(name), entry);
}

function addOwn(): void {
  for (const kind of ['ai', 'email', 'shopping', 'video', 'social', 'search', 'other'] as const) {
    for (const [name, texts] of Object.entries(own[kind])) {
      for (const text of texts.split(/\s+/))
        if (text.startsWith('=')) addAlias(text.slice(1), { name, kind });
        else add(text, { name, kind });
      if (!words.has(name.toLowerCase())) addAlias(name, { name, kind });
    }
  }
}

/** Portals whose search others show under addresses of their own, each of which is no more than one host. */
const OF_PORTALS: ReadonlySet<string> = new Set(['Google', 'Yahoo!', 'AOL', 'InfoSpace', 'Ask']);

function addMatomo(sources: Record<string, readonly string[]>, kind: Kind): void {
  for (const [listed, addresses] of Object.entries(sources)) {
    const name = merged.get(listed) ?? listed;
    const entry = known.get(aliasKey(name)) ?? { name, kind };
    // A path tells services of one host apart, which a referrer's host does not.
    // What a portal's list has besides its own hosts are doors of others that lead to its search.
    for (const address of addresses)
      if (!address.includes('/'))
        add(address, entry, OF_PORTALS.has(entry.name) && !address.startsWith('{}.'));
    // Short names are words of campaigns as well: they are known only where they are the service's usual name.
    if (name.length > 3 && !words.has(name.toLowerCase())) addAlias(name, entry);
  }
}

const CATEGORIES: Readonly<Record<string, Kind>> = {
  SOURCE_CATEGORY_SEARCH: 'search',
  SOURCE_CATEGORY_SHOPPING: 'shopping',
  SOURCE_CATEGORY_SOCIAL: 'social',
  SOURCE_CATEGORY_VIDEO: 'video',
};

/** The entry that a host falls under. */
function findCovering(host: string): Entry | undefined {
  const labels = host.split('.');
  const above = labels.map((_, index) => known.get(`.${labels.slice(index).join('.')}`));
  return known.get(host) ?? above.find((entry) => entry !== undefined) ?? find(host.replace(COUNTRY, '.{}'));
}

/** Whose a host is that nothing covers: a portal's, if it is of the portal's own kind, or the one of its name under another ending. */
function findOwner(host: string, kind: Kind): Entry | undefined {
  const labels = host.split('.');
  const above = labels
    .map((_, index) => labels.slice(index).join('.'))
    .map((name) => find(name) ?? find(name.replace(COUNTRY, '.{}')));
  const label = getDomain(host)?.split('.')[0] ?? '';
  const named = label.length > 3 && labels.length === 2 ? known.get(aliasKey(label)) : undefined;
  return [...above, named].find((entry) => entry?.kind === kind);
}

function addGa4(csv: string): void {
  const rows = csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',') as [string, string]);
  // Hosts first: a bare name belongs to the host of that name.
  const hosts = rows.filter(([text]) => text.includes('.'));
  for (const [text, category] of hosts) {
    const kind = CATEGORIES[category] as Kind;
    const host = bare(text);
    const entry = findCovering(host);
    if (entry === undefined) add(host, findOwner(host, kind) ?? { name: host, kind });
    // GA4 files web mail of two portals under search; here web mail is email.
    else if (entry.kind !== kind && entry.kind !== 'email')
      known.set(known.has(host) ? host : rule(host), { name: entry.name, kind });
  }
  for (const [text, category] of rows.filter(([text]) => !text.includes('.'))) {
    const kind = CATEGORIES[category] as Kind;
    const entry = known.get(aliasKey(text)) ?? findCovering(`${text.toLowerCase()}.com`);
    known.set(aliasKey(text), { name: entry?.name ?? text, kind });
  }
}

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

function describe(list: List): string {
  const { repository, path, licence } = FILES[list];
  return `${repository}/${path} (${licence})`;
}

const BOT_KINDS: Readonly<Record<string, BotKind>> = {
  'search-engine': 'Search engine',
  seo: 'SEO',
  monitoring: 'Monitoring',
  scanner: 'Scanner',
  advertising: 'Advertising',
  'social-preview': 'Preview',
  'feed-reader': 'Feed reader',
  'ai-crawler': 'AI crawler',
  'http-library': 'HTTP library',
  archiver: 'Archiver',
  academic: 'Research',
  'browser-automation': 'Headless browser',
};

/** The list's patterns: those that are no more than a text as that text, since texts are found faster. */
function readBots(json: string): [string, BotKind][] {
  return (JSON.parse(json) as { pattern: string; tags: string[] }[]).map(({ pattern, tags }) => {
    const text = pattern.replace(/\\([^\w])/g, '$1');
    const isText = text.length > 3 && !/[[\]^$|?*{}\\+]/.test(pattern.replace(/\\[^\w]/g, ''));
    return [isText ? text : `/${pattern}/`, BOT_KINDS[tags[0] ?? ''] ?? 'Other'];
  });
}

function writeSources(asOf: string): void {
  const kinds = new Map<Kind, Map<string, string[]>>();
  for (const [text, { name, kind }] of known) {
    const names = kinds.get(kind) ?? new Map<string, string[]>();
    names.set(name, [...(names.get(name) ?? []), text]);
    kinds.set(kind, names);
  }
  const sorted = [...kinds].map(([kind, names]) => [
    kind,
    Object.fromEntries(
      [...names]
        .sort(([left], [right]) => byText(left, right))
        .map(([name, texts]) => [name, texts.sort(byText).join(' ')]),
    ),
  ]);
  const lists = LISTS.filter((list) => list !== 'spam' && list !== 'bots').map(describe);
  write('sources.json', {
    lists,
    asOf,
    sharedDomains: own.sharedDomains,
    sources: Object.fromEntries(sorted),
  });
}

function write(file: string, content: unknown): void {
  writeFileSync(new URL(file, DATA), `${JSON.stringify(content, null, 2)}\n`);
}

const lists = readLists(process.argv[2]);
const asOf = new Date().toISOString().slice(0, 10);
addOwn();
addMatomo(parse(lists.assistants) as Record<string, string[]>, 'ai');
addMatomo(parse(lists.socials) as Record<string, string[]>, 'social');
addMatomo(
  Object.fromEntries(
    Object.entries(parse(lists.searches) as Record<string, { urls: string[] }[]>).map(([name, parts]) => [
      name,
      parts.flatMap(({ urls }) => urls),
    ]),
  ),
  'search',
);
addGa4(lists.ga4);
writeSources(asOf);
const spam = lists.spam.split(/\s+/).filter((host) => host !== '' && findCovering(bare(host)) === undefined);
write('referrer-spam.json', { lists: [describe('spam')], asOf, hosts: spam.map(bare) });
write('bots.json', { lists: [describe('bots')], asOf, bots: readBots(lists.bots) });
