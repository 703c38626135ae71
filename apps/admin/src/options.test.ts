import { describe, expect, test } from 'vitest';
import { buildGrammar, checkOptions, type Given, type OptionTable, parseArguments } from './options.ts';

const OPTIONS: OptionTable = {
  name: { meaning: 'a name', required: true, example: 'Kiln' },
  currency: { meaning: 'a currency', required: false, example: 'EUR' },
  prop: { meaning: 'a property', required: false, repeatable: true, example: 'plan=pro' },
};

const parse = (args: readonly string[]) => parseArguments(args, buildGrammar({ x: { options: OPTIONS } }));

test('takes --name VALUE and --name=VALUE, flags anywhere', () => {
  expect(parse(['x', '--json', '--name', 'A & B', '--currency=a=b'])).toEqual({
    command: 'x',
    flags: new Set(['json']),
    given: { name: ['A & B'], currency: ['a=b'] },
  });
});

test('takes what follows an option as its value, whatever it looks like', () => {
  expect(parse(['x', '--name', '--json', '--currency', '-5', '--prop='])).toEqual({
    command: 'x',
    flags: new Set(),
    given: { name: ['--json'], currency: ['-5'], prop: [''] },
  });
});

test.each([[['x', '--nmae', 'b']], [['--nmae', 'b', 'x']], [['x', '--nmae=b']], [['x', '--nmae']]])(
  '%j has an unknown option, which the check of the command refuses by name',
  (args) => {
    const { command, given } = parse(args);
    expect(command).toBe('x');
    expect(() => checkOptions('x', OPTIONS, given)).toThrow(
      'x has no option --nmae; allowed are --name, --currency, --prop',
    );
  },
);

test.each([
  [['x', '--name'], /--name needs a value/],
  [['x', 'y'], /"y" is not an option/],
  [['x', '--nmae=b', 'y'], /"y" is not an option/],
  [['x', '-q'], /"-q" is not an option; options begin with --/],
])('%j is refused', (args, message) => {
  expect(() => parse(args)).toThrow(message);
});

test.each([
  [{}, /needs --name, for example --name Kiln/],
  [{ name: [''] }, /needs --name/],
  [{ name: ['a'], nmae: ['b'] }, /no option --nmae; allowed are --name, --currency, --prop/],
  [{ name: ['a'], constructor: ['b'] }, /no option --constructor/],
  [{ name: ['a', 'b'] }, /takes --name once/],
])('%j is refused with what is allowed', (given, message) => {
  expect(() => checkOptions('create-x', OPTIONS, given as Given)).toThrow(message);
});

test('an option that may be repeated keeps all its values, in order', () => {
  const { given } = parse(['x', '--prop', 'a=1', '--name', 'n', '--prop=b=2']);
  expect(given).toEqual({ prop: ['a=1', 'b=2'], name: ['n'] });
  expect(checkOptions('create-x', OPTIONS, given)).toEqual({ prop: 'b=2', name: 'n' });
});

test('optional options may be absent', () => {
  expect(checkOptions('create-x', OPTIONS, { name: ['a'] })).toEqual({ name: 'a' });
});

describe('with commands of two words and flags', () => {
  const check = { meaning: 'only looks', required: false, flag: true, example: '' } as const;
  const grammar = buildGrammar({ 'cluster init': { options: { check } }, move: { options: OPTIONS } });

  test('takes both words, and a flag without a value', () => {
    expect(parseArguments(['cluster', 'init', '--check', '--json'], grammar)).toEqual({
      command: 'cluster init',
      flags: new Set(['json']),
      given: { check: ['true'] },
    });
    expect(parseArguments(['cluster'], grammar).command).toBe('cluster');
  });

  test('a flag may have a value after =, and is given once', () => {
    const { given } = parseArguments(['cluster', 'init', '--check=yes', '--check'], grammar);
    expect(given).toEqual({ check: ['true'] });
  });

  test('still refuses a word too many', () => {
    expect(() => parseArguments(['cluster', 'init', 'now'], grammar)).toThrow(/"now" is not an option/);
    expect(() => parseArguments(['move', 'init'], grammar)).toThrow(/"init" is not an option/);
  });
});
