import { expect, test } from 'vitest';
import { noteProblem, type Problem } from './problems.ts';

test('ten problems are of ten kinds, each with its first place and how often it was', () => {
  const problems: Problem[] = [];
  for (let line = 1; line <= 100; line++)
    noteProblem(problems, {
      file: 'a.log',
      line,
      reason: 'invalid_record',
      message: `it has ${line} values`,
    });
  for (let kind = 0; kind < 20; kind++)
    noteProblem(problems, {
      file: 'b.log',
      line: 7,
      reason: 'invalid_record',
      message: `wrong ${'x'.repeat(kind)}`,
    });
  noteProblem(problems, { file: 'b.log', line: 8, reason: 'invalid_url', message: 'it has 3 values' });
  expect(problems).toHaveLength(10);
  expect(problems.slice(0, 2)).toEqual([
    { file: 'a.log', line: 1, reason: 'invalid_record', message: 'it has 1 values', count: 100 },
    { file: 'b.log', line: 7, reason: 'invalid_record', message: 'wrong ', count: 1 },
  ]);
});
