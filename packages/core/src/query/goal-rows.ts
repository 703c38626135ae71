import { type Goal, goalFilter } from '../goal.ts';
import type { FactFilter, GoalFilter } from '../part-query.ts';

/** What a filter comes to for the row of one goal: all of it, nothing, or a condition on the event. */
type Limit = FactFilter | boolean;

function negated(limit: Limit): Limit {
  return typeof limit === 'boolean' ? !limit : { type: 'not', of: limit };
}

function joined(type: 'and' | 'or', limits: readonly Limit[]): Limit {
  const decided = type === 'or';
  if (limits.includes(decided)) return decided;
  const of = limits.filter((limit) => typeof limit !== 'boolean');
  const [only] = of;
  if (only === undefined) return !decided;
  return of.length === 1 ? only : { type, of };
}

/** Whether a filter has a condition on `event:goal`, but for what visitors have done. */
function limitsGoals(filter: FactFilter): boolean {
  switch (filter.type) {
    case 'match':
    case 'has_done':
      return false;
    case 'not':
      return limitsGoals(filter.of);
    case 'and':
    case 'or':
      return filter.goals !== undefined || filter.of.some(limitsGoals);
  }
}

/** A filter for the row of one goal, in which a condition on `event:goal` is about that goal. */
function limitFor(name: string, filter: FactFilter): Limit {
  switch (filter.type) {
    case 'match':
    case 'has_done':
      return filter;
    case 'not':
      return negated(limitFor(name, filter.of));
    case 'and':
    case 'or':
      if (filter.goals !== undefined) return filter.goals.includes(name);
      return joined(
        filter.type,
        filter.of.map((one) => limitFor(name, one)),
      );
  }
}

/** What every event must meet, one by one. */
function conjuncts(filter: FactFilter): readonly FactFilter[] {
  return filter.type === 'and' && filter.goals === undefined ? filter.of.flatMap(conjuncts) : [filter];
}

/**
 * The rows of a report by `event:goal`: the events that reach each goal, without the goals that the filter leaves out. An event that
 * reaches two goals is in the rows of both, so keeping the events that reach one of them does not keep the other's row away.
 */
export function goalRows(goals: readonly Goal[], filter: FactFilter | null): GoalFilter[] {
  // What says nothing of goals is checked on the events already.
  const limits = filter === null ? [] : conjuncts(filter).filter(limitsGoals);
  return goals.flatMap((goal): GoalFilter[] => {
    const limit = joined(
      'and',
      limits.map((one) => limitFor(goal.name, one)),
    );
    if (limit === false) return [];
    const reached = goalFilter(goal);
    return [{ name: goal.name, filter: limit === true ? reached : { type: 'and', of: [reached, limit] } }];
  });
}
