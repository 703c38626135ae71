import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isLoopbackAddress, isPrivateAddress, statedAddress } from '@footfall/core/ip';
import type { TrustedProxies } from './client-address.ts';

/** Why everybody behind a proxy looks like one: nobody has named the proxy as trusted, or it does not say whose request it hands on. */
export type ProxyProblem = 'untrusted' | 'no_address';

/** A proxy that is not set up right. */
export type ProxyFinding = {
  problem: ProxyProblem;
  /** Its address. */
  peer: string;
  /** The header by which it says whose request it is; empty when there is none. */
  header: string;
};

/** Headers by which proxies say whose request they hand on; the first is the one that is read. */
const ADDRESS_HEADERS = [
  'X-Forwarded-For',
  'Forwarded',
  'X-Real-IP',
  'True-Client-IP',
  'CF-Connecting-IP',
] as const;
const READ = ADDRESS_HEADERS[0];
const NAMES = ADDRESS_HEADERS.map((header) => [header, header.toLowerCase()] as const);

const addressHeader = (headers: IncomingHttpHeaders) =>
  NAMES.find(([, name]) => headers[name] !== undefined)?.[0] ?? '';

/** Whether a request is of a browser that shows a page of another machine: servers and scripts say no origin. */
function isOfRemotePage({ origin = '' }: IncomingHttpHeaders): boolean {
  if (!/^https?:/.test(origin) || !URL.canParse(origin)) return false;
  const host = new URL(origin).hostname.replace(/^\[|\]$/g, '');
  return host !== 'localhost' && !host.endsWith('.localhost') && !isPrivateAddress(host);
}

/** What a request tells of the proxy that it came through; null when nothing is wrong with it, or nothing can be told. */
export function checkProxy(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  proxies: TrustedProxies,
): ProxyFinding | null {
  const peer = statedAddress(socket.remoteAddress ?? '') ?? '';
  const isTrusted = proxies.has(peer);
  // Visitors have public addresses, and may send whatever they like.
  if (!isTrusted && !isPrivateAddress(peer)) return null;
  const header = addressHeader(headers);
  if (!isTrusted && header !== '') return { problem: 'untrusted', peer, header };
  if (header === READ || !(isTrusted || isLoopbackAddress(peer))) return null;
  return header !== '' || isOfRemotePage(headers) ? { problem: 'no_address', peer, header } : null;
}

const ADVICE: Readonly<Record<ProxyProblem, (finding: ProxyFinding) => string>> = {
  untrusted: ({ peer, header }) =>
    `${header} comes from ${peer}, which TRUSTED_PROXIES does not name, so everybody behind it looks like one: if it is your proxy, set TRUSTED_PROXIES=${peer} (or a network such as 10.0.0.0/8, or a name: loopback, private)`,
  no_address: ({ peer, header }) =>
    `browsers' requests come from ${peer} without ${READ}${header === '' ? '' : ` (${header} is not read)`}, so everybody behind it looks like one: let the proxy set it (nginx: proxy_set_header ${READ} $proxy_add_x_forwarded_for;)`,
};

/** What is wrong and what to do, in one line for the operator. */
export const describeFinding = (finding: ProxyFinding): string => ADVICE[finding.problem](finding);

/** Between two tellings of the same, milliseconds. */
const EVERY_MS = 60_000;
/** Proxies that are told of; nobody has more, and whoever makes up more is not listened to. */
const MAX_PEERS = 20;

export type ProxyWatchOptions = {
  proxies: TrustedProxies;
  /** Told of a finding at most once a minute. */
  tell: (finding: ProxyFinding) => void;
  /** Milliseconds. */
  clock?: () => number;
};

/** Looks at requests for proxies that are not set up right, and tells of each now and then. */
export function watchProxies({ proxies, tell, clock = () => performance.now() }: ProxyWatchOptions) {
  const told = new Map<string, number>();
  return (request: Pick<IncomingMessage, 'headers' | 'socket'>): void => {
    const finding = checkProxy(request, proxies);
    if (finding === null) return;
    const key = `${finding.problem} ${finding.peer}`;
    const last = told.get(key);
    if (last === undefined ? told.size >= MAX_PEERS : clock() < last + EVERY_MS) return;
    told.set(key, clock());
    tell(finding);
  };
}
