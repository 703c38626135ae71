import type { RawEvent } from '@footfall/core/raw-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CSV_HEADER, csvLine, EXPORT_COLUMNS, jsonLine } from './export-columns.ts';

const ZONE = 'Europe/Berlin';
const names = Object.keys(EXPORT_COLUMNS);

/** The cells of one record as RFC 4180 has it, by column; throws where it is none. */
function parseCells(record: string): Record<string, string> {
  expect(record.endsWith('\r\n')).toBe(true);
  const cells: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|$)/y;
  const text = record.slice(0, -2);
  for (let more = true; more; ) {
    const [, said = '', end = ''] = cell.exec(text) ?? expect.fail(`no CSV: ${record}`);
    cells.push(said.startsWith('"') ? said.slice(1, -1).replaceAll('""', '"') : said);
    more = end === ',';
  }
  expect(cells).toHaveLength(names.length);
  return Object.fromEntries(cells.map((text, index) => [names[index], text]));
}

const oddText = fc.string({
  unit: fc.constantFrom('a', ',', '"', '\r', '\n', '\t', '=', '+', '-', '@', "'", ' ', 'ß', '🛒'),
});
const oddEvent: fc.Arbitrary<Partial<RawEvent>> = fc.record({
  id: oddText,
  name: oddText,
  title: oddText,
  visitor: oddText,
  order: oddText,
  props: fc.dictionary(oddText, oddText),
});

describe('a line of CSV', () => {
  test('holds what the event says, whatever that is', () => {
    fc.assert(
      fc.property(oddEvent, (raw) => {
        const cells = parseCells(csvLine(storedEvent(raw), ZONE));
        for (const name of ['id', 'name', 'title', 'order'] as const) {
          const text = raw[name] ?? '';
          expect(cells[name]).toBe(/^'*(\s*[=+\-@]|[\t\r\n])/.test(text) ? `'${text}` : text);
        }
        expect(cells.visitor).toBe(raw.visitor);
        expect(JSON.parse(cells.props ?? '')).toEqual({ ...raw.props });
      }),
    );
  });

  test.each([
    '\n=1',
    '  =1',
    '\u00a0@x',
    '\ufeff+1',
    '\u200b-1',
    '\0=1',
    '\u2003\u2028=1',
    '＝1',
    '\n',
    '\r1',
    // Without a quote of its own it could not be told from `=1`, which got one.
    "'=1",
  ])('puts a quote before %j, which a spreadsheet would run', (title) => {
    expect(parseCells(csvLine(storedEvent({ title }), ZONE)).title).toBe(`'${title}`);
  });

  test.each(['Shoes = 10', ' Shoes', '\u00a0', '#1', "'twas"])('leaves %j as it is', (title) => {
    expect(parseCells(csvLine(storedEvent({ title }), ZONE)).title).toBe(title);
  });

  test('says local times to the millisecond, also in the hour that comes twice', () => {
    const event = storedEvent({
      occurredAt: Date.parse('2026-10-25T00:30:00.007Z'),
      receivedAt: Date.parse('2026-10-25T01:30:00Z'),
    });
    expect(parseCells(csvLine(event, ZONE))).toMatchObject({
      occurred_at: '2026-10-25T02:30:00.007+02:00',
      received_at: '2026-10-25T02:30:00.000+01:00',
    });
  });

  test('is empty where the event has nothing, and tells that from zero and no', () => {
    const cells = parseCells(csvLine(storedEvent({ scroll: 0 }), ZONE));
    expect(cells).toMatchObject({ title: '', order: '', engaged_ms: '', scroll: '0', bot: 'false' });
  });

  test('keeps ids of visitors as they are: they are ours, and other systems join by them', () => {
    const cells = parseCells(csvLine(storedEvent({ visitor: '-Zaz09_AZaz09-_A', user: '-7' }), ZONE));
    expect(cells).toMatchObject({ visitor: '-Zaz09_AZaz09-_A', user: "'-7" });
  });

  test('stands under the names of its columns', () => {
    expect(CSV_HEADER).toBe(`${names.join(',')}\r\n`);
  });
});

test('a line of JSON has what the event has, and no more', () => {
  const event = storedEvent({
    name: '=1',
    props: { plan: 'pro' },
    items: [{ sku: '+1', quantity: 2 }],
    scroll: 0,
    revenue: { amount: '12.30', currency: 'EUR' },
  });
  const line = jsonLine(event, ZONE);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  const said = JSON.parse(line) as Record<string, unknown>;
  expect(said).toMatchObject({
    name: '=1',
    props: { plan: 'pro' },
    items: [{ sku: '+1', quantity: 2 }],
    scroll: 0,
    revenue_amount: '12.30',
    bot: false,
  });
  expect(names.filter((name) => !(name in said))).toEqual([
    'user',
    'title',
    'referrer',
    'order',
    'engaged_ms',
    'user_agent',
    'device_model',
    'platform_version',
    'network',
  ]);
});
