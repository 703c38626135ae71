import { isCurrency } from '@footfall/core/money';
import { expect, it } from 'vitest';
import { guessCurrency } from './guess-currency.ts';

it.each([
  ['Europe/Berlin', ['en-US'], 'EUR'],
  ['Europe/Zurich', ['de'], 'CHF'],
  ['Europe/London', ['de-DE'], 'GBP'],
  ['America/New_York', ['en'], 'USD'],
  ['America/Toronto', ['fr-CA', 'en-US'], 'CAD'],
  ['America/Sao_Paulo', ['pt-BR'], 'BRL'],
  ['Australia/Perth', [], 'AUD'],
  ['Asia/Tokyo', ['ja'], 'JPY'],
  ['Etc/UTC', ['en-US'], 'EUR'],
  ['Asia/Bangkok', ['zh-Hant-TW', 'th-TH'], 'TWD'],
])('in %s with %j it is %s', (zone, languages, expected) => {
  expect(guessCurrency(zone, languages)).toBe(expected);
  expect(isCurrency(expected)).toBe(true);
});
