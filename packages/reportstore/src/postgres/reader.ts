import path from 'node:path';
import type { Counts, MoneyPart } from '@footfall/core/part';
import type {
  FactScope,
  FlowQuery,
  FlowRow,
  FunnelQuery,
  PartQuery,
  PartRow,
  Scope,
  UserDay,
} from '@footfall/core/part-query';
import { withoutBots } from '@footfall/core/query/plan';
import { inSlices } from '@footfall/core/query/slices';
import type { PoolClient } from '@footfall/postgres/pool';
import { DUCKDB } from '../duckdb/dialect.ts';
import type { Duck } from '../duckdb/duckdb.ts';
import type { Contents } from '../duckdb/layout.ts';
import { selectedFrom } from '../duckdb/table-file.ts';
import type { TextMatcher } from '../duckdb/text-matcher.ts';
import { reportStoreFailure } from '../errors.ts';
import type { ReaderTime } from '../reader-time.ts';
import type { ReportReader } from '../report-store.ts';
import { type Resolve, resolveByTexts, resolveKeys, resolveOr, resolver } from '../resolve.ts';
import { rollUpDimension } from '../roll-up-dimension.ts';
import { boundRows, limitRows, MOST_ROWS } from '../sql/bound.ts';
import { columnName } from '../sql/columns.ts';
import { compileFacts } from '../sql/compile-facts.ts';
import { compileFlow, compileFunnel, compileUserDays } from '../sql/compile-paths.ts';
import { compileRollUps, type RollUpsQuery } from '../sql/compile-roll-ups.ts';
import { type FactSource, type FactsQuery, within } from '../sql/fact-source.ts';
import { join, Sql, sql, statement } from '../sql/sql.ts';
import { dayStates } from './days.ts';
import { POSTGRES } from './dialect.ts';
import { distinctTexts, isNativeToPostgres } from './distinct-texts.ts';
import type { FileFormats } from './file-formats.ts';
import { fileResolver } from './file-patterns.ts';
import { type FormattedFiles, MONTH_FILES, type MonthFiles } from './month-files.ts';

type Row = readonly (string | number | null)[];

/** A connection that is asked one thing after the other; see {@link inTurn}. */
type Snapshot = Pick<PoolClient, 'query'>;

/** What a reader reads from: one snapshot of Postgres, and files that never change. */
export type ReaderPorts = {
  client: Snapshot;
  duck: Duck;
  filesDir: string;
  formats: FileFormats;
  time: ReaderTime;
  matcher: TextMatcher;
};

/** A statement may take so much longer than its reader has time, milliseconds: to tell Postgres costs as much as a small question. */
const SHORTEN_MS = 500;

type Turns = Snapshot & {
  /** Waits for the question that is being answered; later ones are refused. */
  end(): Promise<void>;
};

/**
 * A connection for many who ask at once: the driver takes one question at a time. When one of them fails, the others must not go
 * on asking a connection that somebody else has by then.
 */
function inTurn(client: Snapshot, time: ReaderTime): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;
  // Postgres counts the time of each statement from its own begin.
  let allowed = time.left();
  const shorten = async () => {
    const left = time.left();
    if (allowed - left < SHORTEN_MS) return;
    allowed = left;
    await client.query(`SELECT set_config('statement_timeout', $1, true)`, [String(Math.ceil(left))]);
  };
  const query = (...question: Parameters<Snapshot['query']>) => {
    const answer = last.then(async () => {
      if (ended) throw reportStoreFailure('unanswerable', 'this reader is no longer good');
      await shorten();
      return client.query(...question);
    });
    last = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer;
  };
  const end = async () => {
    ended = true;
    await last;
  };
  return { query: query as unknown as Snapshot['query'], end };
}

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

/** Where a site's facts are in one generation: files of months, and days that have none yet. */
type Whereabouts = { files: ({ month: string } & FormattedFiles)[]; openDays: string[] };

/** What a reader has found out: its snapshot does not change. */
type Known = ReaderPorts & { whereabouts: Map<string, Promise<Whereabouts>> };

