import type { RawEvent } from '@footfall/core/raw-event';
import type { StoredEvent } from '@footfall/core/stored-event';
import type { Span } from '../event-store.ts';
import { atOnce, getOrMake, splitItems } from './at-once.ts';
import type { Cluster, Page, Row } from './cluster.ts';
import type { DayShards } from './day-shards.ts';
import { parseDerivedText } from './derived-text.ts';
import { intBytes, keyHash, siteText, textBytes, timeBytes } from './key.ts';
import { candidates } from './shards.ts';
import { READ_VISITORS } from './statements.ts';
import { utcDays, wholeSpan } from './utc-day.ts';

export type ReadPorts = { cluster: Cluster; days: DayShards };
export type VisitorSpan = { siteId: string; visitor: string } & Span;

/** A visitor that is asked for, and for which of the keys. */
type Asked = { bytes: Buffer; indices: number[] };
/** Visitors of one site in one span. */
type Group = { site: string; span: Span; visitors: Map<string, Asked> };
/** One statement: each visitor on each day in each shard. */
type Question = { group: Group; days: readonly number[]; shards: number[]; visitors: readonly Asked[] };

/** Requests on their way at once, of one call. */
const AT_ONCE = 64;
/** Visitors and days of one request: what it finds is held by one node at a time, in pages. */
const [VISITORS_AT_ONCE, DAYS_AT_ONCE] = [50, 10];

/** An event of a row of the table. */
export function toEvent(row: Row): StoredEvent {
  return {
    raw: JSON.parse(row.raw as string),
    derived: parseDerivedText(row.derived as string),
    logicVersion: row.logic_version as number,
  };
}

/** A visitor's bytes as a key of maps, in the order of the table. */
export const visitorKey = (bytes: Buffer): string => bytes.toString('latin1');

function groupSpans(keys: readonly VisitorSpan[]): Group[] {
  const groups = new Map<string, Group>();
  for (const [index, { siteId, visitor, from, to }] of keys.entries()) {
    const group = getOrMake(groups, `${from} ${to} ${siteId}`, () => {
      return { site: siteText(siteId), span: wholeSpan({ from, to }), visitors: new Map() };
    });
    const bytes = textBytes(visitor);
    getOrMake(group.visitors, visitorKey(bytes), () => ({ bytes, indices: [] })).indices.push(index);
  }
  return [...groups.values()];
}

/** The statements that find what a group asks for: visitors that may be in the same shards share one. */
async function planReads(group: Group, { days: book }: ReadPorts): Promise<Question[]> {
  const { first, last } = utcDays(group.span);
  const days = await book.between(group.site, first, last);
  return [...splitItems(DAYS_AT_ONCE, days)].flatMap((some) => {
    const places = new Map<string, { shards: number[]; visitors: Asked[] }>();
    for (const asked of group.visitors.values()) {
      const hash = keyHash(asked.bytes);
      const shards = [...new Set(some.flatMap((day) => candidates(day.shards, hash)))].sort((a, b) => a - b);
      getOrMake(places, shards.join(), () => ({ shards, visitors: [] as Asked[] })).visitors.push(asked);
    }
    const numbers = some.map(({ day }) => day);
    return [...places.values()].flatMap(({ shards, visitors }) =>
      [...splitItems(VISITORS_AT_ONCE, visitors)].map((part) => ({
        group,
        days: numbers,
        shards,
        visitors: part,
      })),
    );
  });
}

/** Of rows, the first so many by time and id. They are decoded for it, which is done to few visitors. */
export function firstRows(rows: readonly Row[], most: number): Row[] {
  const dated = rows.map((row) => {
    const { occurredAt, id } = JSON.parse(row.raw as string) as RawEvent;
    return { row, occurredAt, id };
  });
  dated.sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1));
  return dated.slice(0, most).map(({ row }) => row);
}

/** Rows of a page, when only so many of a visitor are kept. */
const PAGE = 5_000;

/** Hands out what a question finds, a page at a time: a visitor's events may be more than memory has room for. */
async function askPages(
  { group, days, shards, visitors }: Question,
  cluster: Cluster,
  take: (rows: readonly Row[]) => void,
): Promise<void> {
  const { site, span } = group;
  const who = visitors.map(({ bytes }) => bytes);
  const params = [site, days, shards, who, timeBytes(span.from), timeBytes(span.to)];
  const partition = [Buffer.from(site), intBytes(days[0] as number), intBytes(shards[0] as number)];
  let from: string | null = null;
  do {
    const page: Page = await cluster.page(READ_VISITORS, params, { partition, size: PAGE, from });
    take(page.rows);
    from = page.next;
  } while (from !== null);
}

/** The first events of each visitor; of none are more than twice as many held. */
async function readFirst(
  questions: readonly Question[],
  { cluster }: ReadPorts,
  { keys, most }: { keys: number; most: number },
): Promise<StoredEvent[][]> {
  const kept = Array.from({ length: keys }, (): Row[] => []);
  await atOnce(AT_ONCE, questions, (question) =>
    askPages(question, cluster, (rows) => {
      for (const row of rows) {
        for (const index of question.group.visitors.get(visitorKey(row.visitor as Buffer))?.indices ?? []) {
          const own = kept[index] as Row[];
          own.push(row);
          if (own.length >= 2 * most + PAGE) kept[index] = firstRows(own, most);
        }
      }
    }),
  );
  return kept.map((rows) => (rows.length > most ? firstRows(rows, most) : rows).map(toEvent));
}

function ask({ group, days, shards, visitors }: Question, cluster: Cluster): Promise<Row[]> {
  const { site, span } = group;
  const who = visitors.map(({ bytes }) => bytes);
  const params = [site, days, shards, who, timeBytes(span.from), timeBytes(span.to)];
  // A replica of the first partition, and mostly of all there is.
  const partition = [Buffer.from(site), intBytes(days[0] as number), intBytes(shards[0] as number)];
  return cluster.rows(READ_VISITORS, params, { partition });
}

/** All events of each visitor in its span, as {@link import('../event-store.ts').EventStore} promises. */
export async function readVisitors(
  keys: readonly VisitorSpan[],
  ports: ReadPorts,
  most?: number,
): Promise<StoredEvent[][]> {
  const events = keys.map((): StoredEvent[] => []);
  const questions: Question[] = [];
  await atOnce(AT_ONCE, groupSpans(keys), async (group) => {
    for (const question of await planReads(group, ports))
      if (question.days.length > 0) questions.push(question);
  });
  if (most !== undefined) return readFirst(questions, ports, { keys: keys.length, most });
  await atOnce(AT_ONCE, questions, async (question) => {
    for (const row of await ask(question, ports.cluster)) {
      const asked = question.group.visitors.get(visitorKey(row.visitor as Buffer));
      const event = toEvent(row);
      for (const index of asked?.indices ?? []) events[index]?.push(event);
    }
  });
  return events;
}
