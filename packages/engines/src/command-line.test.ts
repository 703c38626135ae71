import { expect, test } from 'vitest';
import { parseCommandLine } from './command-line.ts';
import { ENGINE_NAMES } from './recipe.ts';

test.each([[['--help']], [['-h']], [['up', '--help']], [['help']]])('%j asks for help', (args) => {
  expect(parseCommandLine(args)).toBeNull();
});

test.each([
  [['up'], { command: 'up', names: ENGINE_NAMES, data: false }],
  [['down', 'kafka', '--data'], { command: 'down', names: ['kafka'], data: true }],
])('%j is understood', (args, expected) => {
  expect(parseCommandLine(args)).toMatchObject(expected);
});

test.each([
  [[], 'name a command: up, down, status'],
  [['upp'], 'upp is not a command; allowed are up, down, status'],
  [['up', 'postgres'], 'postgres is not an engine; allowed are kafka, cassandra, elasticsearch'],
  [['up', '--dta'], '--dta is not an option; allowed are --data and --help'],
  [['-x'], '-x is not an option; allowed are --data and --help'],
  [['up', '--data'], '--data is an option of down'],
])('%j is refused in one line that says what is allowed', (args, line) => {
  expect(() => parseCommandLine(args)).toThrow(`${line} (npm run engines -- --help)`);
});
