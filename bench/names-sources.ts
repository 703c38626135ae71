import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { classifyChannel } from '../packages/core/src/channel.ts';
import type { SourceKind } from '../packages/core/src/lookups.ts';
import { parsePage } from '../packages/core/src/page.ts';
import { normaliseHost } from '../packages/core/src/referrer.ts';
import { resolveSource } from '../packages/core/src/source.ts';
import { sourceLookups } from '../packages/lookups/src/source.ts';
import { cost, share } from './names-report.ts';

const lookups = sourceLookups();

/** A host or an app of somebody's list, and what that list takes it for. */
type Entry = { address: string; kind: string };

/** What the lists call a kind, and the kinds that are as right: lists file marketplaces and video under search and social networks. */
const KINDS: Readonly<Record<string, readonly SourceKind[]>> = {
  search: ['search', 'shopping'],
  social: ['social', 'video', 'shopping', 'ai', 'other'],
  video: ['video', 'social'],
  shopping: ['shopping', 'video'],
  email: ['email'],
  chatbot: ['ai'],
  ai: ['ai'],
};

type Domains = Record<string, Record<string, { domains: string[] }>>;
const readSnowplow = (text: string): Entry[] =>
  Object.entries(parse(text) as Domains).flatMap(([kind, sources]) =>
    Object.values(sources).flatMap(({ domains }) => domains.map((address) => ({ address, kind }))),
  );

const readGhost = (text: string): Entry[] =>
  Object.entries(JSON.parse(text) as Record<string, { medium: string }>).map(([address, { medium }]) => ({
    address,
    kind: medium,
  }));

/** Of PostHog's definitions the apps: its hosts are those of GA4. */
const readPostHog = (text: string): Entry[] =>
  (JSON.parse(text) as [address: string, of: string, kind: string | null, ...unknown[]][])
    .filter((row) => row.at(-1) === true)
    .map(([address, , kind]) => ({ address: `app:${address}`, kind: (kind ?? '').toLowerCase() }));

const readOpenPanel = (text: string): Entry[] =>
  [...text.matchAll(/'([^']+)': \{ type: '(\w+)'/g)].map(([, address = '', kind = '']) => ({
    address,
    kind,
  }));

const readAssistants = (text: string): Entry[] =>
  Object.values(parse(text) as Record<string, string[]>).flatMap((addresses) =>
    addresses.map((address) => ({ address, kind: 'ai' })),
  );

/** Public lists of sources, by where they lie in the folder. docs/performance.md says where they are from. */
const LISTS: readonly { name: string; file: string; read: (text: string) => Entry[] }[] = [
  { name: 'Snowplow', file: 'referer-parser/resources/referers.yml', read: readSnowplow },
  { name: 'Ghost', file: 'referrer-parser.json', read: readGhost },
  { name: 'Matomo', file: 'searchengine-and-social-list/AIAssistants.yml', read: readAssistants },
  { name: 'OpenPanel', file: 'openpanel/packages/common/server/referrers/index.ts', read: readOpenPanel },
  { name: 'PostHog, apps', file: 'channel_definitions.json', read: readPostHog },
];

/** What is known of an address; of one with a path only the host, which is all that a referrer tells. */
function look(address: string): SourceKind | undefined {
  if (address.startsWith('app:')) return lookups.app(address.slice(4).toLowerCase())?.kind;
  const host = normaliseHost(address.split('/', 1)[0] as string);
  return (lookups.host(host) ?? lookups.app(host) ?? lookups.campaign(host))?.kind;
}

/** How much of the public lists in the folder is named, and named as that kind; prints what is not. */
export function measureLists(folder: string): void {
  for (const { name, file, read } of LISTS) {
    if (!existsSync(join(folder, file))) continue;
    const entries = read(readFileSync(join(folder, file), 'utf8'));
    for (const [kind, right] of Object.entries(KINDS)) {
      const some = entries.filter((entry) => entry.kind === kind);
      if (some.length === 0) continue;
      const wrong = share(`${name}: ${kind}`, some, ({ address }) =>
        right.includes(look(address) as SourceKind),
      );
      for (const { address } of wrong) console.log(`    ${address} ${look(address) ?? 'is not known'}`);
    }
  }
}

/** GA4's channel of each source that it publishes, and what look-ups cost. */
export function measureSources(): void {
  const file = new URL('../packages/lookups/data/ga4-source-categories.csv', import.meta.url);
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',') as [string, string]);
  const channel = (query: string, referrer?: string) =>
    classifyChannel(
      resolveSource({ page: parsePage(`https://shop.example/${query}`), referrer, ownDomains: [] }, lookups),
    );
  const expected = (category: string) =>
    category.replace('SOURCE_CATEGORY_', '').replace(/(?<=.).*/, (rest) => rest.toLowerCase());
  const query = (source: string, medium: string) =>
    `?utm_source=${encodeURIComponent(source)}&utm_medium=${medium}`;
  share('GA4: channel of a paid campaign', rows, ([source, category]) =>
    channel(query(source, 'cpc')).endsWith(`Paid ${expected(category)}`),
  );
  share('GA4: channel of an unpaid campaign', rows, ([source, category]) =>
    channel(query(source, 'referral')).endsWith(`Organic ${expected(category)}`),
  );
  const hosts = rows.filter(([source]) => source.includes('.'));
  share('GA4: channel of a referrer', hosts, ([source, category]) =>
    channel('', `https://${source}/`).endsWith(`Organic ${expected(category)}`),
  );
  const mixed = [...hosts.map(([host]) => host), ...hosts.map(([host]) => `a.b.c.not${host}`)];
  cost('a look-up of a host', mixed, lookups.host);
  cost('a look-up of a campaign’s name', rows, ([source]) => lookups.campaign(source));
}
