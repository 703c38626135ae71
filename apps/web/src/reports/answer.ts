import { type Answer, type AnswerContext, answerQuery } from '@footfall/core/query/answer';
import { parseQuery } from '@footfall/core/query/parse';
import type { QuerySite } from '@footfall/core/query/query';

/** What an answer needs besides the question. `now` is epoch milliseconds. */
export type AskContext = AnswerContext & { site: QuerySite; now: number };

/**
 * The one way to a number: the API and every page of the portal ask here. `body` is a query as the API takes it, without `site_id`
 * or with one that the caller has resolved to `site`.
 * @throws Failure of a query that is wrong, and what the report store throws
 */
export async function answer(body: unknown, { site, now, ...context }: AskContext): Promise<Answer> {
  return answerQuery(parseQuery(body, { site, now }), context);
}
