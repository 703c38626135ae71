import { controlFailure } from '../errors.ts';
import { printable } from '../text.ts';

const MAX_NAME = 100;

/**
 * The name of a key as it is kept; it may have none.
 * @throws Failure `invalid_key_name`
 */
export function checkKeyName(text: string): string {
  if (text.trim() === '') return '';
  const name = printable(text, MAX_NAME);
  if (name !== null) return name;
  throw controlFailure('invalid_key_name', `a key's name has at most ${MAX_NAME} printable characters`, {
    where: 'name',
    values: { most: MAX_NAME },
  });
}
