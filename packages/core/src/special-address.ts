import { normaliseIp } from './ip.ts';

/**
 * What an address is for: `public` ones are of somebody on the internet; `internal` ones are of one's own machine, network or provider;
 * `reserved` ones are of nobody anywhere (examples, tests, tunnels, services at many places at once, what is not given out).
 */
export type AddressPurpose = 'public' | 'internal' | 'reserved';

type SpecialRow = readonly [network: string, purpose: Exclude<AddressPurpose, 'public'>];

/**
 * IANA's registries of special-purpose addresses, multicast, and what of IPv6 is not given out to anybody; the first row that has an
 * address says what it is for. Rows that lie within another are left out where they say the same.
 * https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export const SPECIAL_NETWORKS: readonly SpecialRow[] = [
  // "This network", RFC 791.
  ['0.0.0.0/8', 'internal'],
  // Private use, RFC 1918.
  ['10.0.0.0/8', 'internal'],
  // Between a provider and its customers, RFC 6598.
  ['100.64.0.0/10', 'internal'],
  // Loopback, RFC 1122.
  ['127.0.0.0/8', 'internal'],
  // The host of a virtual machine on Azure, which answers nobody else: of a public range, but not public.
  ['168.63.129.16/32', 'internal'],
  // Link-local, RFC 3927; clouds say there what a machine is and may.
  ['169.254.0.0/16', 'internal'],
  ['172.16.0.0/12', 'internal'],
  // Assignments of the IETF's protocols, RFC 6890; among them DS-Lite, RFC 7335.
  ['192.0.0.0/24', 'reserved'],
  // Documentation, RFC 5737.
  ['192.0.2.0/24', 'reserved'],
  // AS112, RFC 7535.
  ['192.31.196.0/24', 'reserved'],
  // Relays of multicast, RFC 7450.
  ['192.52.193.0/24', 'reserved'],
  // Relays of 6to4, RFC 7526.
  ['192.88.99.0/24', 'reserved'],
  ['192.168.0.0/16', 'internal'],
  // AS112, RFC 7534.
  ['192.175.48.0/24', 'reserved'],
  // Benchmarks, RFC 2544.
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  // Multicast, RFC 5771.
  ['224.0.0.0/4', 'reserved'],
  // For later, RFC 1112, and the broadcast to all, RFC 919.
  ['240.0.0.0/4', 'reserved'],
  // No address and loopback, RFC 4291.
  ['::/128', 'internal'],
  ['::1/128', 'internal'],
  // Translated to IPv4, RFC 6052; of one's own network, RFC 8215.
  ['64:ff9b::/96', 'reserved'],
  ['64:ff9b:1::/48', 'internal'],
  // Discarded, RFC 6666; a prefix that nothing is behind, RFC 9780.
  ['100::/64', 'reserved'],
  ['100:0:0:1::/64', 'reserved'],
  // Assignments of the IETF's protocols, RFC 2928: Teredo, benchmarks, AMT, AS112, ORCHID, DETs.
  ['2001::/23', 'reserved'],
  // Documentation, RFC 3849 and 9637.
  ['2001:db8::/32', 'reserved'],
  ['3fff::/20', 'reserved'],
  // 6to4, RFC 3056.
  ['2002::/16', 'reserved'],
  // AS112, RFC 7534.
  ['2620:4f:8000::/48', 'reserved'],
  // Segment routing, RFC 9602.
  ['5f00::/16', 'reserved'],
  // Unique local, RFC 4193; link-local, RFC 4291; site-local as it was before, RFC 3879.
  ['fc00::/7', 'internal'],
  ['fe80::/10', 'internal'],
  ['fec0::/10', 'internal'],
  // Only 2000::/3 is given out; multicast is in the last of these.
  ['::/3', 'reserved'],
  ['4000::/2', 'reserved'],
  ['8000::/1', 'reserved'],
];

/** The groups of a canonical address: four of 8 bits, or eight of 16. */
function addressGroups(address: string): number[] {
  if (address.includes('.')) return address.split('.').map(Number);
  const [head = '', tail] = address.split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail ?? '')];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

type Mask = { groups: readonly number[]; bits: number; purpose: Exclude<AddressPurpose, 'public'> };

const MASKS: readonly Mask[] = SPECIAL_NETWORKS.map(([network, purpose]) => {
  const [address = '', bits] = network.split('/');
  return { groups: addressGroups(address), bits: Number(bits), purpose };
});

function isWithin(groups: readonly number[], mask: Mask): boolean {
  if (groups.length !== mask.groups.length) return false;
  const width = groups.length === 4 ? 8 : 16;
  for (let index = 0; index * width < mask.bits; index++) {
    const ignored = Math.max(0, width - (mask.bits - index * width));
    if ((groups[index] ?? 0) >> ignored !== (mask.groups[index] ?? 0) >> ignored) return false;
  }
  return true;
}

/** What an address is for; an IPv4 address inside IPv6 is taken for itself. Undefined when the text is not an address. */
export function addressPurpose(text: string): AddressPurpose | undefined {
  const address = normaliseIp(text);
  if (address === undefined) return undefined;
  const groups = addressGroups(address);
  return MASKS.find((mask) => isWithin(groups, mask))?.purpose ?? 'public';
}

/** Whether an address is one of the public internet, and so may be asked on a stranger's word. What is not an address is not. */
export function isPublicAddress(text: string): boolean {
  return addressPurpose(text) === 'public';
}
