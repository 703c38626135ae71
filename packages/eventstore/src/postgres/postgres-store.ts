import type { StoredEvent } from '@footfall/core/stored-event';
import { migrate } from '@footfall/postgres/migrate';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import type { EventStore, EventToPut, PutOutcome, Span } from '../event-store.ts';
import { decodeEvent, encodeBody, eventKey } from './codec.ts';

const MIGRATIONS = { owner: 'eventstore', folder: new URL('../../migrations/', import.meta.url) };

// Sorted by key, so that two processors that put the same ids never wait for each other in a circle.
const PUT = `
WITH input AS (
  SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::smallint[], $7::bytea[])
    WITH ORDINALITY AS i(site_id, event_key, occurred_at, visitor, origin, logic_version, body, n)
), added AS (
  INSERT INTO eventstore.event (site_id, event_key, occurred_at, visitor, origin, logic_version, body)
  SELECT site_id, event_key, occurred_at, visitor, origin, logic_version, body FROM input ORDER BY site_id, event_key, n
  ON CONFLICT DO NOTHING RETURNING site_id, event_key, origin
)
SELECT i.n::int FROM input i JOIN added a USING (site_id, event_key, origin)`;

// A row that another transaction was just inserting is invisible to the statement that ran into it, hence a second look.
const SAME_ORIGIN = `
SELECT i.n::int FROM unnest($1::text[], $2::uuid[], $3::text[]) WITH ORDINALITY AS i(site_id, event_key, origin, n)
JOIN eventstore.event e USING (site_id, event_key, origin)`;

const READ_VISITORS = `
SELECT k.n::int, e.logic_version, e.body
FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS k(site_id, visitor, "from", "to", n)
JOIN eventstore.event e ON e.site_id = k.site_id AND e.visitor = k.visitor AND e.occurred_at >= k."from" AND e.occurred_at < k."to"`;

const SCAN_VISITORS = `
SELECT visitor, count(*)::int AS events FROM eventstore.event
WHERE site_id = $1 AND occurred_at >= $2 AND occurred_at < $3 GROUP BY visitor ORDER BY visitor`;

const SCAN_EVENTS = `
SELECT logic_version, body FROM eventstore.event
WHERE site_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND visitor = ANY($4)`;

/** Events in one chunk of a scan, unless a single visitor has more: bounds memory. */
const CHUNK = 5_000;

type EventRow = { logic_version: number; body: Buffer };

function columnsOf(events: readonly EventToPut[], keys: readonly string[]): unknown[] {
  return [
    events.map(({ event }) => event.raw.siteId),
    keys,
    events.map(({ event }) => event.raw.occurredAt),
    events.map(({ event }) => event.raw.visitor),
    events.map(({ origin }) => origin),
    events.map(({ event }) => event.logicVersion),
    events.map(({ event }) => encodeBody(event)),
  ];
}

/** Visitors in groups of at most {@link CHUNK} events together. */
function chunksOf(visitors: readonly { visitor: string; events: number }[]): string[][] {
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

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async put(events: readonly EventToPut[]): Promise<PutOutcome[]> {
    if (events.length === 0) return [];
    const keys = events.map(({ event }) => eventKey(event.raw.id));
    const added = await this.#pool.query<{ n: number }>({
      name: 'put',
      text: PUT,
      values: columnsOf(events, keys),
    });
    const outcomes = events.map((): PutOutcome => 'duplicate');
    for (const { n } of added.rows) outcomes[n - 1] = 'stored';
    await this.#markRedelivered(events, keys, outcomes);
    return outcomes;
  }

  async #markRedelivered(
    events: readonly EventToPut[],
    keys: readonly string[],
    outcomes: PutOutcome[],
  ): Promise<void> {
    const known = outcomes.flatMap((outcome, index) => (outcome === 'duplicate' ? [index] : []));
    if (known.length === 0) return;
    const values = [
      known.map((index) => events[index]?.event.raw.siteId),
      known.map((index) => keys[index]),
      known.map((index) => events[index]?.origin),
    ];
    const { rows } = await this.#pool.query<{ n: number }>({
      name: 'same-origin',
      text: SAME_ORIGIN,
      values,
    });
    for (const { n } of rows) outcomes[known[n - 1] as number] = 'stored';
  }

  async readVisitors(
    keys: readonly ({ siteId: string; visitor: string } & Span)[],
  ): Promise<StoredEvent[][]> {
    const events = keys.map((): StoredEvent[] => []);
    if (keys.length === 0) return events;
    const values = [
      keys.map(({ siteId }) => siteId),
      keys.map(({ visitor }) => visitor),
      keys.map(({ from }) => from),
      keys.map(({ to }) => to),
    ];
    const { rows } = await this.#pool.query<EventRow & { n: number }>({
      name: 'read-visitors',
      text: READ_VISITORS,
      values,
    });
    for (const row of rows) events[row.n - 1]?.push(decodeEvent(row));
    return events;
  }

  async *scanSite(siteId: string, { from, to }: Span): AsyncGenerator<StoredEvent[]> {
    const span = [siteId, from, to];
    const { rows: visitors } = await this.#pool.query<{ visitor: string; events: number }>(
      SCAN_VISITORS,
      span,
    );
    for (const chunk of chunksOf(visitors)) {
      const { rows } = await this.#pool.query<EventRow>(SCAN_EVENTS, [...span, chunk]);
      yield rows.map(decodeEvent);
    }
  }

  async deleteVisitor(siteId: string, visitor: string, { from, to }: Span): Promise<number> {
    const { rowCount } = await this.#pool.query(
      'DELETE FROM eventstore.event WHERE site_id = $1 AND visitor = $2 AND occurred_at >= $3 AND occurred_at < $4',
      [siteId, visitor, from, to],
    );
    return rowCount ?? 0;
  }

  async deleteSite(siteId: string): Promise<number> {
    const { rowCount } = await this.#pool.query('DELETE FROM eventstore.event WHERE site_id = $1', [siteId]);
    return rowCount ?? 0;
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
export async function preparePostgresStore(url: string): Promise<void> {
  const pool = connectPool(url, { name: 'migrate', max: 1 });
  try {
    await migrate(pool, MIGRATIONS);
  } finally {
    await pool.end();
  }
}
