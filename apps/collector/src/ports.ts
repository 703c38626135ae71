import type { IncomingMessage } from 'node:http';
import type { IntakeRules } from '@footfall/core/intake-rules';
import type { Allowance } from '@footfall/db/tenant/plan';
import type { EventLog } from '@footfall/eventlog/event-log';
import type { TrustedProxies } from '@footfall/service/client-address';
import type { Caller } from './caller.ts';
import { collectorFailure } from './errors.ts';
import type { LookUpCountry } from './exclusions.ts';
import type { FormerKeys } from './former-keys.ts';
import { type LimitPorts, takeFromNetwork } from './network-limits.ts';
import type { OwnEvents } from './own-events.ts';
import type { Quota } from './quota.ts';
import type { Refusals } from './refusals.ts';
import type { TrackerScripts } from './tracker-script.ts';

/** What the collector must know of a site. */
export type IntakeSite = {
  id: string;
  tenantId: string;
  /** What addresses of events are made of that name no page. */
  domain: string;
  timezone: string;
  /** Of amounts that name none. */
  currency: string;
  enabled: boolean;
  allowedOrigins: readonly string[];
  /** Parameters of page addresses that are stored besides those of campaigns. */
  keptParams: readonly string[];
  retentionDays: number;
  /** Domains that are its own beside `domain`. */
  furtherDomains?: readonly string[];
  /** A key that the site had before, by which the request has named it. */
  formerKey?: string | null;
} & IntakeRules;

export type IntakeKey = {
  id: string;
  tenantId: string;
  scopes: readonly string[];
  /** The sites that it may send to. */
  sites: 'all' | readonly string[];
};

/** Whose sites a key may send to, and which of them. */
export type KeyReach = Pick<IntakeKey, 'tenantId' | 'sites'>;

/** Whether a key may send to a site. */
export const isInReach = (
  site: Pick<IntakeSite, 'id' | 'tenantId'>,
  { tenantId, sites }: KeyReach,
): boolean => site.tenantId === tenantId && (sites === 'all' || sites.includes(site.id));

/** What the collector works with; main.ts builds it. */
export type CollectorPorts = {
  log: Pick<EventLog, 'append'>;
  /** By site key or id; null when there is none. */
  findSite(reference: string): Promise<IntakeSite | null>;
  /** By domain, however it is written: the tenant's, when one is given, else the owner's; null when nobody has it, or nobody has proven it. */
  findSiteByDomain(domain: string, tenantId?: string): Promise<IntakeSite | null>;
  /** The sites that name a domain which nobody has proven, by id; none when it belongs to one, or nobody has it. */
  findClaimants(domain: string): Promise<readonly string[]>;
  /** The only site of a tenant; null when it has none, or several. */
  findOnlySite(tenantId: string): Promise<IntakeSite | null>;
  /** Null when there is no such key. */
  findApiKey(apiKey: string): Promise<IntakeKey | null>;
  /** Told of each key that may send. */
  noteKeyUse(id: string): void;
  /** Whether a question is answered from memory, or asks about what was there a while ago: all others are a stranger's until they are answered. */
  knows: {
    site(reference: string): boolean;
    domain(domain: string, tenantId?: string): boolean;
    apiKey(apiKey: string): boolean;
  };
  /** The salt of a site-local day. */
  saltOf(day: string): Promise<Uint8Array>;
  /** How many events a tenant's plan takes. */
  allowanceOf(tenantId: string): Promise<Allowance>;
  quota: Pick<Quota, 'take' | 'giveBack'>;
  /** Events a second that one network may send to one site with the site key alone; 0: any number. */
  eventsPerSecond: number;
  refusals: Pick<Refusals, 'note'>;
  ownEvents: Pick<OwnEvents, 'note'>;
  formerKeys: Pick<FormerKeys, 'note'>;
  /** Opens the database of countries; called when a site blocks one. */
  countries(): Promise<LookUpCountry>;
  statedKeyFor(day: string): Uint8Array;
  /** The folder of COLLECTOR_URL (`/f`), empty for none: a proxy may take it off a request's path, or leave it there. */
  folder: string;
  /** Whether browsers reach this collector by TLS alone. */
  isSecure: boolean;
  trustedProxies: TrustedProxies;
  /** Looks whether the proxy that a request came through is set up right. */
  watchProxy(request: Pick<IncomingMessage, 'headers' | 'socket'>): void;
  /** Epoch milliseconds. */
  now(): number;
  /** Null when the tracker has not been built. */
  script: TrackerScripts | null;
} & LimitPorts;

