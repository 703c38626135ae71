import { LOGIC_VERSION } from '../logic-version.ts';
import type { FactFilter, FactScope, FlowQuery, FlowRow, FunnelQuery, UserDay } from '../part-query.ts';
import { localIso } from '../zone.ts';
import { spanOfRange } from './bucket.ts';
import { parseDateRange } from './date-range.ts';
import { queryFailure } from './errors.ts';
import { parseFilters } from './filter.ts';
import { type DaySource, type Moment, resolveDataThrough, resolveMoment } from './moment.ts';
import { mergeDays, withoutBots } from './plan.ts';
import type { KnownRange, QuerySite, Range } from './query.ts';
import type { Pause } from './slices.ts';

/** What funnels, retention and flows share: questions about what visitors did one after the other. */

/** One moment of the report store as these questions see it. */
export type BehaviourSource = DaySource & {
  funnel(query: FunnelQuery): Promise<number[]>;
  flow(query: FlowQuery): Promise<FlowRow[]>;
  userDays(query: FactScope): Promise<UserDay[]>;
  /** Rejects when the time of the whole question is over; absent where others need not be let in. */
  pause?: Pause;
};

export type BehaviourContext = {
  read<T>(use: (source: BehaviourSource) => Promise<T>): Promise<T>;
  /** Every event received before it has reached the report store (epoch milliseconds). */
  dataThrough: number;
};

/** Of whom and of when a question is. */
export type Behaviour = {
  site: QuerySite;
  range: Range;
  filter: FactFilter | null;
  /** The filters as they were asked for. */
  askedFilters: readonly unknown[];
};

/** The public answer to such a question. */
export type BehaviourAnswer<Results> = {
  results: Results;
  meta: { data_through: string; logic_version: string };
  query: Record<string, unknown>;
};

const SHARED_FIELDS = ['site_id', 'date_range', 'filters'] as const;

type Fields<Own extends string> = Readonly<Partial<Record<Own | (typeof SHARED_FIELDS)[number], unknown>>>;

/**
 * Reads what all these questions have, and hands out the fields that are the question's own.
 * @throws Failure `invalid_query`, `unknown_field`, `invalid_date_range`, `invalid_filter`
 */
export function parseBehaviour<const Own extends string>(
  body: unknown,
  own: readonly Own[],
  { site, now }: { site: QuerySite; now: number },
): { behaviour: Behaviour; fields: Fields<Own> } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw queryFailure('invalid_query', 'a query is a JSON object', { where: '' });
  const allowed: readonly string[] = [...SHARED_FIELDS, ...own];
  const unknown = Object.keys(body).find((name) => !allowed.includes(name));
  if (unknown !== undefined) {
    const message = `${JSON.stringify(unknown)} is not a field of this query; allowed are ${allowed.join(', ')}`;
    throw queryFailure('unknown_field', message, { where: unknown });
  }
  const fields = body as Fields<Own>;
  const filters = parseFilters(fields.filters, site);
  if (filters.metrics.length > 0)
    throw queryFailure('invalid_filter', 'metrics are compared in queries of metrics only', {
      where: 'filters',
    });
  const of = [filters.facts, filters.goal].filter((one) => one !== null);
  return {
    fields,
    behaviour: {
      site,
      range: parseDateRange(fields.date_range, { zone: site.timezone, now }),
      filter: of.length === 0 ? null : { type: 'and', of },
      askedFilters: Array.isArray(fields.filters) ? fields.filters : [],
    },
  };
}

function factScope({ site, filter }: Behaviour, { range, days }: Moment): FactScope {
  return {
    siteId: site.id,
    generation: site.generation,
    days: mergeDays(days.map(({ day }) => day)),
    filter: withoutBots(filter),
    between: range.kind === 'instants' ? { start: range.start, end: range.end } : null,
  };
}

/**
 * Answers from one moment of the store. `own` are the fields of the question itself as they were understood.
 * @throws what the report store throws
 */
export function answerBehaviour<Results>(
  behaviour: Behaviour,
  context: BehaviourContext,
  ask: {
    results: (source: BehaviourSource, scope: FactScope, range: KnownRange) => Promise<Results>;
    own: Record<string, unknown>;
  },
): Promise<BehaviourAnswer<Results>> {
  return context.read(async (source) => {
    const moment = await resolveMoment(behaviour, source);
    const { range } = moment;
    const { id, timezone } = behaviour.site;
    const { from, to } = spanOfRange(range, timezone);
    return {
      results: await ask.results(source, factScope(behaviour, moment), range),
      meta: {
        data_through: resolveDataThrough([moment], context.dataThrough),
        logic_version: String(LOGIC_VERSION),
      },
      query: {
        site_id: id,
        date_range: [localIso(timezone, from), localIso(timezone, to - 1)],
        filters: behaviour.askedFilters,
        ...ask.own,
      },
    };
  });
}
