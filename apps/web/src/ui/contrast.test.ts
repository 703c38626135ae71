import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../app/globals.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast ratio of WCAG 2, from 1 to 21. */
function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT = 4.5;
const MARK = 3;

const PAIRS: readonly [mark: string, ground: string, least: number][] = [
  ...['page', 'surface', 'sunken', 'accent-soft'].map(
    (ground) => ['ink', ground, TEXT] as [string, string, number],
  ),
  ...['quiet', 'accent', 'better', 'worse', 'warning'].flatMap((mark) =>
    ['page', 'surface', 'sunken'].map((ground) => [mark, ground, TEXT] as [string, string, number]),
  ),
  ['on-accent', 'accent', TEXT],
  ['accent', 'accent-soft', TEXT],
  // Figures that stand on a row's bar.
  ['quiet', 'accent-soft', TEXT],
  ['compare', 'surface', MARK],
  ['edge', 'surface', MARK],
  ['edge', 'page', MARK],
];

describe('the colours of the portal', () => {
  it('are all pairs of light and dark', () => {
    expect(tokens.size).toBe([...css.matchAll(/--color-[a-z-]+:/g)].length);
  });

  it.each(PAIRS)('%s on %s can be read in both themes (%d : 1)', (mark, ground, least) => {
    for (const theme of ['light', 'dark'] as const) {
      const ratio = contrast(tokens.get(mark)?.[theme] ?? '', tokens.get(ground)?.[theme] ?? '');
      expect(ratio, theme).toBeGreaterThanOrEqual(least);
    }
  });

  it('computes what WCAG says of black and white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});