async function findOut(
  { siteId, generation }: Scope,
  { client }: Pick<ReaderPorts, 'client'>,
): Promise<Whereabouts> {
  const files = await client.query<Whereabouts['files'][number]>(
    `SELECT month, ${MONTH_FILES} FROM reportstore.month_file
     WHERE site_id = $1 AND generation = $2 ORDER BY month`,
    [siteId, generation],
  );
  const open = await client.query<{ day: string }>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day FROM reportstore.day_state
     WHERE site_id = $1 AND generation = $2 AND sealed_version IS NULL`,
    [siteId, generation],
  );
  return { files: files.rows, openDays: open.rows.map(({ day }) => day) };
}

function whereabouts(scope: Scope, known: Known): Promise<Whereabouts> {
  const name = JSON.stringify([scope.siteId, scope.generation]);
  const found = known.whereabouts.get(name) ?? findOut(scope, known);
  known.whereabouts.set(name, found);
  return found;
}

/** The files of a month and what they contain. */
type SealedMonth = FormattedFiles & { contents: Contents };

/** The months of a scope that have files. */
async function sealedMonths(scope: Scope, known: Known): Promise<SealedMonth[]> {
  const { files } = await whereabouts(scope, known);
  const asked = files.filter(({ month }) =>
    scope.days.some(({ from, to }) => from.slice(0, 7) <= month && month <= to.slice(0, 7)),
  );
  const months: SealedMonth[] = [];
  for (const one of asked)
    months.push({ ...one, contents: await known.formats.contentsOf(known.client, one.format) });
  return months;
}

/** The rows of files as one relation, whatever columns each has. */
function fileRelation(
  kind: keyof MonthFiles,
  months: readonly SealedMonth[],
  { filesDir, formats }: Known,
): Sql {
  const columns = formats.layout[kind];
  const read = (alike: readonly SealedMonth[]) => {
    const paths = alike.map((files) => sql`${path.join(filesDir, files[kind])}::text`);
    return sql`read_parquet([${join(paths, ', ')}])`;
  };
  const byFormat = [...Map.groupBy(months, ({ format }) => format).values()];
  const [alike = []] = byFormat;
  const lacksNothing = columns.every(({ name }) => alike[0]?.contents[kind].includes(name));
  // DuckDB takes a millisecond longer where columns are named, and all files are alike but after an upgrade.
  if (byFormat.length === 1 && lacksNothing) return sql`${read(alike)} AS fact`;
  const selects = byFormat.map((months) => {
    const contained = months[0]?.contents[kind] ?? [];
    return sql`SELECT ${new Sql([selectedFrom(columns, contained)], [])} FROM ${read(months)}`;
  });
  return sql`(${join(selects, ' UNION ALL ')}) AS fact`;
}

/** The facts of sealed months, and their visits if those have all that facts would tell of visits. */
function factSource(months: readonly SealedMonth[], known: Known): FactSource {
  const source = { dialect: DUCKDB, relation: fileRelation('facts', months, known) };
  const needed = known.formats.layout.visits;
  const visitsTell = months.every(({ contents }) =>
    needed.every(({ name }) => contents.visits.includes(name)),
  );
  return visitsTell ? { ...source, visits: fileRelation('visits', months, known) } : source;
}

/** Whether roll-ups of a month have all that a question asks for. */
function canAnswer(query: RollUpsQuery, { dimensions, rollUps }: Contents): boolean {
  return (
    dimensions.includes(rollUpDimension(query.groupBy)) &&
    query.parts.every((part) => rollUps.includes(columnName(part)))
  );
}

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

async function hasOpenDays(scope: Scope, known: Known): Promise<boolean> {
  const { openDays } = await whereabouts(scope, known);
  return openDays.some((day) => scope.days.some(({ from, to }) => from <= day && day <= to));
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

function createReader(ports: Known): ReportReader {
  return {
    dayStates: (siteId, generation, from, to) => dayStates(ports, { siteId, generation }, { from, to }),
    run: async (query) => {
      const rows =
        query.source === 'rollUps' ? await askRollUps(query, ports) : await askFacts(PARTS, query, ports);
      const answered: PartRow[] = [];
      await inSlices(rows, ports.time.pause, (row) => answered.push(partRow(query, row)));
      return answered;
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
