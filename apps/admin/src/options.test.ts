import { expect, test } from 'vitest';
import { checkOptions, parseArguments } from './options.ts';

const OPTIONS = {
  name: { meaning: 'a name', required: true, example: 'Kiln' },
  currency: { meaning: 'a currency', required: false, example: 'EUR' },
};

test('takes --name VALUE and --name=VALUE, flags anywhere', () => {
  expect(parseArguments(['create-site', '--json', '--name', 'A & B', '--domain=a=b.example'])).toEqual({
    command: 'create-site',
    flags: new Set(['json']),
    values: { name: 'A & B', domain: 'a=b.example' },
  });
});

test.each([
  [['x', '--name'], /--name needs a value/],
  [['x', 'y'], /"y" is not an option/],
])('%j is refused', (args, message) => {
  expect(() => parseArguments(args)).toThrow(message);
});

test.each([
  [{}, /needs --name, for example --name Kiln/],
  [{ name: '' }, /needs --name/],
  [{ name: 'a', nmae: 'b' }, /no option --nmae; allowed are --name, --currency/],
])('%j is refused with what is allowed', (values, message) => {
  expect(() => checkOptions('create-x', OPTIONS, values)).toThrow(message);
});

test('optional options may be absent', () => {
  expect(() => checkOptions('create-x', OPTIONS, { name: 'a' })).not.toThrow();
});
