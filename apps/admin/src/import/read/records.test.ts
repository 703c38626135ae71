import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FORMATS, type FormatName } from '../formats/formats.ts';
import type { Parsed } from '../formats/parsed.ts';
import { noUmamiTables } from '../formats/umami.ts';
import { MAX_LINE } from './lines.ts';
import { detectShape, readRecords, recordParser } from './records.ts';

const CONTEXT = {
  place: { host: undefined, site: 'https://shop.example' },
  tables: noUmamiTables(),
  currency: 'EUR',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-records-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What the records of a text come to, each with its line. */
async function read(format: FormatName, text: string): Promise<[line: number, parsed: Parsed][]> {
  const file = path.join(folder, 'file');
  await writeFile(file, text);
  const shape = detectShape(format, text.split('\n', 20));
  const parse = recordParser(format, shape, CONTEXT);
  const all: [number, Parsed][] = [];
  for await (const { records } of readRecords(file, shape))
    all.push(...parse(records).map((parsed, index): [number, Parsed] => [records[index]?.line ?? 0, parsed]));
  return all.filter(([, { kind }]) => kind !== 'nothing');
}

const kinds = (all: [number, Parsed][]) => all.map(([line, { kind }]) => [line, kind]);

test('lines of a log by their numbers, the bad and the endless among them', async () => {
  const hit = '203.0.113.7 - - [10/Oct/2026:13:55:36 +0200] "GET / HTTP/1.1" 200 1 "-" "-"';
  const text = [hit, '', 'broken', 'x'.repeat(MAX_LINE + 10), hit].join('\n');
  expect(kinds(await read('combined', text))).toEqual([
    [1, 'event'],
    [3, 'bad'],
    [4, 'bad'],
    [5, 'event'],
  ]);
});

test('U+FEFF is a mark at the begin of a file, and a letter of a value anywhere else', async () => {
  const rows = 'name,url,timestamp,props.plan\n\ufeffBuy,https://shop.example/,2026-01-01,\ufeffpro\ufeff\n';
  const [[, parsed] = []] = await read('csv', `\ufeff${rows}`);
  expect(parsed).toMatchObject({
    kind: 'event',
    event: { name: '\ufeffBuy', url: 'https://shop.example/', props: { plan: '\ufeffpro\ufeff' } },
  });
});

test('a log of CloudFront by the fields that it names, also when it names others later', async () => {
  const text = [
    '2026-10-10\t11:55:36\tGET\t/early\t200',
    '#Version: 1.0',
    '#Fields: date time cs-method cs-uri-stem sc-status x-host-header',
    '2026-10-10\t11:55:36\tGET\t/a\t200\tshop.example',
    '#Fields: date time sc-status cs-uri-stem cs-method',
    '2026-10-10\t11:55:37\t404\t/b\tGET',
    '2026-10-10\t11:55:38\t200\t/c.js\tGET',
  ].join('\n');
  const all = await read('cloudfront', text);
  expect(all.map(([line, parsed]) => [line, parsed.kind === 'skipped' ? parsed.why : parsed.kind])).toEqual([
    [1, 'bad'],
    [4, 'event'],
    [6, 'status'],
    [7, 'asset'],
  ]);
});

test('a log of JSON lines: requests, what the server says of itself, and what is not JSON', async () => {
  const rows = [
    {
      ts: 1_760_000_000.5,
      logger: 'http.log.access',
      status: 200,
      request: { method: 'GET', uri: '/', host: 'shop.example' },
    },
    { ts: 1_760_000_000.5, logger: 'tls.obtain', msg: 'certificate obtained' },
    { message: 'hello' },
  ].map((row) => JSON.stringify(row));
  const all = await read('json-log', [...rows, '{"ts":', '[1]'].join('\n'));
  expect(kinds(all)).toEqual([
    [1, 'event'],
    [2, 'skipped'],
    [3, 'bad'],
    [4, 'bad'],
    [5, 'bad'],
  ]);
  expect(all[0]?.[1]).toMatchObject({
    event: { timestamp: 1_760_000_000_500, url: 'https://shop.example/' },
  });
});

const EVENTS = ['/a', '/b'].map((path) => ({
  name: 'pageview',
  timestamp: '2026-01-05',
  url: `https://shop.example${path}`,
}));

test.each([
  ['a list in one line', JSON.stringify(EVENTS), [1, 1]],
  ['a list, one a line', `[\n${EVENTS.map((one) => JSON.stringify(one)).join(',\n')}\n]`, [2, 3]],
  ['a list over many lines', JSON.stringify(EVENTS, null, 2), [2, 7]],
  ['a body of the API', JSON.stringify({ site: 's', events: EVENTS, more: ['x'] }), [1, 1]],
  [
    'a body of the API over many lines',
    JSON.stringify({ site: 's', events: EVENTS, more: { a: [1] } }, null, 2),
    [4, 9],
  ],
  [
    'objects over many lines, one behind the other',
    EVENTS.map((one) => JSON.stringify(one, null, 2)).join('\n'),
    [1, 6],
  ],
])('events in %s', async (_, text, lines) => {
  const all = await read('jsonl', text);
  expect(kinds(all)).toEqual(lines.map((line) => [line, 'event']));
  expect(all.map(([, parsed]) => parsed.kind === 'event' && parsed.event.url)).toEqual(
    EVENTS.map(({ url }) => url),
  );
});

test('what is wrong in a document costs no value behind it that begins a line', async () => {
  const [one, two] = EVENTS.map((event) => JSON.stringify(event));
  const broken = '{"name":"pageview","title":"open';
  expect(
    kinds(
      await read('jsonl', `[\n${broken}\n${one},\n7,\n"x",\n{"a":"${'x'.repeat(MAX_LINE)}"},\n${two}\n]`),
    ),
  ).toEqual([
    [2, 'bad'],
    [3, 'event'],
    [4, 'bad'],
    [5, 'bad'],
    [6, 'bad'],
    [7, 'event'],
  ]);
});

test('what nests too deeply is bad, and the lines behind it are read', async () => {
  const deep = '[0,'.repeat(5_000) + ']'.repeat(5_000).replace(/^/, '0');
  const line = (props: string) =>
    `{"name":"a","timestamp":"2026-01-05","url":"https://shop.example/","props":${props}}`;
  expect(kinds(await read('jsonl', `${line('{}')}\n${line(`{"a":${deep}}`)}\n${line('{"a":1}')}`))).toEqual([
    [1, 'event'],
    [2, 'bad'],
    [3, 'event'],
  ]);
});

test('headings are read in capitals, too; names of properties stay as they are', async () => {
  const [[, parsed] = []] = await read(
    'csv',
    'Timestamp,Name,URL,Props.Plan\n2026-01-05,a,https://shop.example/,Pro\n',
  );
  expect(parsed).toMatchObject({ event: { name: 'a', props: { Plan: 'Pro' } } });
});

test('an open quote before endless lines takes no memory', async () => {
  const long = 'x'.repeat(MAX_LINE / 2);
  const all = await read(
    'csv',
    `timestamp,name,url\n2026-01-05,a,"${long}\n${long}\n${long}\n2026-01-05,b,https://shop.example/\n`,
  );
  expect(kinds(all).at(-1)).toEqual([5, 'event']);
});

test('rows of CSV by the line that they begin in, whatever else is wrong', async () => {
  const text = [
    'timestamp;name;url;title',
    '2026-01-05;pageview;https://shop.example/;"two',
    'lines"',
    '2026-01-05;pageview;https://shop.example/',
    '2026-01-05;pageview;https://shop.example/;"open',
    '2026-01-05;pageview;https://shop.example/;last',
  ].join('\n');
  const all = await read('csv', text);
  expect(kinds(all)).toEqual([
    [2, 'event'],
    [4, 'bad'],
    [5, 'bad'],
    [6, 'event'],
  ]);
  expect(all[0]?.[1]).toMatchObject({ event: { title: 'two\nlines' } });
});

test('no file makes a format throw', async () => {
  const names = Object.keys(FORMATS) as FormatName[];
  const letters = fc.constantFrom(
    '{',
    '}',
    '"',
    ':',
    ',',
    '1',
    'a',
    '\n',
    '\t',
    '#',
    ' ',
    '[',
    '\\',
    '\0',
    '\ud800',
  );
  const text = fc.string({ unit: letters, maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      text,
      async (format, content) => void (await read(format, content)),
    ),
    { numRuns: 200 },
  );
});
