/**
 * An address cut to its network: IPv4 to /24 (`192.0.2.0`), IPv6 to /48 (`2001:db8:1::`); an IPv4 address inside IPv6
 * is cut as IPv4. Answers undefined when the text is not an address.
 */
export function truncateIp(ip: string): string | undefined {
  const address = normaliseIp(ip);
  if (address === undefined) return undefined;
  if (address.includes('.')) return `${address.split('.').slice(0, 3).join('.')}.0`;
  const [head = ''] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  // Canonical text writes the longest run of zero groups as `::`; zeros that it hides in front are put back.
  const network = [...groups, '0', '0', '0'].slice(0, 3);
  return `${network.join(':')}::`;
}

/**
 * Whom an address stands for when attempts are counted: IPv4 as it is, IPv6 its /64 (`2001:db8:0:1::`), since whoever has one has all
 * of it. Answers undefined when the text is not an address.
 */
export function senderNetwork(ip: string): string | undefined {
  const address = normaliseIp(ip);
  if (address === undefined || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const hidden = Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill('0');
  return `${[...before, ...hidden, ...after].slice(0, 4).join(':')}::`;
}

const LOOPBACK = /^(127\.|::1$)/;
const PRIVATE = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:)/;

/** Whether a canonical address is of this machine. */
export const isLoopbackAddress = (address: string): boolean => LOOPBACK.test(address);

/** Whether a canonical address is of a network that is nobody's own: this machine's, a container's, an office's. */
export const isPrivateAddress = (address: string): boolean => PRIVATE.test(address);

/** An address with a port, of IPv6 in brackets; brackets without a port are usual too. */
const WITH_PORT = /^(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/;

/**
 * The canonical text of an address as servers and proxies write it: with a port, in brackets, with the zone of an interface
 * (`1.2.3.4:5678`, `[2001:db8::1]:443`, `fe80::1%eth0`). Undefined when the text is not an address.
 */
export function statedAddress(text: string): string | undefined {
  const stated = text.trim();
  const [, bracketed, plain] = WITH_PORT.exec(stated) ?? [];
  const address = bracketed ?? plain ?? stated;
  const zone = address.indexOf('%');
  const isV6 = zone > 0 && zone < address.length - 1 && address.slice(0, zone).includes(':');
  return normaliseIp(isV6 ? address.slice(0, zone) : address);
}

/** What most addresses are; parsing them as part of a URL costs forty times as much. */
const CANONICAL_V4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const MAPPED = '::ffff:';

/** The canonical text of an address, `::ffff:192.0.2.1` as IPv4; undefined when the text is not an address. */
export function normaliseIp(ip: string): string | undefined {
  const text = ip.trim();
  const plain = text.startsWith(MAPPED) ? text.slice(MAPPED.length) : text;
  if (CANONICAL_V4.test(plain)) return plain;
  const isV4 = /^\d{1,3}(\.\d{1,3}){3}$/.test(text);
  if (!isV4 && !/^[0-9a-f:.]+$/i.test(text)) return undefined;
  const url = isV4 ? `http://${text}/` : `http://[${text}]/`;
  if (!URL.canParse(url)) return undefined;
  const host = new URL(url).hostname;
  if (isV4) return host;
  const address = host.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address);
  if (mapped === null) return address;
  const [high, low] = [Number.parseInt(mapped[1] ?? '0', 16), Number.parseInt(mapped[2] ?? '0', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
