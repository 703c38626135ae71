import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FACT_COLUMNS } from '@footfall/core/dimension';
import type { EventFact, VisitorDayFacts } from '@footfall/core/fact';
import { FACT_FIELD_NAMES } from '@footfall/core/fact-field';
import { type Pool, type PoolClient, transaction } from '@footfall/postgres/pool';
import { from as copyFrom } from 'pg-copy-streams';
import { ITEM_SUMS, itemsText, propsText, toMicrosText } from '../facts.ts';
import type { DayKey, ReportStore, TouchedDay } from '../report-store.ts';
import { columnName, storable } from '../sql/columns.ts';
import { DAYS_GIVEN, dayArrays } from './days.ts';

type Cell = string | number | boolean | null;
type Row = { of: VisitorDayFacts; fact: EventFact; ordinal: number };

/** Every column of `event_fact`, and where its value comes from. */
const CELLS: Readonly<Record<string, (row: Row) => Cell>> = {
  site_id: ({ of }) => of.siteId,
  generation: ({ of }) => of.generation,
  day: ({ of }) => of.day,
  visitor: ({ of }) => of.visitor,
  ordinal: ({ ordinal }) => ordinal,
  at: ({ fact }) => fact.at,
  hour: ({ fact }) => fact.hour,
  visit: ({ fact }) => fact.visit,
  visit_hour: ({ fact }) => fact.visitHour,
  ...Object.fromEntries(
    ITEM_SUMS.map(({ column, of }) => [columnName(column), ({ fact }: Row) => of(fact)] as const),
  ),
  ...Object.fromEntries(
    FACT_FIELD_NAMES.map((field) => [columnName(field), ({ fact }: Row) => fact[field]] as const),
  ),
  ...Object.fromEntries(
    FACT_COLUMNS.map((column) => [columnName(column), ({ fact }: Row) => fact[column]] as const),
  ),
  currency: ({ fact }) => fact.currency,
  amount: ({ fact }) => toMicrosText(fact.amount),
  props: ({ fact }) => propsText(fact),
  items: ({ fact }) => itemsText(fact),
};

/** The columns of `event_fact`, in the order in which they are written. */
export const EVENT_FACT_COLUMNS: readonly string[] = Object.keys(CELLS);

// Measured with 5,000 facts: COPY takes 0.1 s, INSERT from unnest or json_to_recordset 0.2 s and more.
const COPY = `COPY reportstore.event_fact (${EVENT_FACT_COLUMNS.join(', ')}) FROM STDIN`;

/** Facts whose lines are made and sent at a time. */
const CHUNK = 500;

type VisitorDay = Parameters<ReportStore['replaceVisitorDays']>[0][number];

/**
 * Replaces visitor-days in one transaction. The states of their days are locked first and in one order, so that two
 * writers of the same days wait for each other and neither sees half of the other's work. A day that is sealed is touched only.
 * Answers the days that are behind.
 */
export async function replaceVisitorDays(pool: Pool, visitorDays: readonly VisitorDay[]): Promise<DayKey[]> {
  if (visitorDays.length === 0) return [];
  const last = new Map(visitorDays.map((one) => [visitorDayKey(one), one]));
  return transaction(pool, async (client) => {
    const { sealed, behind } = await touch(client, [...last.values()]);
    const replaced = [...last.values()].filter((one) => !sealed.has(dayKey(one)));
    if (replaced.length === 0) return behind;
    await deleteFacts(client, replaced);
    if (replaced.some(({ facts }) => facts.length > 0)) {
      await pipeline(Readable.from(lines(replaced)), client.query(copyFrom(COPY)));
    }
    return behind;
  });
}

const dayKey = ({ siteId, generation, day }: DayKey): string => JSON.stringify([siteId, generation, day]);

function visitorDayKey({ siteId, generation, day, visitor }: VisitorDayFacts): string {
  return JSON.stringify([siteId, generation, day, visitor]);
}

type Touched = DayKey & { sealed: boolean; behind: boolean };

/**
 * Raises the versions of days that are about to change; answers which of them are sealed, and so are behind from now on. One that
 * waits to be sealed for the first time may be so without what changes now, which then counts as missing, too.
 */
async function touch(
  client: PoolClient,
  days: readonly TouchedDay[],
): Promise<{ sealed: Set<string>; behind: DayKey[] }> {
  const given = dayArrays(days);
  const { rows } = await client.query<Touched>(
    `INSERT INTO reportstore.day_state AS state (site_id, generation, day, version)
     SELECT site_id, generation, day, 1 FROM (${DAYS_GIVEN}) AS given
     ON CONFLICT (site_id, generation, day) DO UPDATE SET version = state.version + 1
     RETURNING site_id AS "siteId", generation, to_char(day, 'YYYY-MM-DD') AS day,
       sealed_version IS NOT NULL AS sealed, sealed_version IS NOT NULL OR dirty_since IS NOT NULL AS behind`,
    given,
  );
  const behind = rows.filter((row) => row.behind);
  if (behind.length > 0) {
    await client.query(
      `UPDATE reportstore.day_state AS state SET dirty_since = least(state.dirty_since, given.received_at)
       FROM (${DAYS_GIVEN}) AS given
       WHERE (state.site_id, state.generation, state.day) = (given.site_id, given.generation, given.day)
         AND (state.sealed_version IS NOT NULL OR state.dirty_since IS NOT NULL)`,
      given,
    );
  }
  return {
    sealed: new Set(rows.filter(({ sealed }) => sealed).map(dayKey)),
    behind: behind.map(({ siteId, generation, day }) => ({ siteId, generation, day })),
  };
}

async function deleteFacts(client: PoolClient, visitorDays: readonly VisitorDayFacts[]): Promise<void> {
  await client.query(
    `DELETE FROM reportstore.event_fact AS fact
     USING unnest($1::text[], $2::integer[], $3::date[], $4::text[]) AS gone (site_id, generation, day, visitor)
     WHERE fact.site_id = gone.site_id AND fact.generation = gone.generation
       AND fact.day = gone.day AND fact.visitor = gone.visitor`,
    visitorDayArrays(visitorDays),
  );
}

function visitorDayArrays(visitorDays: readonly VisitorDayFacts[]): (string | number)[][] {
  return [
    visitorDays.map(({ siteId }) => siteId),
    visitorDays.map(({ generation }) => generation),
    visitorDays.map(({ day }) => day),
    visitorDays.map(({ visitor }) => visitor),
  ];
}

/** The facts in COPY's text format, some lines at a time. */
function* lines(visitorDays: readonly VisitorDayFacts[]): Generator<string> {
  const cells = Object.values(CELLS);
  let chunk: string[] = [];
  for (const of of visitorDays) {
    for (const [ordinal, fact] of of.facts.entries()) {
      const row = { of, fact, ordinal };
      chunk.push(`${cells.map((cell) => copyText(cell(row))).join('\t')}\n`);
      if (chunk.length === CHUNK) {
        yield chunk.join('');
        chunk = [];
      }
    }
  }
  yield chunk.join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyText(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell !== 'string') return String(cell);
  const text = storable(cell);
  // Most text needs no escape, and looking is cheaper than replacing.
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string)
    : text;
}
