import { trimBlanks } from './blank.ts';
import { type ClickId, readClickId } from './click-id.ts';
import { NONE, PARAMETERS, type ParameterField } from './dimension.ts';
import type { KnownSource, Lookups } from './lookups.ts';
import type { Page } from './page.ts';
import { MAX_HOST } from './parse-url.ts';
import { lookUpHost, normaliseHost, parseReferrer, type Referrer } from './referrer.ts';

/** Source of a visit that came from nowhere that it tells. */
export const DIRECT = 'Direct / None';

/** Where an event says that it came from; `(none)` where it is silent. */
export type Source = Record<ParameterField, string> & {
  /** Name of the source: the campaign's, else the referrer's, else the click id's network. */
  source: string;
  /** Host and path of the referrer, without scheme, `www.`, query and trailing slash. */
  referrer: string;
  /** What the list of sources knows of it. */
  known: KnownSource | undefined;
  /** The medium that the address does not name and its click id implies: `cpc`, `display`, or `''`. */
  impliedMedium: ClickId['medium'];
  /** The referrer, or the host that a campaign names as its source, is one that only pretends to refer. */
  spam: boolean;
};

/** What names sources: the part of {@link Lookups} that deals with them. */
export type SourceLookups = Pick<Lookups, 'host' | 'app' | 'campaign' | 'isSpam'>;

const WHOLE_HOST = /^(?:https?:\/\/)?((?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]{2,})\.?(?:\/.*)?$/iu;

type Named = { name: string; known: KnownSource | undefined; spam?: boolean };

/** A campaign's source: by its name, else as a host. What is not known stays as written, a host without `www.`. */
function nameCampaign(text: string, lookups: SourceLookups): Named {
  // Longer than any name or host: looking through it would be for nothing.
  if (text.length > MAX_HOST) return { name: text, known: undefined };
  const byName = lookups.campaign(text);
  if (byName !== undefined) return { name: byName.name, known: byName };
  const host = WHOLE_HOST.exec(text)?.[1];
  const known = host === undefined ? undefined : lookUpHost(host, lookups);
  const spam = host !== undefined && lookups.isSpam(normaliseHost(host));
  return { name: known?.name ?? text.replace(/^www\.(?=.+\.)/i, ''), known, spam };
}

const nameReferrer = ({ host, name, isApp }: Referrer, lookups: SourceLookups): Named => {
  const known = isApp ? lookups.app(host.toLowerCase()) : lookUpHost(host, lookups);
  return { name: known?.name ?? name, known };
};

function nameNetwork({ network }: ClickId, lookups: SourceLookups): Named {
  return { name: network, known: lookups.campaign(network) };
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

/** The parameters of an address, of those that are named twice the first. Read once: an address may have two thousand, and many are asked for. */
function firstParameters({ query }: Page): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of query) if (!parameters.has(name)) parameters.set(name, value);
  return parameters;
}

/** What an event says of where it came from. */
export type Arrival = {
  page: Page;
  referrer: string | undefined;
  /** Domains of the site: what comes from them or from below them came from nowhere else. */
  ownDomains: readonly string[];
};

/**
 * Where an event came from: `utm_source`, else `source`, else `ref` in its address, else the referrer, else the network of
 * its click id. What the list of sources knows has its name there.
 */
export function resolveSource({ page, referrer, ownDomains }: Arrival, lookups: SourceLookups): Source {
  const parameters = firstParameters(page);
  // An address may spell out a NUL (%00), which no store takes.
  const said = (name: string) => trimBlanks(parameters.get(name)?.replaceAll('\0', '') ?? '') || undefined;
  const campaign = said(PARAMETERS.utmSource) ?? said('source') ?? said('ref');
  const from = parseReferrer(referrer, [page.hostname, ...ownDomains]);
  const click = readClickId(said);
  const named =
    (campaign !== undefined && nameCampaign(campaign, lookups)) ||
    (from !== undefined && nameReferrer(from, lookups)) ||
    (click !== undefined && nameNetwork(click, lookups)) ||
    undefined;
  // A campaign of another source has kept the click id of an address that was copied.
  const isOfClick = campaign === undefined || named?.name === click?.network;
  return {
    source: named?.name ?? DIRECT,
    referrer: from?.text ?? NONE,
    ...readParameters(page, said),
    known: named?.known,
    impliedMedium: click !== undefined && isOfClick ? click.medium : '',
    spam: named?.spam === true || (from !== undefined && !from.isApp && lookups.isSpam(from.host)),
  };
}
