import type { Client } from '@elastic/elasticsearch';
import type {
  FactFilter,
  FactScope,
  FlowQuery,
  FlowRow,
  FunnelQuery,
  PartQuery,
  PartRow,
  Scope,
  TopQuery,
  TopRows,
} from '@footfall/core/part-query';
import { withoutBots } from '@footfall/core/query/plan';
import type { TextMatcher } from '../../duckdb/text-matcher.ts';
import { reportStoreFailure } from '../../errors.ts';
import type { ReaderTime } from '../../reader-time.ts';
import type { ReportReader } from '../../report-store.ts';
import { type Resolve, resolveByTexts, resolveKeys, resolveOr, resolver } from '../../resolve.ts';
import { answering } from '../failing.ts';
import { type Day, dayStates, type Month, monthName, schemeOfDay } from '../months/month.ts';
import type { Months } from '../months/months.ts';
import { type History, rollUpsSince } from '../schema/history.ts';
import type { Names } from '../schema/names.ts';
import { collectRows, collectTop } from './collect-rows.ts';
import { isNativeToElasticsearch, matchTexts, type Query } from './condition.ts';
import { distinctTexts } from './distinct-texts.ts';
import { askFacts, askTopFacts, type FactsQuery } from './fact-questions.ts';
import { askFlow, askFunnel, askUserDays } from './paths.ts';
import { askRollUps, type RollUpsQuery } from './roll-up-question.ts';
import { closePit, createTarget, openPit, type Place, type Target } from './target.ts';

export type ReaderPorts = {
  client: Client;
  names: Names;
  months: Months;
  history: History;
  time: ReaderTime;
  matcher: TextMatcher;
};

/** What a reader has found out: whatever it is asked later is answered from the same. */
type Known = ReaderPorts & {
  found: Map<string, Promise<Map<string, Month>>>;
  pits: Map<string, Promise<string>>;
};

/** A day of a scope. */
type Named = { day: string; of: Day };
type Sort = 'open' | 'sealed';

/** The months of a site, read once: they say which builds all later questions are put to. */
function readMonths(
  { siteId, generation }: Pick<Scope, 'siteId' | 'generation'>,
  known: Known,
): Promise<Map<string, Month>> {
  const name = JSON.stringify([siteId, generation]);
  const found = known.found.get(name) ?? known.months.ofSite(siteId, generation, known.time.left());
  known.found.set(name, found);
  return found;
}

async function readDays(scope: Scope, known: Known): Promise<Record<Sort, Named[]>> {
  const days: Record<Sort, Named[]> = { open: [], sealed: [] };
  for (const month of (await readMonths(scope, known)).values()) {
    for (const [day, of] of Object.entries(month.days)) {
      if (!scope.days.some(({ from, to }) => from <= day && day <= to)) continue;
      days[of.sealedVersion === null ? 'open' : 'sealed'].push({ day, of });
    }
  }
  return days;
}

/** Beyond so many indices a pattern names them, as the line of a request is limited. */
const MOST_NAMED = 24;

function monthIndices(days: readonly Named[], name: (month: string) => string): string[] {
  const months = [...new Set(days.map(({ day }) => monthName(day)))];
  if (months.length <= MOST_NAMED) return months.map(name);
  return [...new Set(months.map((month) => `${name(month.slice(0, 4))}.*`))];
}

function dayIndices(days: readonly Named[], names: Names): string[] {
  if (days.length <= MOST_NAMED) return days.map(({ day }) => names.open(day));
  return [...new Set(days.map(({ day }) => `${names.open(monthName(day))}.*`))];
}

/** A moment of some indices, the same for all questions of a reader to them. */
function openMoment(known: Known, index: readonly string[], routing: string): Place {
  const name = JSON.stringify([index, routing]);
  return {
    pit: () => {
      const open =
        known.pits.get(name) ?? openPit(known.client, { index, routing, timeoutMs: known.time.left() });
      known.pits.set(name, open);
      return open;
    },
  };
}

