import { expect, test } from 'vitest';
import { progressTo } from './progress.ts';

test('tells what is new, once a second', () => {
  const lines: string[] = [];
  let time = 0;
  const tell = progressTo({ write: (text) => lines.push(String(text)) > 0 }, () => time);
  tell('1 of 9');
  tell('2 of 9');
  time = 1_000;
  tell('1 of 9');
  tell('3 of 9');
  tell('4 of 9');
  expect(lines).toEqual(['1 of 9\n', '3 of 9\n']);
});
