import { encode } from 'uqr';

/** A QR code as a picture: dark squares of one unit, as the path of an SVG of `size` units a side. */
export type QrPicture = { size: number; path: string };

/** Light around a code, units: scanners find it by that. */
const BORDER = 4;

/** Draws a text as a QR code, on this machine: what is in it is a secret. */
export function drawQr(text: string): QrPicture {
  const { size, data } = encode(text, { ecc: 'M', border: BORDER });
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size, path: squares.join('') };
}
