import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { clientTypes } from './client-types.ts';

it('the types of the client are those of the document', async () => {
  const schema = new URL('../../../../../packages/client/src/schema.ts', import.meta.url);
  expect(readFileSync(schema, 'utf8')).toBe(await clientTypes());
});