const scopeQuery = (siteId: string, days: readonly Named[]): Query[] => [
  { term: { site: siteId } },
  matchTexts(
    'build',
    days.map(({ of }) => of.build),
  ),
];

type How = { known: Known; asMoment: boolean };

/**
 * Where the facts of a scope are: open days in one moment, sealed ones in builds that never change, which need none unless they are
 * read page by page.
 */
async function findTargets(scope: Scope, { known, asMoment }: How): Promise<Target[]> {
  const { open, sealed } = await readDays(scope, known);
  const { siteId } = scope;
  const { client, names, time } = known;
  const targets: Target[] = [];
  if (sealed.length > 0) {
    const index = monthIndices(sealed, names.facts);
    const place = asMoment ? openMoment(known, index, siteId) : { index, routing: siteId };
    targets.push(createTarget(client, { place, scope: scopeQuery(siteId, sealed), time }));
  }
  if (open.length > 0) {
    const place = openMoment(known, dayIndices(open, names), siteId);
    targets.push(createTarget(client, { place, scope: scopeQuery(siteId, open), time }));
  }
  return targets;
}

type Ask<Q, Row> = (query: Q, target: Target, resolve: Resolve) => Promise<Row>;

/** Puts a question to open and to sealed days: no day is both. */
async function askAll<Q extends Scope, Row>(query: Q, ask: Ask<Q, Row>, how: How): Promise<Row[]> {
  const targets = await findTargets(query, how);
  return Promise.all(targets.map((target) => ask(query, target, resolverFor(query, target, how))));
}

const resolverFor = ({ siteId }: Scope, target: Target, { known }: How): Resolve =>
  resolver(
    resolveByTexts({
      isNative: isNativeToElasticsearch,
      texts: (dimension) => distinctTexts(dimension, target),
      find: (match, texts) => known.matcher.find(match, texts, { owner: siteId, time: known.time }),
    }),
  );

const askResolvedFacts: Ask<FactsQuery, PartRow[]> = async (query, target, resolve) => {
  const filter = await resolveOr(query.filter, resolve);
  return askFacts({ ...query, filter, groupBy: await resolveKeys(query.groupBy, resolve) }, target);
};

const askResolvedUserDays: Ask<FactScope, Awaited<ReturnType<typeof askUserDays>>> = async (
  query,
  target,
  resolve,
) => askUserDays({ ...query, filter: await resolveOr(query.filter, resolve) }, target);

// What visitor-days are looked at for, one by one, compares whole texts alone: patterns would keep the event loop.
const askResolvedFunnel: Ask<FunnelQuery, number[]> = async (query, target, resolve) => {
  const steps: FactFilter[] = [];
  for (const step of query.steps) steps.push(await resolve(step));
  return askFunnel({ ...query, filter: await resolveOr(query.filter, resolve), steps }, target);
};

const askResolvedFlow: Ask<FlowQuery, FlowRow[]> = async (query, target, resolve) =>
  askFlow(
    { ...query, filter: await resolveOr(query.filter, resolve), page: await resolve(query.page) },
    target,
  );

/** Sealed days of a question whose roll-ups have all that it asks for, and the others; and how either are reached. */
async function findRollUps(query: RollUpsQuery, known: Known) {
  const { sealed } = await readDays(query, known);
  const { siteId } = query;
  const since = rollUpsSince(query, known.history);
  return {
    rolledUp: sealed.filter(({ of }) => schemeOfDay(of) >= since),
    others: sealed.filter(({ of }) => schemeOfDay(of) < since),
    ask: (days: readonly Named[], name: (month: string) => string) => {
      const place = { index: monthIndices(days, name), routing: siteId };
      return createTarget(known.client, { place, scope: scopeQuery(siteId, days), time: known.time });
    },
  };
}

