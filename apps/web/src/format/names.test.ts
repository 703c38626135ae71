import { expect, it } from 'vitest';
import { countryCode, namesIn } from './names.ts';

const { en, de } = { en: namesIn('en'), de: namesIn('de') };

it('countries, languages and currencies have names in both languages', () => {
  expect([en.country('DE'), de.country('DE')]).toEqual(['Germany', 'Deutschland']);
  expect([en.language('pt-BR'), de.language('de')]).toEqual(['Brazilian Portuguese', 'Deutsch']);
  expect([en.currency('CHF'), de.currency('CHF')]).toEqual(['Swiss Franc', 'Schweizer Franken']);
});

it('what nobody knows, or is not a code, stands for itself', () => {
  expect(['XY', 'Atlantis', '(none)', ''].map(de.country)).toEqual(['XY', 'Atlantis', '(none)', '']);
  expect(['(none)', 'not a tag'].map(de.language)).toEqual(['(none)', 'not a tag']);
  expect(['EURO', ''].map(de.currency)).toEqual(['EURO', '']);
});

it('a narrow column has the code of a country and nothing else', () => {
  expect(['DE', '(none)', 'de'].map(countryCode)).toEqual(['DE', undefined, undefined]);
});
