import { trimBlanks } from '@footfall/core/blank';
import type { Goal } from '@footfall/core/goal';
import type { FunnelStep } from '@footfall/core/query/funnel';

/** Steps as they are typed, one a line: a page begins with `/`, the name of a goal is that goal, all else is an event. */
export function readSteps(text: string, goals: readonly Pick<Goal, 'id' | 'name'>[]): FunnelStep[] {
  const lines = text
    .split('\n')
    .map((line) => trimBlanks(line))
    .filter((line) => line !== '');
  return lines.map((line): FunnelStep => {
    if (line.startsWith('/')) return { page: line };
    const goal = goals.find(({ name }) => name === line);
    return goal === undefined ? { event: line } : { goal: goal.id };
  });
}

/** A step as a list shows it; `text` is null when its goal was removed. */
export type ShownStep = { kind: 'goal' | 'event' | 'page'; text: string | null };

/** How steps that are kept are called. */
export function showSteps(
  steps: readonly FunnelStep[],
  goals: readonly Pick<Goal, 'id' | 'name'>[],
): ShownStep[] {
  return steps.map((step): ShownStep => {
    if ('page' in step) return { kind: 'page', text: step.page };
    if ('event' in step) return { kind: 'event', text: step.event };
    return { kind: 'goal', text: goals.find(({ id }) => id === step.goal)?.name ?? null };
  });
}