/** What roll-ups lack that an earlier version made is counted from its facts. */
async function askSealedRollUps(query: RollUpsQuery, known: Known): Promise<PartRow[]> {
  const { rolledUp, others, ask } = await findRollUps(query, known);
  const facts: FactsQuery = { ...query, source: 'facts', filter: withoutBots(null), between: null };
  const rows = await Promise.all([
    rolledUp.length === 0 ? [] : askRollUps(query, ask(rolledUp, known.names.rollUps), collectRows(query)),
    others.length === 0 ? [] : askFacts(facts, ask(others, known.names.facts)),
  ]);
  return rows.flat();
}

function run(query: PartQuery, known: Known): Promise<PartRow[]> {
  if (query.source === 'rollUps') return askSealedRollUps(query, known);
  return askAll(query, askResolvedFacts, { known, asMoment: false }).then((rows) => rows.flat());
}

/** Every group is handed over by Elasticsearch, a page at a time; those that are not among the first are let go at once. */
async function findTop(query: TopQuery, known: Known): Promise<TopRows | null> {
  // Days may be made into weeks and months, whose rows are several.
  if (query.groupBy.some(({ kind }) => kind !== 'dimension')) return null;
  if (query.source === 'rollUps') {
    const { rolledUp, others, ask } = await findRollUps(query, known);
    if (others.length > 0) return null;
    if (rolledUp.length === 0) return { rows: [], groups: 0 };
    return askRollUps(query, ask(rolledUp, known.names.rollUps), collectTop(query));
  }
  const how = { known, asMoment: false };
  const [target, another] = await findTargets(query, how);
  if (another !== undefined) return null;
  if (target === undefined) return { rows: [], groups: 0 };
  const filter = await resolveOr(query.filter, resolverFor(query, target, how));
  return askTopFacts({ ...query, filter }, target);
}

function createReader(known: Known, isGood: () => boolean): ReportReader {
  /** Asks while the reader is good. */
  const timed = <T>(work: () => Promise<T>): Promise<T> => {
    if (!isGood()) return Promise.reject(reportStoreFailure('unanswerable', 'this reader is no longer good'));
    return answering(work());
  };
  return {
    dayStates: (siteId, generation, from, to) =>
      timed(async () => {
        const months = await readMonths({ siteId, generation }, known);
        const states = [...months.keys()]
          .sort()
          .flatMap((name) =>
            dayStates({ siteId, generation }, months.get(name) as Month, known.history.completeSince),
          );
        return states.filter(({ day }) => (from === null || from <= day) && (to === null || day <= to));
      }),
    run: (query) => timed(() => run(query, known)),
    top: (query) => timed(() => findTop(query, known)),
    funnel: (query) =>
      timed(async () => {
        const counts = await askAll(query, askResolvedFunnel, { known, asMoment: true });
        return query.steps.map((_, step) => counts.reduce((sum, visitors) => sum + (visitors[step] ?? 0), 0));
      }),
    flow: (query) =>
      timed(
        async (): Promise<FlowRow[]> =>
          (await askAll(query, askResolvedFlow, { known, asMoment: true })).flat(),
      ),
    userDays: (query) =>
      timed(async () => (await askAll(query, askResolvedUserDays, { known, asMoment: false })).flat()),
    pause: known.time.pause,
  };
}

/** Lends a reader, and lets its moments go. */
export async function withReader<T>(
  ports: ReaderPorts,
  use: (reader: ReportReader) => Promise<T>,
): Promise<T> {
  const known: Known = { ...ports, found: new Map(), pits: new Map() };
  let good = true;
  try {
    return await use(createReader(known, () => good));
  } finally {
    good = false;
    // Nobody waits for it.
    for (const opened of known.pits.values()) void letGo(known.client, opened);
  }
}

async function letGo(client: Client, opened: Promise<string>): Promise<void> {
  const id = await opened.catch(() => null);
  if (id !== null) await closePit(client, id);
}
