import { expect, it } from 'vitest';
import { drawQr } from './qr.ts';

it('a text is drawn as squares inside a light border', () => {
  const { size, path } = drawQr(
    'otpauth://totp/Footfall:ann@shop.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  );
  const squares = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(squares.length).toBeGreaterThan(200);
  expect(squares.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join('')).toBe(path);
  const places = squares.flat();
  // The corner of a finder pattern stands at the border.
  expect([Math.min(...places), Math.max(...places)]).toEqual([4, size - 5]);
});
