import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnyFormat, look, withFolder } from './look.ts';
import { eventsNotTaken, totalsNotTaken } from './not-taken.ts';
import { dryRunEvents } from './send/dry-run.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'footfall-not-taken-'));
});
afterAll(() => rm(root, { recursive: true }));

const SITE = {
  id: 's',
  tenantId: 't',
  domain: 'shop.example',
  timezone: 'UTC',
  currency: 'EUR',
} as Parameters<typeof dryRunEvents>[1]['site'];
const OF = { site: SITE, host: undefined, client: 'address' as const };

let folders = 0;
/** What an import of files would not take, and what it would. */
async function tried(files: Record<string, string | Uint8Array>, format: AnyFormat = 'auto') {
  folders += 1;
  const from = await mkdtemp(path.join(root, `${folders}-`));
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(from, name), content);
  return withFolder(async (folder) => {
    const looked = await look(from, { format, folder });
    const { imported, first } = await dryRunEvents(looked.events, OF);
    return { imported, first, notTaken: await eventsNotTaken(imported.files, looked) };
  });
}

const line = (path_: string) =>
  `8.8.8.8, 10.0.0.1 - - [10/Oct/2026:13:55:36 +0200] "GET ${path_} HTTP/1.1" 200 1 "-" "Mozilla/5.0"\n`;

test('a dry run says the first event with its network alone, and counts', async () => {
  const { imported, first, notTaken } = await tried({
    'a.log': `${line('/a.css')}broken\n${line('/p')}${line('/q')}`,
  });
  expect(first).toEqual({
    name: 'pageview',
    timestamp: '2026-10-10T11:55:36.000Z',
    url: 'https://shop.example/p',
    user_agent: 'Mozilla/5.0',
    ip: '8.8.8.0',
  });
  expect(imported).toMatchObject({
    counts: { read: 4, accepted: 2, rejected: { invalid_record: 1 }, skipped: { asset: 1 } },
    problems: [{ file: 'a.log', line: 2, count: 1 }],
  });
  expect(notTaken).toEqual([]);
});

test('of a file that is called another format than it has nothing is taken, and it is said which it is', async () => {
  const { notTaken } = await tried({ 'a.log': line('/') }, 'haproxy');
  expect(notTaken).toEqual([
    {
      file: 'a.log',
      looks_like: 'a log of Apache or nginx in the combined or common format',
      remedy: 'leave --format out, or say --format combined',
    },
  ]);
  expect((await tried({ 'a.log': '<!DOCTYPE html><p>Sign in\n' }, 'combined')).notTaken).toMatchObject([
    { looks_like: 'a page of HTML' },
  ]);
});

test('of a file whose records are all wrong nothing is taken, beside others too', async () => {
  const events = 'timestamp,name,url\nyesterday\nlast week\n';
  expect((await tried({ 'a.csv': events, 'b.log': line('/') })).notTaken).toEqual([
    { file: 'a.csv', looks_like: 'events as CSV', remedy: 'every record of it is wrong: see the problems' },
  ]);
});

test('a file of nothing but images fails by itself, and not beside others', async () => {
  expect((await tried({ 'a.log': line('/a.png'), 'b.log': line('/') })).notTaken).toEqual([]);
  expect((await tried({ 'a.log': line('/a.png') })).notTaken).toMatchObject([
    { file: 'a.log', remedy: 'all of it is left out on purpose: asset 1' },
  ]);
  expect((await tried({ 'a.csv': 'timestamp,name,url\n' })).notTaken).toMatchObject([
    { remedy: 'there is no record in it' },
  ]);
});

test('files of no known format are named, what lies there to be read and what is empty is not', async () => {
  const files = {
    'a.log': line('/'),
    'README.md': 'logs',
    LICENSE: 'x',
    'empty.log': '',
    'b.parquet': 'PAR1',
  };
  expect((await tried(files)).notTaken).toEqual([
    { file: 'b.parquet', looks_like: 'a Parquet file', remedy: expect.stringContaining('format=csv') },
  ]);
});

test('tables of totals without rows, or with none that can be read, are named', () => {
  const looked = { events: [], totals: [], ignored: [] };
  const files = [
    { name: 'a.csv', read: 3, accepted: 2 },
    { name: 'b.csv', read: 3, accepted: 0 },
    { name: 'c.csv', read: 0, accepted: 0 },
  ];
  expect(totalsNotTaken(files, looked).map(({ file, remedy }) => [file, remedy])).toEqual([
    ['b.csv', 'see the problems'],
    ['c.csv', 'leave it out'],
  ]);
});
