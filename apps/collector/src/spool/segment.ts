import { randomBytes } from 'node:crypto';
import path from 'node:path';

/** A file of frames, one after the other. */
export type Segment = {
  /** Segments of a spool are read in the order of their numbers. */
  number: number;
  /** Goes into every checksum. It is part of the name, so that damage in a file cannot take all of its frames. */
  salt: number;
  path: string;
  /** Bytes of it that are known to be on the disk; what lies behind is nothing. */
  size: number;
};

const NAME = /^(\d{10})-([0-9a-f]{8})\.spool$/;

/** A segment of a folder that does not exist yet. */
export function newSegment(folder: string, number: number): Segment {
  const salt = randomBytes(4);
  const name = `${String(number).padStart(10, '0')}-${salt.toString('hex')}.spool`;
  return { number, salt: salt.readUInt32BE(), path: path.join(folder, name), size: 0 };
}

/** The segments among the names in a folder, in order; their sizes are still to be asked for. */
export function segmentsAmong(folder: string, names: readonly string[]): Segment[] {
  return names
    .flatMap((name) => {
      const [, number, salt] = NAME.exec(name) ?? [];
      if (number === undefined || salt === undefined) return [];
      return [
        { number: Number(number), salt: Number.parseInt(salt, 16), path: path.join(folder, name), size: 0 },
      ];
    })
    .sort((a, b) => a.number - b.number);
}
