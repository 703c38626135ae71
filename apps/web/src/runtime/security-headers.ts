import type { IncomingMessage } from 'node:http';

/** A year, as browsers' own lists of hosts ask for. */
const HSTS = 'max-age=31536000';

/** What every answer of the portal says to browsers, whatever answers: pages, the API, files, refusals. */
const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Whether a request came by TLS: the portal's own address says so, or the proxy that is trusted with it. */
export function cameByTls(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { webUrl, isFromProxy }: { webUrl: string; isFromProxy: boolean },
): boolean {
  if (webUrl.startsWith('https:')) return true;
  const [proto = ''] = [headers['x-forwarded-proto'] ?? ''].flat().join(',').split(',');
  return isFromProxy && proto.trim().toLowerCase() === 'https';
}

/** The headers of every answer; `secure` for one that travels by TLS. */
export function securityHeaders(secure: boolean): Readonly<Record<string, string>> {
  return secure ? { ...ALWAYS, 'strict-transport-security': HSTS } : ALWAYS;
}
