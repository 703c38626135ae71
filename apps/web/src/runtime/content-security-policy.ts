/**
 * What a page of the portal may load: its own files, and inline scripts that carry the nonce. Nobody frames it. `secure` for a portal
 * behind TLS.
 */
export function contentSecurityPolicy(nonce: string, { secure }: { secure: boolean }): string {
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ];
  return policy.join('; ');
}
