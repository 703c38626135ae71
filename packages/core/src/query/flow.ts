import { goalFilter } from '../goal.ts';
import type { FlowRow } from '../part-query.ts';
import { roundedRatio } from '../ratio.ts';
import {
  answerBehaviour,
  type Behaviour,
  type BehaviourAnswer,
  type BehaviourContext,
  parseBehaviour,
} from './behaviour.ts';
import { queryFailure } from './errors.ts';
import { compareText } from './order.ts';
import { PAGE_RULE, parsePagePattern } from './page-pattern.ts';
import type { QuerySite } from './query.ts';
import { inSlices, NO_PAUSE, type Pause, sortInSlices } from './slices.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 1_000;

export type Flow = { behaviour: Behaviour; page: string; limit: number };

/** A page before or after: its path, `(entry)` or `(exit)` where the visit began or ended, `(other)` for all above the limit. */
export type FlowPage = { page: string; pageviews: number; share: number | null };

export type FlowResults = { before: FlowPage[]; after: FlowPage[] };

/**
 * Reads a question for the ways through a page as it came.
 * @throws Failure `invalid_page`, `invalid_pagination`, and those of {@link parseBehaviour}
 */
export function parseFlow(body: unknown, context: { site: QuerySite; now: number }): Flow {
  const { behaviour, fields } = parseBehaviour(body, ['page', 'limit'], context);
  const { limit = DEFAULT_LIMIT } = fields;
  const page = parsePagePattern(fields.page);
  if (page === null) throw queryFailure('invalid_page', PAGE_RULE, { where: 'page' });
  if (!Number.isInteger(limit) || (limit as number) < 1 || (limit as number) > MAX_LIMIT)
    throw queryFailure('invalid_pagination', `limit must be a whole number from 1 to ${MAX_LIMIT}`, {
      where: 'limit',
    });
  return { behaviour, page, limit: limit as number };
}

const EDGES: Readonly<Record<FlowRow['direction'], string>> = { before: '(entry)', after: '(exit)' };

/** The rows of one direction added up, most first; all above the limit as one. */
export async function rankPages(
  rows: readonly FlowRow[],
  { direction, limit }: { direction: FlowRow['direction']; limit: number },
  pause: Pause = NO_PAUSE,
): Promise<FlowPage[]> {
  const sums = new Map<string, number>();
  await inSlices(rows, pause, (row) => {
    if (row.direction !== direction) return;
    const page = row.page ?? EDGES[direction];
    sums.set(page, (sums.get(page) ?? 0) + row.pageviews);
  });
  const total = [...sums.values()].reduce((sum, count) => sum + count, 0);
  const share = (count: number) => roundedRatio(count, total, { factor: [100, 1], places: 1 });
  const order = ([a, one]: [string, number], [b, other]: [string, number]) =>
    other - one || compareText(a, b);
  const sorted = await sortInSlices([...sums], order, pause);
  const others = sorted.slice(limit).reduce((sum, [, count]) => sum + count, 0);
  const shown = [...sorted.slice(0, limit), ...(others > 0 ? [['(other)', others] as const] : [])];
  return shown.map(([page, pageviews]) => ({ page, pageviews, share: share(pageviews) }));
}

/** Counts what was seen right before and after the pageviews of a page. */
export function answerFlow(
  { behaviour, page, limit }: Flow,
  context: BehaviourContext,
): Promise<BehaviourAnswer<FlowResults>> {
  return answerBehaviour(behaviour, context, {
    own: { page, limit },
    results: async (source, scope) => {
      const rows = await source.flow({ ...scope, page: goalFilter({ event: null, page, props: {} }) });
      return {
        before: await rankPages(rows, { direction: 'before', limit }, source.pause),
        after: await rankPages(rows, { direction: 'after', limit }, source.pause),
      };
    },
  });
}
