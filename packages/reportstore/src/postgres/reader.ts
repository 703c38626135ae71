import type { Counts, MoneyPart } from '@footfall/core/part';
import type {
  FactScope,
  FlowQuery,
  FlowRow,
  FunnelQuery,
  PartQuery,
  PartRow,
  Scope,
  TopQuery,
  TopRows,
  UserDay,
} from '@footfall/core/part-query';
import { withoutBots } from '@footfall/core/query/plan';
import { inSlices } from '@footfall/core/query/slices';
import { DUCKDB } from '../duckdb/dialect.ts';
import { reportStoreFailure } from '../errors.ts';
import type { ReportReader } from '../report-store.ts';
import { type Resolve, resolveByTexts, resolveKeys, resolveOr, resolver } from '../resolve.ts';
import { boundRows, limitRows, MOST_ROWS, topRows } from '../sql/bound.ts';
import { compileFacts } from '../sql/compile-facts.ts';
import { compileFlow, compileFunnel, compileUserDays } from '../sql/compile-paths.ts';
import { compileRollUps, type RollUpsQuery } from '../sql/compile-roll-ups.ts';
import { type FactSource, type FactsQuery, within } from '../sql/fact-source.ts';
import { type Sql, sql, statement } from '../sql/sql.ts';
import { dayStates } from './days.ts';
import { POSTGRES } from './dialect.ts';
import { distinctTexts, isNativeToPostgres } from './distinct-texts.ts';
import { fileResolver } from './file-patterns.ts';
import { inTurn } from './in-turn.ts';
import {
  canAnswer,
  factSource,
  fileRelation,
  hasOpenDays,
  type Known,
  type ReaderPorts,
  sealedMonths,
} from './whereabouts.ts';

type Row = readonly (string | number | null)[];

async function askPostgres({ client }: ReaderPorts, query: Sql): Promise<Row[]> {
  const { text, values } = statement(query);
  const { rows } = await client.query<(string | number | null)[]>({ text, values, rowMode: 'array' });
  return rows;
}

/** @throws Failure `too_many_rows` */
function fewEnough(rows: Row[]): Row[] {
  if (rows.length <= MOST_ROWS) return rows;
  throw reportStoreFailure('too_many_rows', `the report has more than ${MOST_ROWS} rows to add up`);
}

async function askDuck({ duck, time }: ReaderPorts, query: Sql): Promise<Row[]> {
  const asking = { timeoutMs: time.left(), pause: time.pause };
  return fewEnough(await duck.ask(statement(limitRows(query)), asking));
}

const openFacts = ({ siteId, generation }: Scope): Sql =>
  sql`(SELECT * FROM reportstore.event_fact WHERE site_id = ${siteId} AND generation = ${generation}::integer) AS fact`;

/** What roll-ups of earlier versions lack is counted from their facts. */
async function askRollUps(query: RollUpsQuery, known: Known): Promise<Row[]> {
  const months = await sealedMonths(query, known);
  const ask = (asked: Sql) => askDuck(known, asked);
  const rolledUp = months.filter(({ contents }) => canAnswer(query, contents));
  const others = months.filter((month) => !rolledUp.includes(month));
  const rows: Row[] = [];
  if (rolledUp.length > 0) {
    const relation = fileRelation('rollUps', rolledUp, known);
    rows.push(...(await ask(boundRows(compileRollUps(query, { dialect: DUCKDB, relation }), query, DUCKDB))));
  }
  if (others.length > 0) {
    const facts: FactsQuery = { ...query, source: 'facts', filter: withoutBots(null), between: null };
    rows.push(...(await ask(PARTS.compile(facts, factSource(others, known)))));
  }
  return rows;
}

function resolverFor(scope: Scope, ports: ReaderPorts): Resolve {
  const asker = { owner: scope.siteId, time: ports.time };
  const resolveMatch = resolveByTexts({
    isNative: isNativeToPostgres,
    texts: async (dimension) => {
      const from = sql`${openFacts(scope)} WHERE ${within(scope)}`;
      return (await askPostgres(ports, distinctTexts(dimension, from, POSTGRES))).map(([text]) =>
        String(text),
      );
    },
    find: (match, texts) => ports.matcher.find(match, texts, asker),
  });
  return resolver(resolveMatch);
}

/** One kind of question to facts: its SQL, and how a question is made ready for Postgres. */
type Kind<Q extends FactScope> = {
  compile: (query: Q, source: FactSource) => Sql;
  ready: (query: Q, ready: Resolve) => Promise<Q>;
};

