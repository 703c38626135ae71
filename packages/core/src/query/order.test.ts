import { expect, test } from 'vitest';
import { compareText } from './order.ts';

test('texts are ordered by Unicode code point', () => {
  expect(['\u{1f600}', '\uff5e', 'b', 'a', 'B'].sort(compareText)).toEqual([
    'B',
    'a',
    'b',
    '\uff5e',
    '\u{1f600}',
  ]);
});
