// Kafka's checksum is CRC-32C (Castagnoli), which node:zlib does not have. Eight tables: eight bytes a step.
const POLYNOMIAL = 0x82f63b78;
const TABLES = Array.from({ length: 8 }, () => new Uint32Array(256));

for (let n = 0; n < 256; n += 1) {
  let crc = n;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  (TABLES[0] as Uint32Array)[n] = crc;
}
for (let n = 0; n < 256; n += 1) {
  for (let table = 1; table < 8; table += 1) {
    const previous = (TABLES[table - 1] as Uint32Array)[n] as number;
    (TABLES[table] as Uint32Array)[n] =
      (previous >>> 8) ^ ((TABLES[0] as Uint32Array)[previous & 0xff] as number);
  }
}
const [T0, T1, T2, T3, T4, T5, T6, T7] = TABLES as [
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
];

const at = (table: Uint32Array, index: number) => table[index & 0xff] as number;

/** The CRC-32C of bytes, as an unsigned 32-bit number. */
export function crc32c(bytes: Buffer): number {
  let crc = 0xffffffff;
  let index = 0;
  for (; index + 8 <= bytes.length; index += 8) {
    const low = crc ^ bytes.readUInt32LE(index);
    const high = bytes.readUInt32LE(index + 4);
    crc =
      at(T7, low) ^
      at(T6, low >>> 8) ^
      at(T5, low >>> 16) ^
      at(T4, low >>> 24) ^
      at(T3, high) ^
      at(T2, high >>> 8) ^
      at(T1, high >>> 16) ^
      at(T0, high >>> 24);
  }
  for (; index < bytes.length; index += 1) crc = (crc >>> 8) ^ at(T0, crc ^ (bytes[index] as number));
  return (crc ^ 0xffffffff) >>> 0;
}
