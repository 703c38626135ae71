import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

/** How names become addresses, and which of these may be asked. */
export type Network = {
  /** All addresses of a host; rejects when they cannot be had. */
  addresses(host: string): Promise<readonly string[]>;
  isAllowed(address: string): boolean;
  /** Ports by scheme; the usual ones but in tests. */
  ports?: Readonly<Record<'http:' | 'https:', number>>;
};

const MAX_BYTES = 512 * 1024;
const MAX_REDIRECTS = 3;
/** Of all steps together, milliseconds. */
const TIMEOUT_MS = 10_000;
const USUAL_PORTS = { 'http:': 80, 'https:': 443 } as const;

/** Whether a host is the domain, or lies below it. */
const isWithin = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);

/** The addresses of a host that may be asked; all of them have to be allowed, since one is as good as another to whoever made the record. */
async function allowedAddresses(host: string, network: Network): Promise<string[]> {
  const addresses = await network.addresses(host);
  if (addresses.length === 0 || !addresses.every(network.isAllowed))
    throw new Error('the host is not on the public internet');
  return [...addresses];
}

/** Answers with the addresses that were checked: asked again, the name could lead elsewhere. */
function pinned(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, done) => {
    if (options.all === true) done(null, all);
    else done(null, all[0]?.address ?? '', all[0]?.family ?? 4);
  };
}

function open(url: URL, lookup: LookupFunction, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? httpsGet : httpGet;
  const headers = {
    accept: 'text/html',
    'accept-encoding': 'identity',
    'user-agent': 'Footfall-Domain-Check',
  };
  return new Promise((resolve, reject) => {
    // No agent: no connection is kept, and none of another host's is taken.
    get(url, { lookup, signal, headers, agent: false }, resolve).on('error', reject);
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= MAX_BYTES) break;
  }
  response.destroy();
  return Buffer.concat(parts).subarray(0, MAX_BYTES).toString();
}

/** Where a page sends on, when that is within the domain, at a usual port; null otherwise. */
function nextUrl(response: IncomingMessage, url: URL, domain: string): URL | null {
  const { location } = response.headers;
  if (location === undefined || !URL.canParse(location, url.href)) return null;
  const next = new URL(location, url);
  const isUsual = next.protocol in USUAL_PORTS && (next.port === '' || next.port === url.port);
  return isUsual && isWithin(next.hostname, domain) && next.username === '' ? next : null;
}

async function readFrom(scheme: 'http:' | 'https:', domain: string, network: Network): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const port = network.ports?.[scheme] ?? USUAL_PORTS[scheme];
  let url: URL | null = new URL(`${scheme}//${domain}:${port}/`);
  for (let redirects = 0; url !== null && redirects <= MAX_REDIRECTS; redirects += 1) {
    const host = url.hostname;
    if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) throw new Error('the host is an address, not a name');
    const response = await open(url, pinned(await allowedAddresses(host, network)), signal);
    const status = response.statusCode ?? 0;
    if (status === 200) return readText(response);
    response.destroy();
    url = status >= 300 && status < 400 ? nextUrl(response, url, domain) : null;
  }
  throw new Error('there is no page that answers 200');
}

/**
 * The first page of a domain, at most 512 KiB of it, by https and else by http. A stranger says the domain, so: only public addresses, each
 * checked before it is connected to; redirects only within the domain; ten seconds in all.
 * @throws Error when the page cannot be had
 */
export async function readFirstPage(domain: string, network: Network): Promise<string> {
  try {
    return await readFrom('https:', domain, network);
  } catch {
    // A shop without TLS has its page by http.
    return await readFrom('http:', domain, network);
  }
}
