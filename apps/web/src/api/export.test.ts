import type { StoredEvent } from '@footfall/core/stored-event';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import { describe, expect, test, vi } from 'vitest';
import { exportResponse, parseExport } from './export.ts';
import { CSV_HEADER, PARQUET_COLUMNS } from './export-columns.ts';

const at = (text: string) => Date.parse(text);
const site = { id: 's', domain: 'shop.example', timezone: 'Europe/Berlin' };

/** A store with chunks of events by local day, which notes the days that it is asked for. */
function fakeStore(days: Record<string, StoredEvent[][]>) {
  const scanned: string[] = [];
  const store = {
    span: async (): Promise<{ from: number; to: number } | null> => ({
      from: at('2026-01-02T10:00:00Z'),
      to: at('2026-01-04T10:00:00Z'),
    }),
    scanSite: async function* (_: string, { from }: { from: number }) {
      // A local day of Berlin begins at 23:00 of the day before.
      const day = new Date(from + 3_600_000).toISOString().slice(0, 10);
      scanned.push(day);
      yield* days[day] ?? [];
    },
  };
  return { store, scanned };
}

/** Stands for the making of a file: the lines themselves. */
async function* fakeParquet(lines: AsyncIterable<string>) {
  for await (const line of lines) yield new TextEncoder().encode(line);
}

const asked = (query: string) => parseExport(new URLSearchParams(query));

const onEnd = vi.fn();

function exported(query: string, { store }: ReturnType<typeof fakeStore>, onError = vi.fn()) {
  return exportResponse(site, asked(query), { store, onError, onEnd, parquetOf: fakeParquet });
}

async function readIds(response: Response): Promise<unknown[]> {
  const lines = (await response.text()).trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { id: string }).id);
}

const DAYS = 'from=2026-01-02&to=2026-01-04';

describe('an export', () => {
  test('goes through the days that the site has, in their order, however many are asked for', async () => {
    const stored = fakeStore({
      '2026-01-02': [[storedEvent({ id: 'a' })], [storedEvent({ id: 'b' })]],
      '2026-01-04': [[storedEvent({ id: 'c' })]],
    });
    const response = await exported('from=0001-01-01&to=9999-12-31&format=jsonl', stored);
    expect(await readIds(response)).toEqual(['a', 'b', 'c']);
    expect(stored.scanned).toEqual(['2026-01-02', '2026-01-03', '2026-01-04']);
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="shop.example_0001-01-01_9999-12-31.jsonl"',
    );
  });

  test('has the events of a visitor together, in the order in which they happened', async () => {
    const event = (id: string, visitor: string, occurredAt: number) =>
      storedEvent({ id, visitor, occurredAt });
    const chunk = [event('b', 'v', 2), event('x', 'w', 1), event('c', 'v', 3), event('a', 'v', 2)];
    expect(
      await readIds(await exported(`${DAYS}&format=jsonl`, fakeStore({ '2026-01-03': [chunk] }))),
    ).toEqual(['a', 'b', 'c', 'x']);
  });

  test('is written in pieces, whole and once, even of a visitor with very many events', async () => {
    const chunk = Array.from({ length: 1_234 }, (_, n) => storedEvent({ id: `e${n}`, occurredAt: n }));
    const response = await exported(`${DAYS}&format=jsonl`, fakeStore({ '2026-01-03': [chunk] }));
    let pieces = 0;
    const text = new TextDecoder();
    let all = '';
    for await (const piece of response.body ?? []) {
      pieces += 1;
      all += text.decode(piece, { stream: true });
    }
    expect(pieces).toBe(3);
    expect(all.trim().split('\n')).toHaveLength(1_234);
    expect(all).toContain('"id":"e1233"');
  });

  test('reads no further than it is taken, and not at all when nobody takes it any more', async () => {
    const stored = fakeStore({
      '2026-01-02': [[storedEvent({ id: 'a' })]],
      '2026-01-03': [[storedEvent({ id: 'b' })]],
      '2026-01-04': [[storedEvent({ id: 'c' })]],
    });
    const { body } = await exported(`${DAYS}&format=jsonl`, stored);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stored.scanned).toEqual(['2026-01-02']);
    const reader = body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stored.scanned).not.toContain('2026-01-04');
  });

  test.each(['csv', 'jsonl'])('that cannot begin is refused, as %s', async (format) => {
    const stored = fakeStore({});
    stored.store.span = () => Promise.reject(new Error('no store'));
    await expect(exported(`${DAYS}&format=${format}`, stored)).rejects.toThrow('no store');
  });

  test('that fails on its way breaks off, so that nobody takes it for whole, and says why', async () => {
    const stored = fakeStore({ '2026-01-02': [[storedEvent({ id: 'a' })]] });
    const { scanSite } = stored.store;
    stored.store.scanSite = async function* (id, span) {
      if (stored.scanned.length === 1) throw new Error('lost');
      yield* scanSite(id, span);
    };
    const onError = vi.fn();
    const response = await exported(DAYS, stored, onError);
    await expect(response.text()).rejects.toThrow('lost');
    expect(onError).toHaveBeenCalledExactlyOnceWith(new Error('lost'));
  });

  test('of a site or of days without events is the row of names', async () => {
    const none = fakeStore({});
    none.store.span = async () => null;
    expect(await (await exported(DAYS, none)).text()).toBe(CSV_HEADER);
    const before = fakeStore({});
    expect(await (await exported('from=2025-01-01&to=2025-12-31', before)).text()).toBe(CSV_HEADER);
    expect(before.scanned).toEqual([]);
  });

  test('of Parquet is made of lines with every column', async () => {
    const answer = await exported(
      `${DAYS}&format=parquet`,
      fakeStore({ '2026-01-02': [[storedEvent({ id: 'a', props: { plan: 'pro' } })]] }),
    );
    expect(answer.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    expect(answer.headers.get('content-disposition')).toContain('.parquet"');
    const row = JSON.parse(await answer.text()) as Record<string, unknown>;
    expect(Object.keys(row)).toEqual(Object.keys(PARQUET_COLUMNS));
    expect(row).toMatchObject({ id: 'a', props: '{"plan":"pro"}', bot: false, scroll: null });
  });

  test('has a name that every header and file system takes', async () => {
    const answer = await exportResponse({ ...site, domain: 'grüße "x"\r\n/../.example' }, asked(DAYS), {
      store: fakeStore({}).store,
      onError: vi.fn(),
      onEnd: vi.fn(),
      parquetOf: fakeParquet,
    });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
  });

  test.each([
    ['to=2026-01-04', 'from'],
    ['from=2026-01-04', 'to'],
    ['from=2026-01-04&to=2026-01-03', 'to'],
    ['from=x&to=2026-01-03', 'from'],
    ['from=2026-01-01&to=2026-01-03&format=xlsx', 'format'],
    ['from=2026-01-01&to=2026-01-03&format=toString', 'format'],
  ])('%s is refused at %s', (query, where) => {
    expect(() => asked(query)).toThrow(expect.objectContaining({ code: 'invalid_parameter', where }));
  });
});
