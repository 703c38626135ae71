import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GA4_DOCS, withColumns } from './docs-table.ts';

test('the columns of docs/import-ga4.md are those that are read', () => {
  const page = readFileSync(GA4_DOCS, 'utf8');
  expect(page).toContain('### Turkish');
  expect(withColumns(page)).toBe(page);
});
