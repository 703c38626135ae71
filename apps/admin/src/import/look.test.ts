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
    ignored: ignored.map(({ name }) => name),
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

test.each([
  ['an exploration', '# ----\n# Kiln - Free form 1\n# 20260723-20260922\n# ----\n\nDate,Sessions\n'],
  ['a report in Japanese', '# ----\n# 開始日: 20260723\n# 終了日: 20260922\n日付,セッション\n'],
  [
    'a file from a spreadsheet',
    '# ----;;\n"# Startdatum: 20260723";;\n# Enddatum: 20260922;;\nDatum;Sitzungen\n',
  ],
])('%s of GA4 is told by its comments', async (_, content) => {
  expect((await lookAt({ 'ga4.csv': content })).totals).toEqual([['ga4.csv', 'ga4']]);
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

const NAMED = ['name,visitors,bounce_rate', 'Google,3,50'].join('\n');

test.each([
  [/a Parquet file; .*format=csv/, 'PAR1\u0015\u0004PAR1'],
  [/a PDF/, '%PDF-1.7'],
  [/an archive of tar; unpack it/, `${'access.log'.padEnd(257, '\0')}ustar\0`],
  [/an archive of tar; unpack it/, gzipSync(`${'access.log'.padEnd(257, '\0')}ustar\0`)],
  [/bzip2/, 'BZh91AY'],
  [/HTML; download it again/, '<!DOCTYPE html><html>'],
  [/a dump of a database; export its tables/, '-- MySQL dump 10.13\n'],
  [/error log of nginx; import the access log/, '2026/10/10 11:55:36 [error] 12#12: *1 open() failed'],
  [/error log of Apache/, '[Sat Oct 10 11:55:36.1 2026] [core:error] [pid 1] x'],
  [
    /without its #Fields line; put that line back/,
    '2026-10-10 11:55:36 10.0.0.1 GET / - 443 - 8.8.8.8 a 200\n',
  ],
  [
    /sources.csv and 1 more looks like what the dashboard of Plausible exports.*Site settings/,
    zip({
      'visitors.csv':
        'date,visitors,pageviews,visits,views_per_visit,bounce_rate,visit_duration\n2026-01-01,1,1,1,1,1,1\n',
      'sources.csv': NAMED,
    }),
  ],
  [/JSON that is neither events nor a log/, '[{"a":1}]'],
  [/JSON that is neither/, '{"a":\n1}'],
  [/without a timestamp; add a column timestamp/, 'name,url\na,/\n'],
  [/columns are not known; name them/, 'a,b\n1,2\n'],
  [/an empty file/, ''],
  [/text of no known format/, 'hello'],
  [/a file of another program/, Buffer.from([1, 2, 0, 3, 0, 0])],
  [/a workbook/, zip({ '[Content_Types].xml': '<x/>' })],
])('of a file like %s it is said what it looks like and what to do', async (message, content) => {
  const refused = expect.objectContaining({
    code: 'unknown_format',
    message: expect.stringMatching(message),
  });
  await expect(lookAt({ file: content })).rejects.toEqual(refused);
});

test.each([
  ['JSON in a list', '[{"name":"a","url":"/","timestamp":1}]', ['jsonl', 'document']],
  [
    'a body of the API',
    '{"site":"x","events":[{"name":"a","url":"/","timestamp":1}]}',
    ['jsonl', 'document'],
  ],
  ['UTF-16', Buffer.from(`\ufefftimestamp,name,url\n`, 'utf16le'), ['csv', 'csv']],
  ['a log behind a hundred comments', `${'# comment\n'.repeat(100)}${HIT}`, ['combined', 'lines']],
  ['a log of IIS', '#Software: IIS\n#Fields: date time c-ip\n', ['w3c', 'lines']],
  ['an archive in an archive', zip({ 'b.zip': zip({ 'a.log': HIT }) }), ['combined', 'lines']],
  ['headings in capitals', 'Timestamp,Name,URL\n', ['csv', 'csv']],
])('%s is told', async (_, content, [format, shape]) => {
  expect((await lookAt({ file: content })).events).toEqual([[expect.any(String), format, shape]]);
});
