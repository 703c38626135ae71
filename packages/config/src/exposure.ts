import type { Config } from './config.ts';

/** Addresses that only programs of this machine can connect to. */
const isLoopback = (address: string) => address === '::1' || address.startsWith('127.');

type Exposure = Pick<
  Config,
  'listenHost' | 'tls' | 'metricsToken' | 'webUrl' | 'collectorUrl' | 'trustedProxies'
>;

/** Browsers speak TLS and this machine does not: there must be a proxy. */
function forgottenProxy({ tls, webUrl, collectorUrl, trustedProxies }: Exposure): string[] {
  if (tls !== null || trustedProxies.length > 0) return [];
  const [name] = Object.entries({ COLLECTOR_URL: collectorUrl, WEB_URL: webUrl }).find(([, url]) =>
    url.startsWith('https:'),
  ) ?? [undefined];
  if (name === undefined) return [];
  return [
    `${name} begins with https and no TLS_CERT is set, so a proxy stands in front, and TRUSTED_PROXIES names none: all visitors look like one; set it to the proxy's address, for example TRUSTED_PROXIES=loopback for one on this machine`,
  ];
}

/** What an operator should know about who can reach the services and how; a line each, none when all is well. */
export function exposureWarnings(exposure: Exposure): string[] {
  const { listenHost, tls, metricsToken } = exposure;
  const warnings = forgottenProxy(exposure);
  if (isLoopback(listenHost)) return warnings;
  if (tls === null)
    warnings.push(
      `LISTEN_HOST=${listenHost}: other machines can connect without encryption; put a proxy with TLS in front and keep them from these ports, or set TLS_CERT and TLS_KEY`,
    );
  if (metricsToken === undefined)
    warnings.push(
      `LISTEN_HOST=${listenHost}: /metrics and the details of /readyz answer this machine alone; set METRICS_TOKEN where another one reads them`,
    );
  return warnings;
}