/** Strangers who make up keys have so many questions, and no more. */
function checkLookUp(isKnown: boolean, caller: Caller, ports: CollectorPorts): void {
  if (!isKnown) takeFromNetwork(caller, 'lookUps', ports);
}

async function known<T>(what: string, asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (cause) {
    throw collectorFailure('unavailable', `${what} cannot be looked up now; send the same again later`, {
      cause,
    });
  }
}

/**
 * The site that a request names.
 * @throws Failure `unknown_site`, `unavailable`
 */
export async function requireSite(
  reference: string,
  caller: Caller,
  ports: CollectorPorts,
): Promise<IntakeSite> {
  checkLookUp(ports.knows.site(reference), caller, ports);
  const site = await known('the site', ports.findSite(reference));
  if (site !== null) return site;
  throw collectorFailure('unknown_site', `no site has the key ${JSON.stringify(reference.slice(0, 100))}`, {
    where: 'site',
  });
}

/**
 * The site that a request names as other products do: by site key or id, or by its domain, which of several tenants' is the one's that
 * has proven it. With the API key of a tenant: a site of its own alone, and of those that the key is limited to.
 * @throws Failure `forbidden`, `unavailable`
 */
export async function findNamedSite(
  name: string,
  { reach, caller }: { reach: KeyReach | undefined; caller: Caller },
  ports: CollectorPorts,
): Promise<IntakeSite | null> {
  const tenantId = reach?.tenantId;
  if (!ports.knows.site(name)) checkLookUp(ports.knows.domain(name, tenantId), caller, ports);
  const site =
    (await known('the site', ports.findSite(name))) ??
    (await known('the site', ports.findSiteByDomain(name, tenantId)));
  if (site === null || reach === undefined || isInReach(site, reach)) return site;
  if (site.tenantId === tenantId) throw outOfReach();
  return null;
}

const outOfReach = () =>
  collectorFailure('forbidden', 'this API key is limited to other sites', { where: 'site' });

/**
 * The site that a server names, whose key must be of the same tenant, and not limited to others.
 * @throws Failure `unknown_site`, `forbidden`, `unavailable`
 */
export async function siteOfTenant(
  reference: string,
  { reach, caller }: { reach: KeyReach; caller: Caller },
  ports: CollectorPorts,
): Promise<IntakeSite> {
  const site = await requireSite(reference, caller, ports);
  if (isInReach(site, reach)) return site;
  if (site.tenantId === reach.tenantId) throw outOfReach();
  throw collectorFailure('forbidden', 'this API key belongs to another tenant than the site', {
    where: 'site',
  });
}

/**
 * The site that a server means whose key opens one alone: it is the tenant's only one, or the only one that the key is limited to.
 * @throws Failure `unknown_site`, `unavailable`
 */
export async function requireOnlySite(reach: KeyReach, ports: CollectorPorts): Promise<IntakeSite> {
  const { sites, tenantId } = reach;
  const [only, another] = sites === 'all' ? [] : sites;
  const site = await known(
    'the site',
    only !== undefined && another === undefined ? ports.findSite(only) : ports.findOnlySite(tenantId),
  );
  if (site !== null && isInReach(site, reach)) return site;
  throw collectorFailure(
    'unknown_site',
    'this API key may send to several sites: name one, as user name or as writeKey',
    { where: 'site' },
  );
}

/**
 * The API key of a text, when it may send events.
 * @throws Failure `unauthorized`, `forbidden`, `unavailable`
 */
export async function findIngestKey(
  apiKey: string,
  caller: Caller,
  ports: CollectorPorts,
): Promise<IntakeKey> {
  checkLookUp(ports.knows.apiKey(apiKey), caller, ports);
  const key = await known('the API key', ports.findApiKey(apiKey));
  if (key === null)
    throw collectorFailure('unauthorized', 'there is no such API key, or it was revoked', {
      where: 'authorization',
    });
  if (!key.scopes.includes('ingest'))
    throw collectorFailure('forbidden', `this API key has the scope ${key.scopes.join(', ')}, not ingest`, {
      where: 'authorization',
    });
  ports.noteKeyUse(key.id);
  return key;
}

/**
 * The salts of some site-local days.
 * @throws Failure `unavailable`
 */
export async function loadSalts(
  days: Iterable<string>,
  ports: CollectorPorts,
): Promise<Map<string, Uint8Array>> {
  const salts = new Map<string, Uint8Array>();
  for (const day of days) {
    const salt = await known('the salt of the day', ports.saltOf(day));
    // Without a secret an id could be turned back into an address.
    if (salt.length === 0) throw collectorFailure('unavailable', `there is no salt of ${day}`);
    salts.set(day, salt);
  }
  return salts;
}
