import { type Answer, type AnswerContext, answerQuery } from '@footfall/core/query/answer';
import { parseQuery } from '@footfall/core/query/parse';
import type { Query, QuerySite } from '@footfall/core/query/query';
import { type Explanation, explaining } from './explain.ts';

/** What an answer needs besides the question. `now` is epoch milliseconds. */
export type AskContext = AnswerContext & {
  site: QuerySite;
  now: number;
  /** What is asked in place of a query; absent: the query itself. */
  narrow?: (query: Query) => Query;
};

/** An answer, and how it came about when the query has `explain`. */
export type ExplainedAnswer = Answer & { meta: { explain?: Explanation } };

/**
 * The one way to a number: the API and every page of the portal ask here. `body` is a query as the API takes it, without `site_id`
 * or with one that the caller has resolved to `site`.
 * @throws Failure of a query that is wrong, and what the report store throws
 */
export async function answer(body: unknown, context: AskContext): Promise<ExplainedAnswer> {
  const parsed = parseQuery(body, context);
  const query = context.narrow?.(parsed) ?? parsed;
  if (!query.explain) return answerQuery(query, context);
  const { context: noting, explanation } = explaining(context);
  const { meta, ...rest } = await answerQuery(query, noting);
  return { ...rest, meta: { ...meta, explain: explanation() } };
}
