import { ENGAGEMENT, PAGEVIEW } from '@footfall/core/event-name';
import { answerFunnel, type FunnelRow, parseFunnel } from '@footfall/core/query/funnel';
import { addDays, localDay } from '@footfall/core/zone';
import type { Funnel } from '@footfall/db/tenant/funnel';
import type { Site } from '@footfall/db/tenant/site';
import { answer } from './answer.ts';
import { askContext } from './ask.ts';
import { behaviourContext } from './behaviour.ts';

/** Days that the page of goals tells of, with today. */
export const GOAL_DAYS = 28;

/** What reached a goal in these days; `revenue` is a decimal text in the site's currency, null without any. */
export type GoalFigure = { visitors: number; events: number; revenue: string | null };

/** An event name or a page that was seen, and how often. */
export type Seen = { text: string; count: number };

export type GoalFigures = {
  /** By the goal's name. */
  goals: ReadonlyMap<string, GoalFigure>;
  seen: { events: readonly Seen[]; pages: readonly Seen[] };
};

const MOST_EVENTS = 30;
const MOST_PAGES = 30;

function lastDays(site: Site, now: number): [string, string] {
  const today = localDay(site.timezone, now);
  return [addDays(today, 1 - GOAL_DAYS), today];
}

const readRevenue = (value: unknown): string | null => {
  const text = value === null || value === undefined ? '0' : String(value);
  return Number(text) === 0 ? null : text;
};

/** What reached the goals of a site lately, and what else was seen that a goal can be made of; `who` asks, by id. */
export async function readGoalFigures(site: Site, who: string): Promise<GoalFigures> {
  const context = await askContext(site, who);
  const date_range = lastDays(site, context.now);
  const list = async (dimension: string, metric: string, limit: number, filters: unknown[]) => {
    const query = { metrics: [metric], dimensions: [dimension], filters, pagination: { limit } };
    const { results } = await answer({ ...query, date_range }, context);
    return results.map(({ dimensions, metrics }) => ({
      text: dimensions[0] ?? '',
      count: Number(metrics[0] ?? 0),
    }));
  };
  const [goals, events, pages] = await Promise.all([
    answer(
      { metrics: ['visitors', 'events', 'total_revenue'], dimensions: ['event:goal'], date_range },
      context,
    ),
    list('event:name', 'events', MOST_EVENTS, [['is_not', 'event:name', [PAGEVIEW, ENGAGEMENT]]]),
    list('event:page', 'pageviews', MOST_PAGES, [['is', 'event:name', [PAGEVIEW]]]),
  ]);
  return {
    goals: new Map(
      goals.results.map(({ dimensions, metrics: [visitors, reached, revenue] }) => [
        dimensions[0] ?? '',
        { visitors: Number(visitors ?? 0), events: Number(reached ?? 0), revenue: readRevenue(revenue) },
      ]),
    ),
    seen: { events, pages },
  };
}

/** How far visitors came in a funnel lately; null when a goal that it is made of is gone. */
export async function readFunnel(
  site: Site,
  who: string,
  { steps }: Pick<Funnel, 'steps'>,
): Promise<FunnelRow[] | null> {
  const context = await behaviourContext(site, who);
  const isThere = (id: string) => context.site.goals.some((goal) => goal.id === id);
  if (steps.some((step) => 'goal' in step && !isThere(step.goal))) return null;
  const date_range = lastDays(site, context.now);
  return (await answerFunnel(parseFunnel({ date_range, steps }, context), context)).results;
}
