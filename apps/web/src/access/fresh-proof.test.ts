import { expect, it } from 'vitest';
import { isFreshlyProven, requireFreshProof } from './fresh-proof.ts';

const MINUTE = 60_000;
const provenAt = Date.parse('2026-03-01T12:00:00Z');

it('a proof holds for ten minutes', () => {
  expect(isFreshlyProven({ provenAt }, provenAt + 10 * MINUTE - 1)).toBe(true);
  expect(isFreshlyProven({ provenAt }, provenAt + 10 * MINUTE)).toBe(false);
});

it('an old proof is refused, with what to do', () => {
  expect(() => requireFreshProof({ provenAt }, provenAt + 9 * MINUTE)).not.toThrow();
  expect(() => requireFreshProof({ provenAt }, provenAt + 11 * MINUTE)).toThrow(/Confirm that it is you/);
});
