// Rewrites the list of columns in docs/import-ga4.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { GA4_DOCS, withColumns } from './docs-table.ts';

writeFileSync(GA4_DOCS, withColumns(readFileSync(GA4_DOCS, 'utf8')));
