import type { ServiceConfig } from '@footfall/config/config';
import type { SeenProxyFinding } from '@footfall/db/proxy-finding';
import { readProxyFindings } from '@footfall/installation/proxy-findings';
import { headers } from 'next/headers';
import { services } from './services.ts';

/** What keeps visits from being counted, or visitors from being told apart: a sentence each, by its key in the words of `install`. */
export type SetupProblem =
  | { key: 'proxyUntrusted' }
  | { key: 'proxyNoAddress' }
  | { key: 'hostDiffers'; host: string; webUrl: string }
  | { key: 'collectorLocal'; collectorUrl: string };

const isLoopback = (hostname: string) => /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);

/** Whether two addresses are one to browsers: a proxy may leave the port out, and this machine has several names. */
function isSameHost(asked: URL, own: URL): boolean {
  const isSamePort = asked.port === own.port || asked.port === '';
  const isSameName =
    asked.hostname === own.hostname || (isLoopback(asked.hostname) && isLoopback(own.hostname));
  return isSamePort && isSameName;
}

type Asked = {
  /** As the request names it. */
  host: string;
  config: Pick<ServiceConfig, 'webUrl' | 'collectorUrl'>;
};

/** What the address of a page tells of those that are set. */
export function findAddressProblems({ host, config: { webUrl, collectorUrl } }: Asked): SetupProblem[] {
  const own = new URL(webUrl);
  if (!URL.canParse(`${own.protocol}//${host}`)) return [];
  const asked = new URL(`${own.protocol}//${host}`);
  const problems: SetupProblem[] = [];
  if (!isSameHost(asked, own)) problems.push({ key: 'hostDiffers', host: asked.host, webUrl });
  if (isLoopback(new URL(collectorUrl).hostname) && !isLoopback(asked.hostname))
    problems.push({ key: 'collectorLocal', collectorUrl });
  return problems;
}

/** What the collector has seen of the proxy in front of it; its address is the operator's to know. */
export function findProxyProblems(findings: readonly SeenProxyFinding[]): SetupProblem[] {
  const seen = new Set(
    findings.filter(({ service }) => service === 'collector').map(({ problem }) => problem),
  );
  return [
    ...(seen.has('untrusted') ? [{ key: 'proxyUntrusted' } as const] : []),
    ...(seen.has('no_address') ? [{ key: 'proxyNoAddress' } as const] : []),
  ];
}

/** Everything that is wrong with how this installation is reached, as far as this request and the last hour tell. */
export async function loadSetupProblems(): Promise<SetupProblem[]> {
  const { config, pool } = services();
  const sent = await headers();
  const [host = ''] = (sent.get('x-forwarded-host') ?? sent.get('host') ?? '').split(',');
  return [
    ...findProxyProblems(await readProxyFindings(pool, config.trustedProxies)),
    ...findAddressProblems({ host: host.trim(), config }),
  ];
}
