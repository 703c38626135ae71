import { parseNetwork } from '@footfall/core/intake-rules';
import { z } from 'zod';

/** Networks that have a name, where the list is from, and the day on which it was compared with that. */
type NamedNetworks = { meaning: string; source: string; checked: string; networks: readonly string[] };

const LOOPBACK = ['127.0.0.0/8', '::1/128'];
const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'];
const UNIQUE_LOCAL = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'];

/**
 * What TRUSTED_PROXIES takes by name. The first three are named as in Express. Lists of providers change once in years: who needs one
 * that is newer names its networks.
 */
export const PROXY_NETWORKS: Readonly<Record<string, NamedNetworks>> = {
  loopback: {
    meaning: 'this machine',
    source: 'https://www.iana.org/assignments/iana-ipv4-special-registry',
    checked: '2026-12-01',
    networks: LOOPBACK,
  },
  linklocal: {
    meaning: 'machines on the same cable',
    source: 'https://www.iana.org/assignments/iana-ipv4-special-registry',
    checked: '2026-12-01',
    networks: LINK_LOCAL,
  },
  uniquelocal: {
    meaning: 'private networks: those of Docker, of Kubernetes, of an office',
    source: 'https://www.rfc-editor.org/rfc/rfc1918 and https://www.rfc-editor.org/rfc/rfc4193',
    checked: '2026-12-01',
    networks: UNIQUE_LOCAL,
  },
  private: {
    meaning: 'loopback, linklocal and uniquelocal together',
    source: 'the three above',
    checked: '2026-12-01',
    networks: [...LOOPBACK, ...LINK_LOCAL, ...UNIQUE_LOCAL],
  },
  cloudflare: {
    meaning: 'the network of Cloudflare',
    source: 'https://www.cloudflare.com/ips/',
    checked: '2026-06-14',
    networks: [
      '173.245.48.0/20',
      '103.21.244.0/22',
      '103.22.200.0/22',
      '103.31.4.0/22',
      '141.101.64.0/18',
      '108.162.192.0/18',
      '190.93.240.0/20',
      '188.114.96.0/20',
      '197.234.240.0/22',
      '198.41.128.0/17',
      '162.158.0.0/15',
      '104.16.0.0/13',
      '104.24.0.0/14',
      '172.64.0.0/13',
      '131.0.72.0/22',
      '2400:cb00::/32',
      '2606:4700::/32',
      '2803:f800::/32',
      '2405:b500::/32',
      '2405:8100::/32',
      '2a06:98c0::/29',
      '2c0f:f248::/32',
    ],
  },
  fastly: {
    meaning: 'the network of Fastly',
    source: 'https://api.fastly.com/public-ip-list',
    checked: '2026-10-14',
    networks: [
      '23.235.32.0/20',
      '43.249.72.0/22',
      '103.244.50.0/24',
      '103.245.222.0/23',
      '103.245.224.0/24',
      '104.156.80.0/20',
      '140.248.64.0/18',
      '140.248.128.0/17',
      '146.75.0.0/17',
      '151.101.0.0/16',
      '157.52.64.0/18',
      '167.82.0.0/17',
      '167.82.128.0/20',
      '167.82.160.0/20',
      '167.82.224.0/20',
      '172.111.64.0/18',
      '185.31.16.0/22',
      '199.27.72.0/21',
      '199.232.0.0/16',
      '2a04:4e40::/32',
      '2a04:4e42::/32',
    ],
  },
};

/** The networks that an entry stands for; undefined when it is neither a network nor a name. */
function networksFor(entry: string): readonly string[] | undefined {
  const name = entry.toLowerCase();
  if (Object.hasOwn(PROXY_NETWORKS, name)) return PROXY_NETWORKS[name]?.networks;
  return parseNetwork(entry) === undefined ? undefined : [entry];
}

/** Addresses, networks and names with commas, as the networks that they stand for. */
export const proxyNetworks = z
  .string()
  .optional()
  .transform((text, context) => {
    const networks: string[] = [];
    for (const entry of (text ?? '').split(',').flatMap((part) => part.trim() || [])) {
      const named = networksFor(entry);
      if (named === undefined) {
        const names = Object.keys(PROXY_NETWORKS).join(', ');
        const message = `must be IP addresses, networks (10.0.0.0/8, fd00::/8) or names (${names}), and ${entry} is none of them`;
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
      networks.push(...named);
    }
    return networks;
  });
