import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FILES = globSync('**/*actions.ts', { cwd: ROOT }).map((name) => ({
  name,
  source: readFileSync(path.join(ROOT, name), 'utf8'),
}));

// What readForm does with a field that came twice, is a file or has another name is held by form.test.ts, for any strict schema.
it('every form of a server action has a strict schema, which lets through texts and nothing else', () => {
  const schemas = FILES.flatMap(({ name, source }) =>
    [...source.matchAll(/schema: ([\w.]+)/g)].map(([, made = '']) => `${name} ${made}`),
  );
  expect(schemas.length).toBeGreaterThan(20);
  expect(schemas.filter((one) => !/ (z\.strictObject|[A-Z_]+)$/.test(one))).toEqual([]);
  const open = /z\.(any|unknown|object|looseObject|record|json|custom)\b|passthrough|catchall/;
  expect(FILES.filter(({ source }) => open.test(source)).map(({ name }) => name)).toEqual([]);
});
