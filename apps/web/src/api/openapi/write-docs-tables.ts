// Rewrites the tables of docs/.
import { readFileSync, writeFileSync } from 'node:fs';
import { PAGES, pageUrl, withTables } from './docs-tables.ts';

for (const page of PAGES) writeFileSync(pageUrl(page), withTables(readFileSync(pageUrl(page), 'utf8')));
