import { expect, test } from 'vitest';
import { GA4_LANGUAGES, plainName, readHeading, spellings } from './languages.ts';

test.each(Object.entries(GA4_LANGUAGES))(
  'in %s a name is of one column alone',
  (_, { name: _name, decimal: _decimal, ...entries }) => {
    const all = Object.values(entries).flatMap((entry) => spellings(entry).map(plainName));
    expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
  },
);

test('names are known however case, dashes, apostrophes and blanks are written', () => {
  const heading = ['DATE', 'session source/medium', "Nombre d'événements", 'Sessions'];
  expect(readHeading(heading).columns).toEqual(['date', 'sourceMedium', null, 'sessions']);
  expect(readHeading(['Sitzung — Quelle / Medium', 'DATUM']).columns).toEqual(['sourceMedium', 'date']);
  expect(readHeading(['Date', 'Nombre d’événements', 'Pays']).columns).toEqual(['date', 'events', 'country']);
  expect(readHeading(['TARİH', 'Oturumlar']).columns).toEqual(['date', 'sessions']);
});

test('a name that GA4 leaves in English is known among others', () => {
  expect(readHeading(['Datum', 'Sitzungen', 'Event count'])).toEqual({
    language: 'de',
    columns: ['date', 'sessions', 'events'],
  });
});
