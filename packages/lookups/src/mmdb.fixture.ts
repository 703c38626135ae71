import { isIPv4 } from 'node:net';

/** Writes small databases in MaxMind's format (MMDB 2.0), as far as tests need it: records of 24 bits. */

type Value = string | number | readonly Value[] | { readonly [name: string]: Value };

const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
const RECORD_BYTES = 6;
const [STRING, MAP, ARRAY, UINT32] = [2, 7, 11, 6];

/** The byte or bytes that a value begins with: its type and its size. */
function control(type: number, size: number): Buffer {
  const [small, more] =
    size < 29 ? [size, []] : size < 285 ? [29, [size - 29]] : [30, [(size - 285) >> 8, (size - 285) & 255]];
  const head = type > 7 ? [small, type - 7] : [(type << 5) | small];
  return Buffer.from([...head, ...more]);
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value, 'utf8');
    return Buffer.concat([control(STRING, text.length), text]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(UINT32, 4), bytes]);
  }
  if (Array.isArray(value))
    return Buffer.concat([control(ARRAY, value.length), ...value.map((one) => encode(one as Value))]);
  const entries = Object.entries(value as Record<string, Value>);
  return Buffer.concat([
    control(MAP, entries.length),
    ...entries.flatMap(([name, one]) => [encode(name), encode(one)]),
  ]);
}

/** The bits of a network such as `81.2.69.0/24` or `2001:db8::/32`; IPv4 lies below ::/96. */
function networkBits(network: string): number[] {
  const [address = '', length = ''] = network.split('/');
  const groups = isIPv4(address)
    ? [0, 0, 0, 0, 0, 0, ...pairs(address.split('.').map(Number))]
    : expand(address).map((group) => Number.parseInt(group || '0', 16));
  const bits = groups.flatMap((group) =>
    Array.from({ length: 16 }, (_, index) => (group >> (15 - index)) & 1),
  );
  return bits.slice(0, isIPv4(address) ? 96 + Number(length) : Number(length));
}

const pairs = ([a = 0, b = 0, c = 0, d = 0]: number[]) => [a * 256 + b, c * 256 + d];

function expand(address: string): string[] {
  const [before = '', after = ''] = address.split('::');
  const [left, right] = [before, after].map((part) => (part === '' ? [] : part.split(':'))) as [
    string[],
    string[],
  ];
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
}

type Node = [left: Node | number | null, right: Node | number | null];

/** A database of networks that do not overlap, with the record of each; a tree of IPv6, or of IPv4 alone. */
export function mmdb(networks: Readonly<Record<string, Value>>, ipVersion: 4 | 6 = 6): Buffer {
  const data: Buffer[] = [];
  const root: Node = [null, null];
  let offset = 0;
  for (const [network, record] of Object.entries(networks)) {
    const bits = networkBits(network).slice(ipVersion === 4 ? 96 : 0);
    let node = root;
    for (const bit of bits.slice(0, -1)) {
      node[bit] ??= [null, null];
      node = node[bit] as Node;
    }
    node[bits.at(-1) as 0 | 1] = offset;
    const encoded = encode(record);
    data.push(encoded);
    offset += encoded.length;
  }
  const nodes: Node[] = [root];
  for (let at = 0; at < nodes.length; at += 1)
    for (const child of nodes[at] as Node) if (Array.isArray(child)) nodes.push(child);
  const numbers = new Map(nodes.map((node, index) => [node, index]));
  const tree = Buffer.alloc(nodes.length * RECORD_BYTES);
  nodes.forEach((node, index) => {
    node.forEach((child, side) => {
      const pointer =
        child === null
          ? nodes.length
          : Array.isArray(child)
            ? (numbers.get(child) as number)
            : nodes.length + 16 + child;
      tree.writeUIntBE(pointer, index * RECORD_BYTES + side * 3, 3);
    });
  });
  const metadata = encode({
    node_count: nodes.length,
    record_size: 24,
    ip_version: ipVersion,
    database_type: 'Test-City',
    languages: ['en'],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: Date.parse('2026-01-05T00:00:00Z') / 1000,
    description: { en: 'a test' },
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, MARKER, metadata]);
}
