import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

const read = (name: string) => readFileSync(ROOT + name, 'utf8');

/** The rows of the table of docs/security.md that names a test for each attack. */
const ROWS = [
  ...read('docs/security.md').matchAll(/^\| (.+?) \| `(\S+\.(?:test|spec)\.ts)` \| ?(.*?) ?\|$/gm),
].map(([, attack = '', file = '', name = '']) => ({ attack, file, name }));

it('names a test for every attack of its list', () => expect(ROWS.length).toBeGreaterThan(20));

it.each(ROWS)('the test of "$attack" is there', ({ file, name }) => {
  expect(existsSync(ROOT + file)).toBe(true);
  expect(read(file).includes(name)).toBe(true);
});
