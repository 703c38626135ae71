const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.0$/;
const V6 = /^([0-9a-f]{1,4}):([0-9a-f]{1,4}):([0-9a-f]{1,4})::$/;

/** The text of a network of 3 bytes (IPv4, /24) or 6 (IPv6, /48), as the collector writes it. */
export function networkText(bytes: readonly number[]): string {
  if (bytes.length === 3) return `${bytes.join('.')}.0`;
  const words = [0, 2, 4].map((at) => ((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)).toString(16));
  return `${words.join(':')}::`;
}

/** The bytes of an address that is a network; undefined when it is anything else, or spelled otherwise. */
export function networkBytes(ip: string): number[] | undefined {
  const v4 = V4.exec(ip);
  const bytes =
    v4 === null
      ? V6.exec(ip)
          ?.slice(1)
          .map((word) => Number.parseInt(word, 16))
          .flatMap((word) => [word >> 8, word & 255])
      : v4.slice(1).map(Number);
  return bytes?.every((byte) => byte < 256) && networkText(bytes) === ip ? bytes : undefined;
}
