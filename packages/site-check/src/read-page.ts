import { isIP } from 'node:net';
import { isHostWithin } from '@footfall/core/host';
import { outboundFailure } from '@footfall/outbound/errors';
import type { OutboundFetch } from '@footfall/outbound/fetch';

const MAX_BYTES = 512 * 1024;
const MAX_REDIRECTS = 3;

async function readFrom(scheme: 'http:' | 'https:', domain: string, fetch: OutboundFetch): Promise<string> {
  const { status, body } = await fetch({
    url: `${scheme}//${domain}/`,
    owner: domain,
    headers: { accept: 'text/html', 'user-agent': 'Footfall-Domain-Check' },
    redirects: MAX_REDIRECTS,
    mayFollow: ({ hostname }) => isHostWithin(hostname, domain),
    maxBytes: MAX_BYTES,
    tooLong: 'cut',
  });
  if (status !== 200) throw outboundFailure('status', `the page answers ${status}`, { values: { status } });
  return body.toString();
}

/**
 * The first page of a domain, at most 512 KiB of it, by https and else by http; redirects only within the domain.
 * @throws Failure when the page cannot be had
 */
export async function readFirstPage(domain: string, fetch: OutboundFetch): Promise<string> {
  if (isIP(domain) !== 0) throw outboundFailure('blocked_address', 'the host is an address, not a name');
  try {
    return await readFrom('https:', domain, fetch);
  } catch {
    // A shop without TLS has its page by http.
    return await readFrom('http:', domain, fetch);
  }
}
