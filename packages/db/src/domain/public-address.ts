import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { normaliseIp } from '@footfall/core/ip';

/** What of IPv4 is not the public internet (IANA's special-purpose registry, multicast and what is reserved). */
const NOT_PUBLIC_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** What of the public part of IPv6 (2000::/3) leads elsewhere: tunnels that carry an IPv4 address, and examples. */
const NOT_PUBLIC_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const refused = new BlockList();
for (const [address, bits] of NOT_PUBLIC_V4) refused.addSubnet(address, bits, 'ipv4');
for (const [address, bits] of NOT_PUBLIC_V6) refused.addSubnet(address, bits, 'ipv6');
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is one of the public internet, and so may be asked on a stranger's word. What is not an address is not. */
export function isPublicAddress(text: string): boolean {
  const address = normaliseIp(text);
  if (address === undefined) return false;
  if (isIPv4(address)) return !refused.check(address, 'ipv4');
  return isIPv6(address) && global.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}
