import type { OutboundFetch } from '@footfall/outbound/fetch';
import type { ProviderFetch } from './client.ts';

/** Headers of a request as a plain object. */
const plainHeaders = (init: RequestInit) => Object.fromEntries(new Headers(init.headers));

/** Answers that carry no body, by HTTP. */
const BODILESS = [204, 304];

/**
 * Reaches the provider that a tenant has named, on that tenant's account: only what is on the public internet, or at one of these origins,
 * which the operator has named. Redirects are answers: what asks follows none.
 */
export function teamFetch({
  origins,
  outbound,
}: {
  origins: readonly string[];
  outbound: OutboundFetch;
}): (tenantId: string) => ProviderFetch {
  return (tenantId) => async (url, init) => {
    if (origins.includes(new URL(url).origin)) return fetch(url, { ...init, redirect: 'manual' });
    const { status, headers, body } = await outbound({
      url,
      owner: tenantId,
      method: init.method === 'POST' ? 'POST' : 'GET',
      headers: plainHeaders(init),
      ...(init.body == null ? {} : { body: String(init.body) }),
    });
    const type = headers['content-type'];
    return new Response(BODILESS.includes(status) ? null : new Uint8Array(body), {
      status,
      headers: type === undefined ? {} : { 'content-type': type },
    });
  };
}