const PARTS: Kind<FactsQuery> = {
  compile: (query, source) => boundRows(compileFacts(query, source), query, source.dialect),
  ready: async (query, ready) => ({
    ...query,
    filter: await resolveOr(query.filter, ready),
    groupBy: await resolveKeys(query.groupBy, ready),
  }),
};
const FUNNEL: Kind<FunnelQuery> = {
  compile: compileFunnel,
  ready: async (query, ready) => {
    const steps = [];
    for (const step of query.steps) steps.push(await ready(step));
    return { ...query, filter: await resolveOr(query.filter, ready), steps };
  },
};
const FLOW: Kind<FlowQuery> = {
  compile: compileFlow,
  ready: async (query, ready) => ({
    ...query,
    filter: await resolveOr(query.filter, ready),
    page: await ready(query.page),
  }),
};
const USER_DAYS: Kind<FactScope> = {
  compile: compileUserDays,
  ready: async (query, ready) => ({ ...query, filter: await resolveOr(query.filter, ready) }),
};

/** Rows of open days from Postgres and of sealed ones from files: no day is in both. */
async function askFacts<Q extends FactScope>(kind: Kind<Q>, query: Q, known: Known): Promise<Row[]> {
  const months = await sealedMonths(query, known);
  const ofFiles = async () => {
    if (months.length === 0) return [];
    const source = factSource(months, known);
    const ready = await kind.ready(query, fileResolver(query, source, known));
    return askDuck(known, kind.compile(ready, source));
  };
  const ofRows = async () => {
    if (!(await hasOpenDays(query, known))) return [];
    const ready = await kind.ready(query, resolverFor(query, known));
    const source = { dialect: POSTGRES, relation: openFacts(query) };
    return fewEnough(await askPostgres(known, limitRows(kind.compile(ready, source))));
  };
  const [rows, more] = await Promise.all([ofFiles(), ofRows()]);
  return [...rows, ...more];
}

const TOP: Kind<FactsQuery & TopQuery> = {
  compile: (query, source) => topRows(compileFacts(query, source), query, source.dialect),
  ready: async (query, ready) => ({ ...query, ...(await PARTS.ready(query, ready)) }) as typeof query,
};

/** Rows of the first groups; null where they are in more than one place. */
async function askTop(query: TopQuery, known: Known): Promise<Row[] | null> {
  const months = await sealedMonths(query, known);
  if (query.source === 'facts') {
    const isMixed = months.length > 0 && (await hasOpenDays(query, known));
    return isMixed ? null : askFacts(TOP, query, known);
  }
  if (months.length === 0) return [];
  if (!months.every(({ contents }) => canAnswer(query, contents))) return null;
  const relation = fileRelation('rollUps', months, known);
  return askDuck(known, topRows(compileRollUps(query, { dialect: DUCKDB, relation }), query, DUCKDB));
}

function partRow(query: PartQuery, row: Row): PartRow {
  const width = query.groupBy.length;
  const key = row.slice(0, width).map(String);
  const values = row.slice(width);
  if (query.relation === 'money') {
    const amounts = query.parts.map((part: MoneyPart, index) => [part, BigInt(values[index] ?? 0)]);
    return { key, counts: {}, amounts: Object.fromEntries(amounts) };
  }
  const counts: Partial<Counts> = {};
  query.parts.forEach((part, index) => {
    counts[part] = Number(values[index] ?? 0);
  });
  return { key, counts };
}

/** Lends a reader on a connection that is in a transaction of one snapshot. */
export async function withReader<T>(
  given: ReaderPorts,
  use: (reader: ReportReader) => Promise<T>,
): Promise<T> {
  const client = inTurn(given.client, given.time);
  try {
    return await use(createReader({ ...given, client, whereabouts: new Map() }));
  } finally {
    await client.end();
  }
}

async function partRows(query: PartQuery, rows: readonly Row[], { time }: Known): Promise<PartRow[]> {
  const answered: PartRow[] = [];
  await inSlices(rows, time.pause, (row) => answered.push(partRow(query, row)));
  return answered;
}

function createReader(ports: Known): ReportReader {
  return {
    dayStates: (siteId, generation, from, to) => dayStates(ports, { siteId, generation }, { from, to }),
    run: async (query) => {
      const rows =
        query.source === 'rollUps' ? await askRollUps(query, ports) : await askFacts(PARTS, query, ports);
      return partRows(query, rows, ports);
    },
    top: async (query): Promise<TopRows | null> => {
      const rows = await askTop(query, ports);
      // The number of groups stands behind the parts.
      return rows && { rows: await partRows(query, rows, ports), groups: Number(rows[0]?.at(-1) ?? 0) };
    },
    funnel: async (query) => {
      const rows = await askFacts(FUNNEL, query, ports);
      return query.steps.map((_, index) => rows.reduce((sum, row) => sum + Number(row[index] ?? 0), 0));
    },
    flow: async (query) =>
      (await askFacts(FLOW, query, ports)).map(
        ([direction, page, pageviews]): FlowRow => ({
          direction: direction as FlowRow['direction'],
          page: page === null ? null : String(page),
          pageviews: Number(pageviews),
        }),
      ),
    userDays: async (query) =>
      (await askFacts(USER_DAYS, query, ports)).map(
        ([day, userId]): UserDay => ({ day: String(day), userId: String(userId) }),
      ),
    pause: ports.time.pause,
  };
}
