// Numbers of a record are zigzag base-128: up to 32 bits with bit operations, beyond (times only) by arithmetic.
const LIMIT = 0x7fffffff;

/** Bytes that a whole number from 0 takes. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value * 2; rest > 0x7f; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

/** Writes a whole number from 0; answers where it ends. */
export function write(bytes: Buffer, value: number, at: number): number {
  let index = at;
  let rest = value * 2;
  for (; rest > LIMIT; rest = Math.floor(rest / 128)) bytes[index++] = (rest % 128) | 0x80;
  for (; rest > 0x7f; rest >>>= 7) bytes[index++] = (rest & 0x7f) | 0x80;
  bytes[index++] = rest;
  return index;
}

/** Reads numbers one after the other. */
export class Cursor {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  /** The next number, which fits into 32 bits. */
  int(): number {
    let value = 0;
    let shift = 0;
    let byte: number;
    do {
      byte = this.bytes[this.at++] as number;
      value |= (byte & 0x7f) << shift;
      shift += 7;
    } while (byte > 0x7f);
    return (value >>> 1) ^ -(value & 1);
  }

  /** The next number, which fits into 53 bits. */
  long(): number {
    let value = 0;
    let unit = 1;
    let byte: number;
    do {
      byte = this.bytes[this.at++] as number;
      value += (byte & 0x7f) * unit;
      unit *= 128;
    } while (byte > 0x7f);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
