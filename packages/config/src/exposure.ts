import type { Config } from './config.ts';

/** Addresses that only programs of this machine can connect to. */
const isLoopback = (address: string) => address === '::1' || address.startsWith('127.');

/** What an operator should know about who can reach the services; a line each, none when all is well. */
export function exposureWarnings({
  listenHost,
  tls,
  metricsToken,
}: Pick<Config, 'listenHost' | 'tls' | 'metricsToken'>): string[] {
  if (isLoopback(listenHost)) return [];
  const warnings = [];
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
