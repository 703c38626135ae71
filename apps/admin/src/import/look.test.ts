import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnyFormat, look, withFolder } from './look.ts';
import { zip } from './read/zip.fixture.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'footfall-look-'));
});
afterAll(() => rm(root, { recursive: true }));

let folders = 0;
async function lookAt(files: Record<string, string | Uint8Array>, format: AnyFormat = 'auto') {
  folders += 1;
  const from = path.join(root, String(folders));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(from, name)), { recursive: true });
    await writeFile(path.join(from, name), content);
  }
  const { events, totals, ignored } = await withFolder((folder) => look(from, { format, folder }));
  return {
    events: events.map(({ name, format: found, shape }) => [name, found, shape]),
    totals: totals.map(({ name, source }) => [name, source]),
    ignored,
  };
}

const HIT = '203.0.113.7 - - [10/Oct/2026:13:55:36 +0200] "GET / HTTP/1.1" 200 1 "-" "-"\n';
const REPORT = '# ---\n# Traffic acquisition\n# Start date: 20260101\n# End date: 20260101\nUsers\n3\n';
const VISITORS = 'date,visitors\n2026-01-01,3\n';

test('files of folders and archives, each by what is in it; hidden ones and others are left out', async () => {
  const csv = 'timestamp,name,url\n';
  const files = {
    'b/access.log.gz': gzipSync(HIT),
    'a.zip': zip({ 'c/events.csv': csv }),
    '.hidden': HIT,
    'notes.md': '# Notes\n',
  };
  expect(await lookAt(files)).toEqual({
    events: [
      ['c/events.csv', 'csv', 'csv'],
      ['b/access.log.gz', 'combined', 'lines'],
    ],
    totals: [],
    ignored: ['notes.md'],
  });
});

test('totals are told by name or by their comments', async () => {
  expect((await lookAt({ 'x.zip': zip({ 'imported_visitors.csv': VISITORS }) })).totals).toEqual([
    ['imported_visitors.csv', 'plausible'],
  ]);
  expect((await lookAt({ 'report.csv': REPORT })).totals).toEqual([['report.csv', 'ga4']]);
  expect((await lookAt({ 'report.csv': REPORT }, 'ga4')).totals).toEqual([['report.csv', 'ga4']]);
});

test('what is named is taken for it', async () => {
  expect((await lookAt({ 'a.log': 'broken\n' }, 'combined')).events).toEqual([
    ['a.log', 'combined', 'lines'],
  ]);
});

test.each([
  [{ 'report.csv': REPORT, 'a.log': HIT }, 'invalid_file'],
  [{ 'report.csv': REPORT, 'imported_visitors.csv': VISITORS }, 'invalid_file'],
  [{ 'page.html': '<html>' }, 'unknown_format'],
])('%j is refused: %s', async (files, code) => {
  await expect(lookAt(files)).rejects.toMatchObject({ code });
});
