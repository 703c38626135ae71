import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { columnsOf } from './columns.ts';
import { DICTIONARY } from './dictionary.ts';
import { FIRST_BODY, FIRST_EVENT } from './first-format.fixture.ts';
import { readFirstFormat } from './first-format.ts';

test('the dictionary is the one that bodies were written with', () => {
  expect(createHash('sha256').update(DICTIONARY).digest('hex')).toBe(
    '3d5418f23f80076f6d082204ac34ad552f6025c31bc2bd3a6151e46a36896e24',
  );
});

test('a body that was written once is read for ever', () => {
  const body = Buffer.concat([Buffer.of(1, 0, 3), FIRST_BODY]);
  expect(readFirstFormat(body, columnsOf(FIRST_EVENT.raw))).toEqual(FIRST_EVENT);
});
