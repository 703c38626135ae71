const MULTIPLIER = 0x5bd1e995;
const SEED = 0x9747b28c;

/** Murmur2, 32 bits, with the seed that Kafka's own clients use. */
export function murmur2(bytes: Buffer): number {
  const { length } = bytes;
  let hash = SEED ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let block = Math.imul(bytes.readInt32LE(at), MULTIPLIER);
    block = Math.imul(block ^ (block >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ block;
  }
  if (at < length) hash = Math.imul(hash ^ bytes.readUIntLE(at, length - at), MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

/** The partition of a key among so many, as every client of Kafka computes it by default. */
export function choosePartition(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
}
