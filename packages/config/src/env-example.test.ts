import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { envExample } from './env-example.ts';
import { VARIABLES } from './variables.ts';

const committed = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');

test('.env.example is what the table of variables says', () => {
  expect(committed).toBe(envExample());
});

test('every example in it is a value that is accepted', () => {
  const examples = Object.entries(VARIABLES).map(([name, { example }]) => [name, example]);
  expect(() => readConfig(Object.fromEntries(examples))).not.toThrow();
});
