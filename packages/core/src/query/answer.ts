import { LOGIC_VERSION } from '../logic-version.ts';
import { describeQuery } from './describe-query.ts';
import { GROUP_LIMITS } from './group-limits.ts';
import type { LabelStyle } from './label-style.ts';
import { measure } from './measure.ts';
import { resolveDataThrough } from './moment.ts';
import { type Body, type BodyMeta, present } from './present.ts';
import type { Query } from './query.ts';
import { mayKeep, memoryKey, type Remember } from './remember.ts';
import { resolveScope } from './scope.ts';
import type { PartSource, Sources } from './sources.ts';

/** The public answer of the query API. */
export type Answer = Pick<Body, 'results'> & {
  meta: BodyMeta & { data_through: string; logic_version: string };
  query: Record<string, unknown>;
};

export type AnswerContext = Omit<Sources, 'source'> & {
  /** Hands one moment of the report store to `use`. */
  read<T>(use: (source: PartSource) => Promise<T>): Promise<T>;
  /** Every event received before it has reached the report store (epoch milliseconds). */
  dataThrough: number;
  labels: LabelStyle;
  remember: Remember;
};

/**
 * Answers a query: plan, run, merge, present, all from one moment of the store. Ratios are taken last, of sums.
 * @throws Failure `too_many_buckets`, and what the report store throws
 */
export function answerQuery(query: Query, context: AnswerContext): Promise<Answer> {
  const { labels, perEuro, imports, limits = GROUP_LIMITS } = context;
  return context.read(async (source) => {
    const sources: Sources = { source, perEuro, imports, limits };
    const scope = await resolveScope(query, sources);
    const { results, meta } = await context.remember(memoryKey(query, scope, labels), async () => {
      const tables = await measure(query, scope, sources);
      return { body: present(query, tables, { scope, labels }), keep: mayKeep(tables) };
    });
    return {
      results,
      meta: {
        ...meta,
        data_through: resolveDataThrough(scope.moments, context.dataThrough),
        logic_version: String(LOGIC_VERSION),
      },
      query: describeQuery(query, scope.moments[0].range),
    };
  });
}
