const isOfHost = (address: string, host: string | null): boolean =>
  URL.canParse(address) && new URL(address).host === host;

/**
 * Whether a page of ours sent a request, or (a GET) somebody who typed its address. Another site's page cannot read the answer to a
 * GET, but it can have an export made again and again, or put the file onto the visitor's disk.
 */
export function isOwnRequest({ method, headers }: Request): boolean {
  const [origin, site, host] = ['origin', 'sec-fetch-site', 'host'].map((name) => headers.get(name));
  if (origin) return isOfHost(origin, host ?? null);
  if (site) return site === 'same-origin' || (method === 'GET' && site === 'none');
  // Browsers that are too old to say so name the page that they come from, if anything.
  const referrer = headers.get('referer');
  return method === 'GET' && (referrer === null || isOfHost(referrer, host ?? null));
}
