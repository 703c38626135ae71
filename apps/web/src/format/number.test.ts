import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbersIn } from './number.ts';

const { en, de } = { en: numbersIn('en'), de: numbersIn('de') };

/** Spaces that do not break are as wide as others to who reads a test. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a count on screen', () => {
  it.each([
    [0, '0', '0'],
    [999, '999', '999'],
    [1_000, '1k', '1 Tsd.'],
    [1_234, '1.23k', '1,23 Tsd.'],
    [12_314, '12.3k', '12,3 Tsd.'],
    // Not 1,000k and not 1M: neither has been reached.
    [999_999, '999k', '999 Tsd.'],
    [1_250_000, '1.25M', '1,25 Mio.'],
    [7_000_000_000, '7B', '7 Mrd.'],
  ])('writes %d as %s, in German as %s', (value, english, german) => {
    expect(en.shortCount(value)).toBe(english);
    expect(plain(de.shortCount(value))).toBe(german);
  });

  it('never breaks between the number and its unit', () => {
    expect(de.shortCount(12_314)).not.toContain(' ');
    expect(de.duration(59)).not.toContain(' ');
  });
});

it.each([
  [0, '0 MB', '0 MB'],
  [350_400_000, '350 MB', '350 MB'],
  [12_340_000_000, '12.3 GB', '12,3 GB'],
  [1_500_000_000_000, '1,500 GB', '1.500 GB'],
])('bytes are written in units that disks are sold by: %d', (value, english, german) => {
  expect(plain(en.bytes(value))).toBe(english);
  expect(plain(de.bytes(value))).toBe(german);
});

describe('a duration', () => {
  it.each([
    [0, '0s', '0 s'],
    [59, '59s', '59 s'],
    [60, '1m 00s', '1 min 00 s'],
    [125, '2m 05s', '2 min 05 s'],
    [3_720, '1h 02m', '1 h 02 min'],
    // Rounded before it is taken apart: there is no 60th second.
    [59.7, '1m 00s', '1 min 00 s'],
  ])('writes %d seconds as %s, in German as %s', (seconds, english, german) => {
    expect(en.duration(seconds)).toBe(english);
    expect(plain(de.duration(seconds))).toBe(german);
  });

  it.each([
    [3_605, '1 hour 5 seconds', '1 Stunde 5 Sekunden'],
    [61, '1 minute 1 second', '1 Minute 1 Sekunde'],
    [0, '0 seconds', '0 Sekunden'],
    [119.6, '2 minutes', '2 Minuten'],
  ])('of %d seconds is spoken as %s, in German as %s', (seconds, english, german) => {
    expect(en.spokenValue(seconds, 'seconds')).toBe(english);
    expect(de.spokenValue(seconds, 'seconds')).toBe(german);
  });
});

describe('a value of a metric', () => {
  it('is short on screen and exact for screen readers', () => {
    expect(en.shortValue(12_314, 'count')).toBe('12.3k');
    expect(en.exactValue(12_314, 'count')).toBe('12,314');
    expect(en.shortValue(1.5, 'ratio')).toBe('1.50');
    expect(en.shortValue(48, 'percent')).toBe('48%');
    expect(en.share(12)).toBe('12.0%');
    expect(en.exactValue(125, 'seconds')).toBe('2m 05s');
    expect(en.spokenValue(12_314, 'count')).toBe('12,314');
  });

  it('has a comma before its decimals in German, and a space before the percent sign', () => {
    expect(de.exactValue(12_314, 'count')).toBe('12.314');
    expect(de.shortValue(1.5, 'ratio')).toBe('1,50');
    expect(plain(de.shortValue(48, 'percent'))).toBe('48 %');
    expect(plain(de.share(12))).toBe('12,0 %');
  });

  it('is a dash where there was nothing to divide by', () => {
    expect(en.shortValue(null, 'percent')).toBe('–');
    expect(de.exactValue(null, 'seconds')).toBe('–');
  });
});

describe('a price', () => {
  it.each([
    [1900, 'EUR', '€19', '19 €'],
    [1950, 'EUR', '€19.50', '19,50 €'],
    [1900, 'JPY', '¥1,900', '1.900 ¥'],
    [1234, 'KWD', 'KWD 1.234', '1,234 KWD'],
    [0, 'USD', '$0', '0 $'],
  ])('of %i in the smallest unit of %s is %s, in German %s', (amount, currency, english, german) => {
    expect(plain(en.price(amount, currency))).toBe(english);
    expect(plain(de.price(amount, currency))).toBe(german);
  });
});

describe('money', () => {
  it.each([
    ['1234.5', 'EUR', '€1,234.50', '1.234,50 €'],
    ['1234', 'JPY', '¥1,234', '1.234 ¥'],
    ['-0.05', 'USD', '-$0.05', '-0,05 $'],
    ['1.234', 'KWD', 'KWD 1.234', '1,234 KWD'],
    ['12.3456', 'EUR', '€12.3456', '12,3456 €'],
    // More than a number of the language could hold.
    ['12345678901234567890.12', 'EUR', '€12,345,678,901,234,567,890.12', '12.345.678.901.234.567.890,12 €'],
  ])('of %s %s is %s, in German %s', (amount, currency, english, german) => {
    expect(plain(en.money(amount, currency))).toBe(english);
    expect(plain(de.money(amount, currency))).toBe(german);
  });

  it('can be read back to the cent, whatever the amount', () => {
    const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
    fc.assert(
      fc.property(cents, (amount) => {
        const digits = String(amount < 0n ? -amount : amount).padStart(3, '0');
        const text = `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        const written = de.money(text, 'EUR');
        expect(written.endsWith('\u00a0€')).toBe(true);
        expect(BigInt(written.replaceAll(/[^\d-]/g, ''))).toBe(amount);
        expect(written.at(-5)).toBe(',');
        // Points stand every three digits.
        expect(written.replace('-', '').slice(0, -5)).toMatch(/^\d{1,3}(\.\d{3})*$/);
      }),
    );
  });
});
