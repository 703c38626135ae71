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
