import { trimBlanks } from '@footfall/core/blank';
import { adminFailure } from './errors.ts';

/**
 * Values by name of texts such as `plan=pro`; what follows the first `=` is the value. `option` is named when one is wrong.
 * @throws Failure `invalid_option`
 */
export function assignments(texts: readonly string[], option: string): Record<string, string> {
  const named = texts.map((text) => {
    const at = text.indexOf('=');
    const name = trimBlanks(text.slice(0, Math.max(0, at)));
    if (name === '') {
      throw adminFailure(
        'invalid_option',
        `--${option}: ${JSON.stringify(text)} is not of the form NAME=VALUE`,
        {
          where: option,
        },
      );
    }
    return [name, trimBlanks(text.slice(at + 1))] as const;
  });
  const names = new Set(named.map(([name]) => name));
  if (names.size === named.length) return Object.fromEntries(named);
  throw adminFailure('invalid_option', `--${option} names the same twice`, { where: option });
}
