import { describe, expect, it } from 'vitest';
import { codeAt } from './totp.fixture.ts';
import { matchStep, newTotpSecret, readTotpCode, totpUri } from './totp.ts';

// The secret of RFC 6238's appendix B, `12345678901234567890`, in base 32.
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const STEP_MS = 30_000;

describe('a code by time', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('is that of RFC 6238 at %i s', (seconds, code) => {
    expect(matchStep(RFC_SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it('is right one step earlier and later, and names its own step', () => {
    const now = Date.parse('2026-03-01T12:00:00Z');
    const step = now / STEP_MS;
    const steps = [-2, -1, 0, 1, 2].map((away) =>
      matchStep(RFC_SECRET, codeAt(RFC_SECRET, now + away * STEP_MS), now),
    );
    expect(steps).toEqual([null, step - 1, step, step + 1, null]);
  });

  it.each([
    ['123 456', '123456'],
    [' 005924\n', '005924'],
    ['12345', null],
    ['1234567', null],
    ['12345a', null],
    ['', null],
  ])('is read from %j as %j', (text, code) => {
    expect(readTotpCode(text)).toBe(code);
  });
});

describe('a secret', () => {
  it('has 160 bits and is new each time', () => {
    const [one, other] = [newTotpSecret(), newTotpSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(one).not.toBe(other);
  });

  it('is in the address that apps read, with whose it is', () => {
    const uri = new URL(totpUri(RFC_SECRET, 'ann@shop.example'));
    expect(decodeURIComponent(uri.pathname)).toContain('Footfall:ann@shop.example');
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({
      secret: RFC_SECRET,
      digits: '6',
      period: '30',
      algorithm: 'SHA1',
      issuer: 'Footfall',
    });
  });
});
