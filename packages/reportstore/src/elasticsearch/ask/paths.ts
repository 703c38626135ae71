import type { estypes } from '@elastic/elasticsearch';
import { NONE } from '@footfall/core/dimension';
import { PAGEVIEW } from '@footfall/core/event-name';
import type {
  FactFilter,
  FactScope,
  FlowQuery,
  FlowRow,
  FunnelQuery,
  UserDay,
} from '@footfall/core/part-query';
import { type StoredFact, unpackFacts } from '../schema/stored-fact.ts';
import { splitBranches } from './behavioural-filter.ts';
import { ask } from './composite.ts';
import {
  behaviouralQuery,
  condition,
  EVENTS,
  isEvent as eventsOnly,
  isNativeToElasticsearch,
  matchAll,
  type Query,
  within,
} from './condition.ts';
import { createJudge, isEvent, type Judge } from './evaluate.ts';
import { keyText } from './keys.ts';
import type { Target } from './target.ts';

/** Visitor-days that are held at a time, some 1 to 2 KB each; every page looks through all of them anew. */
const PAGE = 2_000;
/** Visitor-days that are looked at before others have their turn. */
const SLICE = 200;

/** Whether events alone can be asked for it, without a look at what texts there are. */
function isPlain(filter: FactFilter): boolean {
  switch (filter.type) {
    case 'match':
      return isNativeToElasticsearch(filter);
    case 'not':
      return isPlain(filter.of);
    case 'has_done':
      return false;
    case 'and':
    case 'or':
      return filter.of.every(isPlain);
  }
}

/** The visitor-days that have an event of a scope for which all of these hold, or more of them. */
function having(scope: FactScope, filters: readonly (FactFilter | null)[]): Query {
  const plain = filters.filter((filter) => filter !== null && isPlain(filter)) as FactFilter[];
  const conditions = [
    eventsOnly(EVENTS),
    ...within(scope, EVENTS),
    ...plain.map((filter) => condition(filter, EVENTS)),
  ];
  return { nested: { path: EVENTS, query: matchAll(conditions), score_mode: 'none' } };
}

/** Visitor-days one after the other, a page of them in memory; the target is one moment, so that none comes twice. */
async function* visitorDays(target: Target, query: Query): AsyncGenerator<StoredFact[]> {
  let after: estypes.SortResults | undefined;
  for (;;) {
    const { hits } = await target.search({
      size: PAGE,
      query: matchAll([...target.scope, query]),
      sort: ['_shard_doc'],
      ...(after === undefined ? {} : { search_after: after }),
    });
    for (const [index, { _source }] of hits.hits.entries()) {
      if (index % SLICE === SLICE - 1) await target.pause();
      yield unpackFacts((_source as { facts: string }).facts);
    }
    after = hits.hits.at(-1)?.sort;
    if (hits.hits.length < PAGE || after === undefined) return;
  }
}

/** Whether an event is kept by a scope. */
function keptBy({ between, filter }: FactScope): Judge {
  const judge = filter === null ? null : createJudge(filter);
  return (facts, at) => {
    const fact = facts[at] as StoredFact;
    const inTime = between === null || (fact.at >= between.start && fact.at < between.end);
    return isEvent(fact) && inTime && (judge === null || judge(facts, at));
  };
}

/** How many steps a visitor-day goes, each behind the one before. */
export function countSteps(facts: readonly StoredFact[], kept: Judge, steps: readonly Judge[]): number {
  let reached = 0;
  for (let at = 0; at < facts.length && reached < steps.length; at++)
    if (kept(facts, at) && (steps[reached] as Judge)(facts, at)) reached += 1;
  return reached;
}

/** Visitors in each step. */
export async function askFunnel(query: FunnelQuery, target: Target): Promise<number[]> {
  const kept = keptBy(query);
  const steps = query.steps.map((step) => createJudge(step));
  const visitors = query.steps.map(() => 0);
  const [first = null] = query.steps;
  for await (const facts of visitorDays(target, having(query, [query.filter, first]))) {
    const reached = countSteps(facts, kept, steps);
    for (let step = 0; step < reached; step++) visitors[step] = (visitors[step] ?? 0) + 1;
  }
  return visitors;
}

/** The pages around the pageviews of a visitor-day that are looked for; those are of the whole visit, whatever of it is kept. */
export function pagesAround(facts: readonly StoredFact[], wanted: Judge): Omit<FlowRow, 'pageviews'>[] {
  const viewed = facts.flatMap((fact, at) => (fact.name === PAGEVIEW ? [{ fact, at }] : []));
  const rows: Omit<FlowRow, 'pageviews'>[] = [];
  for (const visit of Map.groupBy(viewed, ({ fact }) => fact.visit).values()) {
    visit.forEach(({ at }, index) => {
      if (!wanted(facts, at)) return;
      rows.push({ direction: 'before', page: visit[index - 1]?.fact.page ?? null });
      rows.push({ direction: 'after', page: visit[index + 1]?.fact.page ?? null });
    });
  }
  return rows;
}

/** What was seen before and after. */
export async function askFlow(query: FlowQuery, target: Target): Promise<FlowRow[]> {
  const [kept, here] = [keptBy(query), createJudge(query.page)];
  const rows = new Map<string, FlowRow>();
  const wanted: Judge = (facts, at) => kept(facts, at) && here(facts, at);
  for await (const facts of visitorDays(target, having(query, [query.filter, query.page]))) {
    for (const { direction, page } of pagesAround(facts, wanted)) {
      const name = JSON.stringify([direction, page]);
      const row = rows.get(name) ?? { direction, page, pageviews: 0 };
      row.pageviews += 1;
      rows.set(name, row);
    }
  }
  return [...rows.values()];
}

/** Day and user of identified users; the filter is resolved. */
export async function askUserDays(query: FactScope, target: Target): Promise<UserDay[]> {
  const branches = splitBranches(query.filter === null ? [{ type: 'and', of: [] }] : [query.filter]);
  const identified: Query = { exists: { field: `${EVENTS}.userId` } };
  const fields = [`${EVENTS}.day`, `${EVENTS}.userId`];
  const questions = branches.map(
    ({ behavioural, filters: [filter] }) =>
      ({
        roots: behavioural.map(behaviouralQuery),
        path: EVENTS,
        where: [
          eventsOnly(EVENTS),
          identified,
          ...within(query, EVENTS),
          ...(filter === undefined ? [] : [condition(filter, EVENTS)]),
        ],
        fields,
        aggs: {},
      }) as const,
  );
  const found = new Map<string, UserDay>();
  await ask(target, questions, ({ values: [day, user] }) => {
    const one = { day: keyText(day), userId: keyText(user) };
    found.set(JSON.stringify(one), one);
  });
  return [...found.values()].filter(({ userId }) => userId !== NONE);
}
