import type { StoredEvent } from '@footfall/core/stored-event';
import { migrateDatabase } from '@footfall/postgres/migrate';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import type { EventStore, EventToPut, PutOutcome, Span } from '../event-store.ts';
import { columnsOf, columnText, decodeEvent, type EventColumns, encodeBody } from './codec.ts';
import {
  DELETE_SITE,
  DELETE_VISITOR,
  NAME_SITES,
  PUT,
  READ,
  SAME_ORIGIN,
  SCAN_VISITORS,
} from './statements.ts';

const MIGRATIONS = { owner: 'eventstore', folder: new URL('../../migrations/', import.meta.url) };

/** Events in one chunk of a scan, unless a single visitor has more: bounds memory. */
const CHUNK = 5_000;

type VisitorSpan = { siteId: string; visitor: string } & Span;
type VisitorRow = { visitor: string; events: number };
type EventRow = { n: number; event_key: string; occurred_at: number; logic_version: number; body: Buffer };
type ToPut = { columns: EventColumns; origin: string; event: StoredEvent };

/** Visitors in groups of at most {@link CHUNK} events together. */
function chunksOf(visitors: readonly VisitorRow[]): string[][] {
  const chunks: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const { visitor, events } of visitors) {
    if (size + events > CHUNK) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(visitor);
    size += events;
  }
  return chunks;
}

/** The event store on Postgres: what one machine runs for years. */
class PostgresStore implements EventStore {
  readonly #pool: Pool;
  /** Sites that surely have their number. */
  readonly #named = new Set<string>();

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async put(events: readonly EventToPut[]): Promise<PutOutcome[]> {
    const list = events.map(
      ({ event, origin }): ToPut => ({ event, origin: columnText(origin), columns: columnsOf(event.raw) }),
    );
    const outcomes = list.map((): PutOutcome => 'duplicate');
    if (list.length === 0) return outcomes;
    await this.#nameSites(list);
    for (const index of await this.#insert(list)) outcomes[index] = 'stored';
    const known = [...outcomes.keys()].filter((index) => outcomes[index] === 'duplicate');
    for (const index of await this.#sameOrigin(list, known)) outcomes[index] = 'stored';
    return outcomes;
  }

  async #nameSites(list: readonly ToPut[]): Promise<void> {
    const siteIds = new Set(list.map(({ columns }) => columns.siteId));
    const unknown = [...siteIds.difference(this.#named)];
    if (unknown.length === 0) return;
    await this.#pool.query(NAME_SITES, [unknown.sort()]);
    for (const siteId of unknown) this.#named.add(siteId);
  }

  /** Answers the indices of those that were not there. */
  async #insert(list: readonly ToPut[]): Promise<number[]> {
    const { rows } = await this.#pool.query<{ n: number }>(PUT, [
      list.map(({ columns }) => columns.siteId),
      list.map(({ columns }) => columns.eventKey),
      list.map(({ columns }) => columns.occurredAt),
      list.map(({ columns }) => columns.visitor),
      list.map(({ origin }) => origin),
      list.map(({ event }) => event.logicVersion),
      list.map(({ event, columns }) => encodeBody(event, columns)),
    ]);
    return rows.map(({ n }) => n - 1);
  }

  /** Of the given indices, those whose event is there from the same origin. */
  async #sameOrigin(list: readonly ToPut[], indices: readonly number[]): Promise<number[]> {
    if (indices.length === 0) return [];
    const asked = indices.flatMap((index) => list[index] ?? []);
    const { rows } = await this.#pool.query<{ n: number }>(SAME_ORIGIN, [
      asked.map(({ columns }) => columns.siteId),
      asked.map(({ columns }) => columns.eventKey),
      asked.map(({ origin }) => origin),
    ]);
    return rows.flatMap(({ n }) => indices[n - 1] ?? []);
  }

  async readVisitors(keys: readonly VisitorSpan[]): Promise<StoredEvent[][]> {
    const events = keys.map((): StoredEvent[] => []);
    if (keys.length === 0) return events;
    const asked = keys.map(({ siteId, visitor, from, to }) => ({
      siteId: columnText(siteId),
      visitor: columnText(visitor),
      from,
      to,
    }));
    const { rows } = await this.#pool.query<EventRow>(READ, [
      asked.map(({ siteId }) => siteId),
      asked.map(({ visitor }) => visitor),
      asked.map(({ from }) => from),
      asked.map(({ to }) => to),
    ]);
    for (const row of rows) {
      const key = asked[row.n - 1];
      if (key === undefined) continue;
      const { siteId, visitor } = key;
      const columns = { siteId, visitor, eventKey: row.event_key, occurredAt: row.occurred_at };
      events[row.n - 1]?.push(decodeEvent(columns, row));
    }
    return events;
  }

  async *scanSite(siteId: string, { from, to }: Span): AsyncGenerator<StoredEvent[]> {
    const { rows } = await this.#pool.query<VisitorRow>(SCAN_VISITORS, [columnText(siteId), from, to]);
    for (const visitors of chunksOf(rows)) {
      const events = await this.readVisitors(visitors.map((visitor) => ({ siteId, visitor, from, to })));
      yield events.flat();
    }
  }

  async deleteVisitor(siteId: string, visitor: string, { from, to }: Span): Promise<number> {
    const values = [columnText(siteId), columnText(visitor), from, to];
    return (await this.#pool.query(DELETE_VISITOR, values)).rowCount ?? 0;
  }

  async deleteSite(siteId: string): Promise<number> {
    return (await this.#pool.query(DELETE_SITE, [columnText(siteId)])).rowCount ?? 0;
  }

  async ping(): Promise<void> {
    await this.#pool.query('SELECT 1 FROM eventstore.event LIMIT 1');
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

/** Opens the store in a database that {@link preparePostgresStore} has prepared. */
export function openPostgresStore(url: string, { name }: { name: string }): EventStore {
  return new PostgresStore(connectPool(url, { name: `${name}-events`, max: 4 }));
}

/** Applies the migrations of the store. */
export function preparePostgresStore(url: string): Promise<void> {
  return migrateDatabase(url, MIGRATIONS);
}
