import { describe, expect, test } from 'vitest';
import { isTrouble, parseLogLine } from './log-line.ts';

test.each([
  ['{"level":"warn","msg":"the log is away"}', { level: 'warn', text: 'the log is away' }],
  [
    '{"level":"error","msg":"a batch failed","err":{"message":"connect ECONNREFUSED\\n    at x","stack":"…"}}',
    { level: 'error', text: 'a batch failed: connect ECONNREFUSED' },
  ],
  [
    '{"level":"fatal","msg":"port 1 is in use","err":{"message":"port 1 is in use"}}',
    { level: 'fatal', text: 'port 1 is in use' },
  ],
  ['{"level":"info","msg":"ready"}', { level: 'info', text: 'ready' }],
])('a line of a logger %s is its message and cause', (line, parsed) => {
  expect(parseLogLine(line, 'info')).toEqual(parsed);
});

test.each([
  ['plain words'],
  ['{ not JSON'],
  // A library's own JSON, without our fields.
  ['{"a":1}'],
])('anything else, such as %s, stands as it is', (line) => {
  expect(parseLogLine(line, 'error')).toEqual({ level: 'error', text: line });
});

describe('what an operator sees', () => {
  test.each([
    ['debug', false],
    ['info', false],
    ['warn', true],
    ['error', true],
    ['fatal', true],
  ])('%s: %s', (level, seen) => {
    expect(isTrouble({ level, text: '' })).toBe(seen);
  });
});
