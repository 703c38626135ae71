import fc from 'fast-check';
import { expect, test } from 'vitest';
import { languageText } from './language.ts';

test.each([
  ['en-GB', 'en-GB'],
  ['en_gb', 'en-GB'],
  ['EN-gb', 'en-GB'],
  ['en_GB.UTF-8', 'en-GB'],
  ['de_DE@euro', 'de-DE'],
  [' de ', 'de'],
  ['DE', 'de'],
  ['en-GB,en;q=0.9', 'en-GB'],
  ['zh-hans-cn', 'zh-Hans-CN'],
  ['ZH_TW', 'zh-TW'],
  ['es-419', 'es-419'],
  ['sl-ROZAJ', 'sl-rozaj'],
  ['de-DE-U-CO-PHONEBK', 'de-DE-u-co-phonebk'],
  ['en-x-GB', 'en-x-gb'],
  ['fil-PH', 'fil-PH'],
  ['English', 'English'],
  ['C', 'C'],
  ['(none)', '(none)'],
  ['', ''],
  ['de-', 'de-'],
  ['日本語', '日本語'],
])('the language %j is %j', (text, spelled) => {
  expect(languageText(text)).toBe(spelled);
});

test('what is spelled stays as it is', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', '-', '_', '1', '.', ',', ' ', 'x'),
    maxLength: 64,
  });
  fc.assert(
    fc.property(text, (said) => {
      expect(languageText(languageText(said))).toBe(languageText(said));
    }),
  );
});
