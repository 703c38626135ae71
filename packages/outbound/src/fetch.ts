import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { checkedLookup } from './checked-lookup.ts';
import { outboundFailure } from './errors.ts';
import { exchange, type Message } from './exchange.ts';
import { type Network, publicNetwork } from './network.ts';
import { toFailure } from './network-error.ts';
import { createPlaces } from './places.ts';
import { ACCEPTED_ENCODINGS, type BodyLimit, readBody } from './read-body.ts';
import { checkTarget, type Target } from './target.ts';

/** The most that is read of an answer, and how long all steps together may take; a request may ask for less. */
const [MAX_BYTES, MAX_MS, MAX_REDIRECTS] = [1024 * 1024, 5_000, 5];

/** What is asked of a host that a stranger has named. */
export type OutboundRequest = {
  url: string | URL;
  /** Who asks, a tenant as a rule: so many things of one are asked at once, and no more. */
  owner: string;
  /** GET unless said. */
  method?: 'GET' | 'POST';
  /** Not sent on to another origin than the first. */
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** How many redirects of a GET are followed, 5 at most; 0 unless said: then a redirect is the answer. */
  redirects?: number;
  /** Whether a redirect may be followed; all are, as far as the network allows, unless said. */
  mayFollow?: (to: URL) => boolean;
  /** Bytes, 1 MiB at most and unless said. */
  maxBytes?: number;
  /** What is done with a longer answer: refused unless said. */
  tooLong?: BodyLimit['tooLong'];
  /** Milliseconds for all steps together, 5,000 at most and unless said. */
  timeoutMs?: number;
};

/** What came back, whatever its status. */
export type OutboundAnswer = {
  /** The address that answered. */
  url: string;
  /** The addresses that have sent on, in their order. */
  redirectedFrom: readonly string[];
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Whether the body was longer, and has been cut. */
  isCut: boolean;
};

/**
 * Asks a host outside on a stranger's word.
 * @throws Failure with a code of `errors.ts`
 */
export type OutboundFetch = (request: OutboundRequest) => Promise<OutboundAnswer>;

type Asking = { request: OutboundRequest; network: Network; signal: AbortSignal };

/** Where an answer sends on to; undefined when it is an answer of its own, or redirects are not followed. */
function readRedirect(
  response: IncomingMessage,
  from: URL,
  { method, redirects = 0 }: OutboundRequest,
): URL | undefined {
  const { location } = response.headers;
  const isRedirect = [301, 302, 303, 307, 308].includes(response.statusCode ?? 0);
  if (!isRedirect || location === undefined || redirects === 0 || method === 'POST') return undefined;
  if (!URL.canParse(location, from.href))
    throw outboundFailure('blocked_redirect', 'the redirect does not lead to an address of the web');
  return new URL(location, from);
}

function buildMessage(
  { method = 'GET', headers = {}, body }: OutboundRequest,
  isSameOrigin: boolean,
): Message {
  return {
    method,
    headers: {
      'user-agent': 'Footfall',
      accept: '*/*',
      ...(isSameOrigin ? headers : {}),
      'accept-encoding': ACCEPTED_ENCODINGS,
    },
    body: body === undefined ? undefined : Buffer.from(body),
  };
}

async function follow({ request, network, signal }: Asking, first: Target): Promise<OutboundAnswer> {
  const most = Math.min(request.redirects ?? 0, MAX_REDIRECTS);
  const lookup = checkedLookup(network);
  const redirectedFrom: string[] = [];
  for (let target = first; ; ) {
    const message = buildMessage(request, target.url.origin === first.url.origin);
    const response = await exchange(target, message, { network, lookup, signal });
    const next = readRedirect(response, target.url, request);
    if (next === undefined) {
      const limit = {
        maxBytes: Math.min(request.maxBytes ?? MAX_BYTES, MAX_BYTES),
        tooLong: request.tooLong ?? 'fail',
      };
      const { statusCode: status = 0, headers } = response;
      return { url: target.url.href, redirectedFrom, status, headers, ...(await readBody(response, limit)) };
    }
    response.destroy();
    if (redirectedFrom.length >= most)
      throw outboundFailure('too_many_redirects', `more than ${most} redirects`);
    if (request.mayFollow?.(next) === false)
      throw outboundFailure('blocked_redirect', `it sends on to ${next.host}`, {
        values: { host: next.host },
      });
    redirectedFrom.push(target.url.href);
    target = checkTarget(next, network);
  }
}

/**
 * The one way in which the product asks hosts that strangers name: pages of shops, webhooks, chats, providers of identity. Only the public
 * internet is asked, ports 80 and 443, and each address is checked where it is connected to, at each redirect anew; 1 MiB, five seconds in all;
 * a few at once for each owner. `given` is for tests.
 * @param nameServers servers of DNS; the system's when there are none
 */
export function outboundFetch(nameServers: readonly string[], given: Partial<Network> = {}): OutboundFetch {
  const network: Network = { ...publicNetwork(nameServers), ...given };
  const places = createPlaces();
  return async (request) => {
    const first = checkTarget(request.url, network);
    return places(request.owner, async () => {
      const late = AbortSignal.timeout(Math.min(request.timeoutMs ?? MAX_MS, MAX_MS));
      try {
        return await follow({ request, network, signal: late }, first);
      } catch (error) {
        throw toFailure(error, { isLate: late.aborted, host: first.host });
      }
    });
  };
}
