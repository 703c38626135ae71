import { ADD, ALL, type Grants, KEEP, READ, REMOVE } from '@footfall/postgres/grants';
import { migrationProvision } from '@footfall/postgres/migrate';
import { connectPool, type Pool, type PoolOptions, transaction } from '@footfall/postgres/pool';
import type { EventStore, Span } from '../event-store.ts';
import { columnText, dayAndTime, eventKey, toBounds, toInstant, visitorBytes } from './columns.ts';
import { sayMemo } from './interned.ts';
import { putEvents } from './put.ts';
import { readVisitors, scanSite } from './read.ts';
import { siteNumbers } from './sites.ts';
import {
  DELETE_BEFORE,
  DELETE_EVENTS,
  DELETE_KEYS,
  DELETE_SITE,
  DELETE_TERMS,
  DELETE_VISITOR,
  HOLD_SITE,
  SPAN,
} from './statements.ts';
import { openTerms } from './terms.ts';

/** Events are written once, by the processor; the aggregator deletes what a merchant takes out again, the scheduler what is old and whole sites. Who writes or deletes holds the site's row against the other, which takes the right to change it. */
const GRANTS: Grants = {
  tables: {
    'eventstore.site': { processor: KEEP, aggregator: READ, scheduler: ALL, web: READ, admin: ALL },
    'eventstore.term': { processor: ADD, aggregator: READ, scheduler: REMOVE, web: READ, admin: ALL },
    'eventstore.order_claim': { processor: ALL, admin: ALL },
    'eventstore.event': { processor: ADD, aggregator: REMOVE, scheduler: REMOVE, web: READ, admin: ALL },
  },
};

const MIGRATIONS = {
  owner: 'eventstore',
  folder: new URL('../../migrations/', import.meta.url),
  grants: GRANTS,
};

type SpanRow = { first_day: number; first_time: number; last_day: number; last_time: number };

async function readSpan(pool: Pool, siteId: string): Promise<Span | null> {
  const { rows } = await pool.query<SpanRow>(SPAN, [columnText(siteId)]);
  const [row] = rows;
  if (row === undefined) return null;
  return { from: toInstant(row.first_day, row.first_time), to: toInstant(row.last_day, row.last_time) };
}

async function deleteVisitor(pool: Pool, siteId: string, visitor: string, span: Span): Promise<number> {
  const { firstDay, firstTime, lastDay, lastTime } = toBounds(span);
  const who = visitorBytes(columnText(visitor));
  const values = [columnText(siteId), firstDay, firstTime, lastDay, lastTime, who];
  return (await pool.query(DELETE_VISITOR, values)).rowCount ?? 0;
}

function deleteSite(pool: Pool, siteId: string): Promise<number> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ site: number }>(HOLD_SITE, [columnText(siteId)]);
    const [row] = rows;
    if (row === undefined) return 0;
    const { rowCount } = await client.query(DELETE_EVENTS, [row.site]);
    await client.query(DELETE_TERMS, [row.site]);
    await client.query(DELETE_SITE, [row.site]);
    return rowCount ?? 0;
  });
}

/** Opens the store in a database that {@link POSTGRES_STORE} has prepared: what one machine runs for years. */
export function openPostgresStore(
  url: string,
  { name, role }: Pick<PoolOptions, 'name' | 'role'>,
): EventStore {
  const pool = connectPool(url, { name: `${name}-events`, max: 4, role });
  const ports = { pool, sites: siteNumbers(pool), terms: openTerms(pool), memo: sayMemo() };
  return {
    put: (events) => putEvents(events, ports),
    readVisitors: (keys, most) => readVisitors(keys, ports, most),
    scanSite: (siteId, span, most) => scanSite({ siteId, span, most }, ports),
    span: (siteId) => readSpan(pool, siteId),
    deleteVisitor: (siteId, visitor, span) => deleteVisitor(pool, siteId, visitor, span),
    deleteEvents: async (siteId, events) => {
      const keys = events.map(({ id }) => eventKey(id));
      return (await pool.query(DELETE_KEYS, [columnText(siteId), keys])).rowCount ?? 0;
    },
    deleteBefore: async (siteId, before) =>
      (await pool.query(DELETE_BEFORE, [columnText(siteId), dayAndTime(before).day])).rowCount ?? 0,
    deleteSite: (siteId) => deleteSite(pool, siteId),
    ping: async () => {
      await pool.query('SELECT 1 FROM eventstore.event LIMIT 1');
    },
    close: () => pool.end(),
  };
}

/** The tables of the store. */
export const POSTGRES_STORE = migrationProvision(MIGRATIONS);
