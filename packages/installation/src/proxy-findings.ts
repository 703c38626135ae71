import {
  forgetProxyFindings,
  noteProxyFinding,
  recentProxyFindings,
  type SeenProxyFinding,
} from '@footfall/db/proxy-finding';
import type { Pool } from '@footfall/postgres/pool';
import { type TrustedProxies, trustedProxies } from '@footfall/service/client-address';
import type { Logger } from '@footfall/service/logger';
import { describeFinding, watchProxies } from '@footfall/service/proxy-watch';

type WatchOptions = {
  service: 'collector' | 'web';
  proxies: TrustedProxies;
  pool: Pool;
  logger: Pick<Logger, 'warn'>;
};

/** Looks at the requests of a service: of a proxy that is not set up right the log is told, and the control plane, which has it for status and portal. */
export function watchInstallationProxies({ service, proxies, pool, logger }: WatchOptions) {
  // Neither is waited for: what cannot be told now is told in a minute.
  const later = (err: unknown) => logger.warn({ err }, 'what was seen of a proxy cannot be kept now');
  const forgotten = forgetProxyFindings(pool, service).catch(later);
  return watchProxies({
    proxies,
    tell: (finding) => {
      logger.warn(finding, describeFinding(finding));
      void forgotten.then(() => noteProxyFinding(pool, { service, ...finding })).catch(later);
    },
  });
}

/** What services have seen of proxies within the last hour, without what these settings have mended since. */
export async function readProxyFindings(
  pool: Pool,
  networks: readonly string[],
): Promise<SeenProxyFinding[]> {
  const proxies = trustedProxies(networks);
  const seen = await recentProxyFindings(pool);
  return seen.filter(({ problem, peer }) => problem !== 'untrusted' || !proxies.has(peer));
}

/** The same for people, a line each. */
export async function proxyWarnings(pool: Pool, networks: readonly string[]): Promise<string[]> {
  const findings = await readProxyFindings(pool, networks);
  return findings.map((finding) => `${finding.service}: ${describeFinding(finding)}`);
}
