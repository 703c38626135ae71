import type { IncomingMessage } from 'node:http';
import { type Limits, parseIntake, readBody } from './body.ts';
import { clientAddress } from './client-address.ts';
import { collectorFailure } from './errors.ts';
import {
  type CollectorPorts,
  type IntakeAnswer,
  type IntakeSite,
  type Sender,
  takeEvents,
} from './intake.ts';
import { isOriginAllowed } from './origin.ts';
import type { TrackerScript } from './script.ts';

/** An answer, before headers that all answers share. */
export type Reply = {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
  /** What became of the events, for metrics. */
  taken?: IntakeAnswer;
};

type Handler = (request: IncomingMessage, ports: RoutePorts) => Promise<Reply>;

export type RoutePorts = CollectorPorts & { script: TrackerScript | null };

/** Bounds of the public contract: pages send little at a time, servers may send much. */
const BROWSER_LIMITS: Limits = { bytes: 256 * 1024, events: 500 };
const SERVER_LIMITS: Limits = { bytes: 5 * 1024 * 1024, events: 5_000 };

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const NO_STORE = { 'cache-control': 'no-store' } as const;
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8', ...NO_STORE } as const;

async function siteOf(reference: string, ports: CollectorPorts): Promise<IntakeSite> {
  const site = await ports.findSite(reference);
  if (site === null)
    throw collectorFailure('unknown_site', `no site has the key ${JSON.stringify(reference.slice(0, 100))}`, {
      where: 'site',
    });
  return site;
}

function browserOf(request: IncomingMessage, ports: CollectorPorts): Sender {
  return {
    kind: 'browser',
    ip: clientAddress(request, ports.trustedProxies),
    userAgent: request.headers['user-agent'],
  };
}

function checkOrigin(request: IncomingMessage, site: IntakeSite): void {
  const { origin } = request.headers;
  if (isOriginAllowed(origin, site.allowedOrigins)) return;
  throw collectorFailure(
    'origin_not_allowed',
    `the site does not take events from ${origin}; it takes them from ${site.allowedOrigins.join(', ')}`,
  );
}

const accepted = (taken: IntakeAnswer): Reply => ({
  status: 202,
  headers: JSON_HEADERS,
  body: JSON.stringify(taken),
  taken,
});

const collect: Handler = async (request, ports) => {
  const body = parseIntake(await readBody(request, BROWSER_LIMITS), BROWSER_LIMITS);
  const site = await siteOf(body.site, ports);
  checkOrigin(request, site);
  return accepted(await takeEvents({ site, sender: browserOf(request, ports), events: body.events, ports }));
};

async function authorise(request: IncomingMessage, ports: CollectorPorts): Promise<{ tenantId: string }> {
  const [, apiKey] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  const key = apiKey === undefined ? null : await ports.findApiKey(apiKey);
  if (key === null) throw collectorFailure('unauthorized', 'send an API key: "Authorization: Bearer ffk_…"');
  if (!key.scopes.includes('ingest'))
    throw collectorFailure('forbidden', 'this API key lacks the scope ingest');
  return key;
}

const serverEvents: Handler = async (request, ports) => {
  const { tenantId } = await authorise(request, ports);
  const body = parseIntake(await readBody(request, SERVER_LIMITS), SERVER_LIMITS);
  const site = await siteOf(body.site, ports);
  if (site.tenantId !== tenantId)
    throw collectorFailure('forbidden', 'this API key belongs to another tenant than the site', {
      where: 'site',
    });
  return accepted(await takeEvents({ site, sender: { kind: 'server' }, events: body.events, ports }));
};

const pixel: Handler = async (request, ports) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://collector');
  const said = (name: string) => searchParams.get(name) ?? undefined;
  const site = await siteOf(said('site') ?? '', ports);
  const event = {
    id: said('id'),
    name: 'pageview',
    url: said('url') ?? request.headers.referer,
    referrer: said('referrer'),
    title: said('title'),
  };
  const taken = await takeEvents({ site, sender: browserOf(request, ports), events: [event], ports });
  return { status: 200, headers: { 'content-type': 'image/gif', ...NO_STORE }, body: PIXEL, taken };
};

const script: Handler = async (request, ports) => {
  const found = ports.script;
  if (found === null) throw collectorFailure('unavailable', 'the tracker is not built');
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    etag: found.etag,
    vary: 'accept-encoding',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  };
  if (request.headers['if-none-match'] === found.etag) return { status: 304, headers, body: '' };
  if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')))
    return { status: 200, headers, body: found.plain };
  return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: found.gzipped };
};

/** Every path of the collector but health, by method. Drop-in endpoints of other products join here. */
export const ROUTES: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '/collect': { POST: collect },
  '/v1/events': { POST: serverEvents },
  '/pixel.gif': { GET: pixel },
  '/a.js': { GET: script, HEAD: script },
};
