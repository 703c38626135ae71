import { afterEach, expect, test, vi } from 'vitest';
import { readOptions } from './configuration.ts';

afterEach(() => vi.unstubAllEnvs());

test('--demo also runs the shop', () => {
  expect(readOptions([]).options).toEqual({ shop: false });
  expect(readOptions(['--demo']).options).toEqual({ shop: true });
});

test('--demo without a demo tenant is refused by the name of the variable', () => {
  vi.stubEnv('FOOTFALL_DEMO', '0');
  expect(() => readOptions(['--demo'])).toThrow(/^FOOTFALL_DEMO must not be 0 for the demo/);
});

test.each([['--hlp'], ['--help'], ['shop']])('%s is not an option, and the line says what is', (arg) => {
  expect(() => readOptions([arg])).toThrow(`${arg} is not an option of npm start; allowed is --demo`);
});
