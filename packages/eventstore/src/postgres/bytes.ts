/** Whole numbers and text as bytes, one behind the other. */

/** The largest number that a varint carries here: all of what a double counts exactly would need more care than it is worth. */
export const LARGEST_VARINT = 2 ** 49 - 1;

/** Whether a value can be written by {@link ByteWriter.varint}. */
export function isVarint(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LARGEST_VARINT;
}

/** Writes into one growing buffer; {@link take} hands out what was written since the last time. */
export type ByteWriter = {
  byte(value: number): void;
  /** Seven bits a byte, the lowest first. */
  varint(value: number): void;
  /** UTF-8, its length before it. */
  text(value: string): void;
  take(): Buffer;
};

/** A writer; what it hands out shares memory with what it writes next, never overlapping. */
export function byteWriter(): ByteWriter {
  let buffer = Buffer.allocUnsafeSlow(65_536);
  let begin = 0;
  let end = 0;

  const reserve = (bytes: number) => {
    if (end + bytes <= buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(65_536, 2 * (end - begin + bytes)));
    buffer.copy(grown, 0, begin, end);
    buffer = grown;
    end -= begin;
    begin = 0;
  };
  const writer: ByteWriter = {
    byte(value) {
      reserve(1);
      buffer[end++] = value;
    },
    varint(value) {
      reserve(7);
      let rest = value;
      while (rest > 127) {
        buffer[end++] = (rest % 128) + 128;
        rest = Math.floor(rest / 128);
      }
      buffer[end++] = rest;
    },
    text(value) {
      // No UTF-16 unit takes more than three bytes; what is over is overwritten by the next.
      reserve(7 + 3 * value.length);
      const length = Buffer.byteLength(value);
      writer.varint(length);
      end += buffer.write(value, end);
    },
    take() {
      const taken = buffer.subarray(begin, end);
      begin = end;
      return taken;
    },
  };
  return writer;
}

/** Reads what a {@link ByteWriter} wrote, from the first byte on. */
export type ByteReader = { byte(): number; varint(): number; text(): string };

/** A reader of bytes that are all there: behind their end it reads zeros. */
export function byteReader(bytes: Buffer, start = 0): ByteReader {
  let at = start;
  const reader: ByteReader = {
    byte: () => bytes[at++] ?? 0,
    varint() {
      let value = 0;
      let factor = 1;
      for (;;) {
        const byte = bytes[at++] ?? 0;
        value += (byte & 127) * factor;
        if (byte < 128) return value;
        factor *= 128;
      }
    },
    text() {
      const length = reader.varint();
      at += length;
      return bytes.toString('utf8', at - length, at);
    },
  };
  return reader;
}
