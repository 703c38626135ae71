import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { useFormErrors } from './form-errors.ts';
import type { Locale } from './locale.ts';

type Error = Parameters<typeof useFormErrors>[0]['error'];

function Form({ error }: { error: Error }) {
  const { errorAt, general } = useFormErrors(error === undefined ? {} : { error }, ['name', 'event', 'page']);
  return (
    <>
      <p data-testid="general">{general}</p>
      <p data-testid="name">{errorAt('name')}</p>
      <p data-testid="what">{errorAt('event', 'page')}</p>
    </>
  );
}

function shown(error: Error, locale: Locale = 'en') {
  renderScreen(<Form error={error} />, { locale });
  return ['general', 'name', 'what'].map((place) => screen.getByTestId(place).textContent);
}

const DOMAIN = { code: 'invalid_domain', values: { domain: 'x' }, message: '"x" is not a domain.' };

it('a form that was not refused says nothing', () => {
  expect(shown(undefined)).toEqual(['', '', '']);
});

it('a code is said in the language of the reader, with its values', () => {
  expect(shown(DOMAIN)[0]).toBe('“x” is not a domain, such as shop.example.');
});

it('in German, too', () => {
  expect(shown(DOMAIN, 'de')[0]).toBe('„x“ ist keine Domain wie shop.example.');
});

it.each([
  [{ field: 'name' }, ['', 'Oh.', '']],
  [{ field: 'page' }, ['', '', 'Oh.']],
  [{}, ['Oh.', '', '']],
  // A field that the form does not have, such as its hidden one.
  [{ field: 'site' }, ['Oh.', '', '']],
] as const)('an error stands in one place, whatever it is about: %o', (where, places) => {
  expect(shown({ code: 'unheard_of', values: {}, message: 'Oh.', ...where })).toEqual(places);
});

it.each([
  [{ code: 'unheard_of' }],
  [{ code: '' }],
  // A path into the words is not a code.
  [{ code: 'invalid_domain.x' }],
])('what has no sentence leaves the English message: %o', (code) => {
  expect(shown({ ...code, values: {}, message: 'Something is wrong.' }, 'de')[0]).toBe('Something is wrong.');
});

it.each([
  ['event', 120, /^An event’s name has 1 to 120/],
  ['page', 500, /^A page begins with \/ and has at most 500/],
  ['either', 1, /by an event or by a page/],
])('one code can have several rules: %s', (rule, most, text) => {
  expect(shown({ code: 'invalid_goal', values: { rule, most }, message: 'x' })[0]).toMatch(text);
});
