import { catalogFailure } from '@footfall/billing/catalog/errors';
import { controlFailure } from '@footfall/db/errors';
import { describe, expect, it } from 'vitest';
import { formFailure } from '#access/form.ts';
import { authFailure } from '#auth/errors.ts';
import { MESSAGES, wordsIn } from './words.ts';

/** Codes that only an operator's command meets. */
const OPERATORS = [
  'invalid_plan',
  'unknown_plan',
  'invalid_rate',
  'ambiguous_site',
  'not_a_copy',
  'unknown_user',
  'invalid_day',
];

/** Codes that the portal's forms make themselves. */
const OWN = ['internal', 'several_fields'];

const REACHING = [
  ...controlFailure.codes.filter((code) => !OPERATORS.includes(code)),
  ...authFailure.codes,
  ...formFailure.codes,
  ...catalogFailure.codes,
  ...OWN,
];

describe('the failures that can reach a form', () => {
  it('have a sentence each, and no sentence is of a code that does not exist', () => {
    expect(Object.keys(MESSAGES.en.failures).sort()).toEqual(REACHING.toSorted());
  });

  it('are not an operator’s, whose codes exist all the same', () => {
    expect(OPERATORS.filter((code) => !(controlFailure.codes as readonly string[]).includes(code))).toEqual(
      [],
    );
  });

  it.each(['en', 'de'] as const)('say in %s what a field with several rules wants', (locale) => {
    const words = wordsIn(locale, 'failures');
    const lists = [
      'allowedOrigins',
      'blockedIps',
      'blockedCountries',
      'blockedPages',
      'excludedHostnames',
      'keptParams',
    ];
    const said = lists.map((list) => words('invalid_rule', { list, entry: 'x' }));
    expect(new Set(said).size).toBe(lists.length);
    expect(said.filter((text) => !/[“„]x[”“]/.test(text))).toEqual([]);
    const rules = ['event', 'page', 'props', 'either'].map((rule) =>
      words('invalid_goal', { rule, most: 7 }),
    );
    expect(new Set(rules).size).toBe(4);
  });
});
