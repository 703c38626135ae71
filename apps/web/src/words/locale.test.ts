import { describe, expect, it } from 'vitest';
import { chosenLocale, parseLocale } from './locale.ts';

describe('the language of a reader', () => {
  it.each([
    ['de', undefined, 'de'],
    ['de', 'en-US', 'de'],
    ['en', 'de-DE,de;q=0.9', 'en'],
    // A cookie that names a language which the portal does not speak says nothing.
    ['fr', 'de', 'de'],
    ['', 'de', 'de'],
    [undefined, 'de-AT', 'de'],
    [undefined, 'DE', 'de'],
    [undefined, 'fr-FR,fr;q=0.9,de;q=0.5,en;q=0.4', 'de'],
    [undefined, 'en;q=0.4,de;q=0.5', 'de'],
    [undefined, 'de;q=0,en', 'en'],
    [undefined, 'de;q=nonsense,en;q=0.1', 'en'],
    [undefined, 'ja', 'en'],
    [undefined, '*', 'en'],
    [undefined, '', 'en'],
    [undefined, undefined, 'en'],
  ] as const)('with the cookie %s and Accept-Language %s is %s', (cookie, header, locale) => {
    expect(chosenLocale(cookie, header ?? null)).toBe(locale);
  });

  it('is not a language whose name only begins alike', () => {
    expect(parseLocale('den')).toBeUndefined();
    expect(parseLocale('constructor')).toBeUndefined();
  });
});
