/**
 * Arrays as Postgres itself writes them. The driver passes a buffer on as it is, so that thousands of small values are
 * neither spelled out as text nor read from it.
 */

const OIDS = { bytea: 17, int8: 20, int4: 23, uuid: 2950 } as const;

/** Dimensions, whether it has nulls, type, length, lower bound. */
const HEADER = 20;

function begin(type: keyof typeof OIDS, length: number, bytes: number): Buffer {
  const array = Buffer.allocUnsafe(HEADER + 4 * length + bytes);
  array.writeInt32BE(1, 0);
  array.writeInt32BE(0, 4);
  array.writeInt32BE(OIDS[type], 8);
  array.writeInt32BE(length, 12);
  array.writeInt32BE(1, 16);
  return array;
}

/** An array of values that are bytes already: `bytea`, or a type of fixed width as Postgres sends it. */
export function bytesArray(type: 'bytea' | 'uuid' | 'int8', values: readonly Buffer[]): Buffer {
  const array = begin(
    type,
    values.length,
    values.reduce((sum, { length }) => sum + length, 0),
  );
  let at = HEADER;
  for (const value of values) {
    at = array.writeInt32BE(value.length, at);
    at += value.copy(array, at);
  }
  return array;
}

export function int4Array(values: readonly number[]): Buffer {
  const array = begin('int4', values.length, 4 * values.length);
  let at = HEADER;
  for (const value of values) at = array.writeInt32BE(value, array.writeInt32BE(4, at));
  return array;
}
