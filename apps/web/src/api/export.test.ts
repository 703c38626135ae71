import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import type { Site } from '@footfall/db/site';
import { describe, expect, test } from 'vitest';
import { exportResponse, parseExport } from './export.ts';
import { CSV_HEADER, csvLine, EXPORT_COLUMNS, jsonLine } from './export-columns.ts';

const ZONE = 'Europe/Berlin';
const at = (text: string) => Date.parse(text);

describe('a line', () => {
  const event = storedEvent({
    id: 'e1',
    name: '=HYPERLINK("x")',
    occurredAt: at('2026-10-25T00:30:00.007Z'),
    receivedAt: at('2026-10-25T01:30:00Z'),
    title: 'Mug, "large"\nblue',
    props: { plan: 'pro' },
    scroll: 0,
    items: [{ sku: '+1', quantity: 2 }],
  });

  test('of CSV quotes what has to be, and runs nothing', () => {
    const names = CSV_HEADER.trim().split(',');
    expect(names).toEqual(Object.keys(EXPORT_COLUMNS));
    const line = csvLine(event, ZONE);
    expect(
      line.startsWith(
        'e1,"\'=HYPERLINK(""x"")",2026-10-25T02:30:00.007+02:00,2026-10-25T02:30:00.000+01:00,',
      ),
    ).toBe(true);
    expect(line).toContain('"Mug, ""large""\nblue"');
    expect(line).toContain('"{""plan"":""pro""}"');
    expect(line.endsWith(',0,\r\n')).toBe(true);
  });

  test('of JSON has what the event has', () => {
    expect(JSON.parse(jsonLine(event, ZONE))).toMatchObject({
      id: 'e1',
      props: { plan: 'pro' },
      items: [{ sku: '+1', quantity: 2 }],
      scroll: 0,
    });
    expect(jsonLine(event, ZONE)).not.toContain('engaged_ms');
  });
});

describe('an export', () => {
  const site = { id: 's', domain: 'shop.example', timezone: ZONE } as Site;
  const storeOf = (days: Record<string, StoredEvent[][]>, scanned: string[] = []) => ({
    span: async () => ({ from: at('2026-01-02T10:00:00Z'), to: at('2026-01-04T10:00:00Z') }),
    scanSite: async function* (_: string, { from }: { from: number }) {
      // A local day of Berlin begins at 23:00 of the day before.
      const day = new Date(from + 3_600_000).toISOString().slice(0, 10);
      scanned.push(day);
      yield* days[day] ?? [];
    },
  });
  const asked = (query: string) => parseExport(new URLSearchParams(query));

  test('goes through the days that the site has, in their order', async () => {
    const scanned: string[] = [];
    const store = storeOf(
      {
        '2026-01-02': [[storedEvent({ id: 'a' })], [storedEvent({ id: 'b' })]],
        '2026-01-04': [[storedEvent({ id: 'c' })]],
      },
      scanned,
    );
    const response = exportResponse(site, asked('from=2025-01-01&to=2026-12-31&format=jsonl'), store);
    const lines = (await response.text()).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['a', 'b', 'c']);
    expect(scanned).toEqual(['2026-01-02', '2026-01-03', '2026-01-04']);
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="shop.example_2025-01-01_2026-12-31.jsonl"',
    );
  });

  test('reads no further when nobody takes it', async () => {
    const scanned: string[] = [];
    const store = storeOf({ '2026-01-02': [[storedEvent({ id: 'a' })]] }, scanned);
    const { body } = exportResponse(site, asked('from=2026-01-02&to=2026-01-04'), store);
    const reader = body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(scanned.length).toBeLessThan(3);
  });

  test('of a site without events is the row of names', async () => {
    const store = { ...storeOf({}), span: async () => null };
    expect(await exportResponse(site, asked('from=2026-01-02&to=2026-01-04'), store).text()).toBe(CSV_HEADER);
  });

  test.each([
    ['to=2026-01-04', 'from'],
    ['from=2026-01-04', 'to'],
    ['from=2026-01-04&to=2026-01-03', 'to'],
    ['from=x&to=2026-01-03', 'from'],
    ['from=2026-01-01&to=2026-01-03&format=xlsx', 'format'],
  ])('%s is refused at %s', (query, where) => {
    expect(() => asked(query)).toThrow(expect.objectContaining({ code: 'invalid_parameter', where }));
  });
});
