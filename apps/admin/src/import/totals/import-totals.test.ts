import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ImportedTotal } from '@footfall/core/imported';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newNotes, type TotalsFile, totalsIn } from './import-totals.ts';
import { collectMeasures } from './totals.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-totals-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: string) {
  const at = path.join(folder, 'report.csv');
  await writeFile(at, content);
  const file: TotalsFile = { path: at, name: 'report.csv', size: content.length, source: 'ga4' };
  const notes = newNotes();
  const totals: ImportedTotal[] = [];
  for await (const group of totalsIn(file, notes, () => undefined)) totals.push(...group);
  return { totals, ...notes.rows, problems: notes.problems, measures: collectMeasures(notes.rules) };
}

const head = (start: string, end: string) =>
  `# ----------------------------------------\n# Traffic acquisition\n# Account: Kiln\n# ----------------------------------------\n#\n# Start date: ${start}\n# End date: ${end}\n`;

test('an exploration with days: a row for each dimension, sums where GA4 has shares and means', async () => {
  const heading =
    'Date,Session source,Country,Total users,Sessions,Engaged sessions,Average session duration,Views,Event count';
  const rows =
    '20260103,(direct),Germany,2,4,3,10.5,"1,234",2000\n20260103,google,(not set),1,1,0,0,1,3\n,,,3,5,3,8.4,1235,2003,Grand total\n';
  const { totals, measures, ...rest } = await read(`${head('20260101', '20260131')}${heading}\n${rows}`);
  const first = { visitors: 2, visits: 4, pageviews: 1234, events: 2000, bounces: 1, durationMs: 42_000 };
  const second = { visitors: 1, visits: 1, pageviews: 1, events: 3, bounces: 1, durationMs: 0 };
  const day = '2026-01-03';
  expect(totals).toEqual([
    { day, dimension: 'visit:source', value: 'Direct / None', counts: first },
    { day, dimension: 'visit:country', value: 'DE', counts: first },
    { day, dimension: 'visit:source', value: 'google', counts: second },
    { day, dimension: 'visit:country', value: '(none)', counts: second },
  ]);
  expect(measures['visit:source']).toEqual([
    'visitors',
    'visits',
    'pageviews',
    'events',
    'bounces',
    'durationMs',
  ]);
  expect(rest).toMatchObject({ read: 3, accepted: 2, rejected: 0, skipped: 1 });
});

test('the nth days of a report, and a second table behind its own comments', async () => {
  const { totals } = await read(
    `${head('20260130', '20260202')}Nth day,Active users\n0000,5\n0003,6\n\n${head('20260202', '20260202')}Country,Active users\nFrance,4\n`,
  );
  expect(totals).toEqual([
    { day: '2026-01-30', dimension: '(all)', value: '(all)', counts: { visitors: 5 } },
    { day: '2026-02-02', dimension: '(all)', value: '(all)', counts: { visitors: 6 } },
    { day: '2026-02-02', dimension: 'visit:country', value: 'FR', counts: { visitors: 4 } },
  ]);
});

test.each([
  [
    'without days over several',
    head('20260101', '20260131'),
    'Country,Users\nFrance,4\n',
    /rows have no day/,
  ],
  ['by hours', head('20260101', '20260101'), 'Hour,Users\n13,4\n', /it is by hour/],
])('a report %s is refused', async (_, comments, table, message) => {
  await expect(read(comments + table)).rejects.toThrow(message);
});

test('rows of what is not a dimension of ours are not totals of the day', async () => {
  const { totals, rejected, problems } = await read(
    `${head('20260101', '20260101')}Item name,Users\nMug,4\n`,
  );
  expect([totals, rejected]).toEqual([[], 1]);
  expect(problems).toMatchObject([{ line: 9, reason: 'invalid_record' }]);
});

test('no row makes it throw', async () => {
  const cell = fc.string({ unit: fc.constantFrom('1', 'a', ',', '"', ' ', '-', '%', '#', '\n') });
  const heading = 'Date,Session source,Users,Sessions,Bounce rate\n';
  await fc.assert(
    fc.asyncProperty(fc.array(cell), async (rows) => {
      const lines = rows.map((row) => `x${row}`.replaceAll('\n#', '\nx')).join('\n');
      const found = await read(`${head('20260101', '20260101')}${heading}${lines}`);
      expect(found.accepted + found.rejected + found.skipped).toBe(found.read);
    }),
    { numRuns: 50 },
  );
});
