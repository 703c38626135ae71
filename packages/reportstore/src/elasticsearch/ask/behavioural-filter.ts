import type { FactFilter } from '@footfall/core/part-query';
import { reportStoreFailure } from '../../errors.ts';

/** Keeps visitor-days with an event for which `filter` holds, or those without; `filter` has no other of these in it. */
export type BehaviouralFilter = { filter: FactFilter; done: boolean };

/** Visitor-days that these keep, and what filters come to for their events. */
export type Branch = { behavioural: readonly BehaviouralFilter[]; filters: readonly FactFilter[] };

/** Each branch is a question of its own. */
const MOST_BRANCHES = 64;

const TRUE: FactFilter = { type: 'and', of: [] };
const FALSE: FactFilter = { type: 'or', of: [] };

const isTrue = (filter: FactFilter): boolean => filter.type === 'and' && filter.of.length === 0;
export const isFalse = (filter: FactFilter): boolean => filter.type === 'or' && filter.of.length === 0;

/** A filter without what is decided: constants are the empty `and` and the empty `or`. */
function simplified(filter: FactFilter): FactFilter {
  switch (filter.type) {
    case 'and': {
      const of = filter.of.map(simplified).filter((one) => !isTrue(one));
      return of.some(isFalse) ? FALSE : { type: 'and', of };
    }
    case 'or': {
      const of = filter.of.map(simplified).filter((one) => !isFalse(one));
      return of.some(isTrue) ? TRUE : { type: 'or', of };
    }
    case 'not': {
      const of = simplified(filter.of);
      if (isTrue(of)) return FALSE;
      return isFalse(of) ? TRUE : { type: 'not', of };
    }
    case 'has_done': {
      const of = simplified(filter.of);
      // Nobody has done what is impossible; to have done anything at all is asked like the rest.
      return isFalse(of) ? FALSE : { type: 'has_done', of };
    }
    case 'match':
      return filter.values.length === 0 ? FALSE : filter;
  }
}

/** A `has_done` with no other in it; null when there is none. */
function innermost(filter: FactFilter): FactFilter | null {
  switch (filter.type) {
    case 'match':
      return null;
    case 'not':
      return innermost(filter.of);
    case 'has_done':
      return innermost(filter.of) ?? filter;
    case 'and':
    case 'or':
      for (const one of filter.of) {
        const found = innermost(one);
        if (found !== null) return found;
      }
      return null;
  }
}

const written = (filter: FactFilter): string => JSON.stringify(filter);

/** A filter in which one `has_done` is decided, wherever it stands. */
function decided(filter: FactFilter, asked: string, done: boolean): FactFilter {
  switch (filter.type) {
    case 'match':
      return filter;
    case 'has_done':
      if (written(filter) === asked) return done ? TRUE : FALSE;
      return { ...filter, of: decided(filter.of, asked, done) };
    case 'not':
      return { ...filter, of: decided(filter.of, asked, done) };
    case 'and':
    case 'or':
      return { ...filter, of: filter.of.map((one) => decided(one, asked, done)) };
  }
}

/**
 * What visitors have done is true or false of whole visitor-days, and events alone cannot tell. So a question becomes several, one for
 * each way in which those can be true or false: a visitor-day belongs to one of them, so their answers add up. Ways in which
 * the first filter can hold for no event are left out, and those that no longer matter are not decided, so that it usually stays one.
 * @throws Failure `filter_too_complex`
 */
export function splitBranches(filters: readonly FactFilter[]): Branch[] {
  const branches: Branch[] = [];
  const split = ({ behavioural, filters: left }: Branch): void => {
    const simple = left.map(simplified);
    if (simple[0] !== undefined && isFalse(simple[0])) return;
    const next = simple.reduce<FactFilter | null>((found, filter) => found ?? innermost(filter), null);
    if (next === null || next.type !== 'has_done') {
      branches.push({ behavioural, filters: simple });
      if (branches.length > MOST_BRANCHES)
        throw reportStoreFailure(
          'filter_too_complex',
          'too many things that visitors have done are mixed with other conditions',
        );
      return;
    }
    const name = written(next);
    for (const done of [true, false])
      split({
        behavioural: [...behavioural, { filter: next.of, done }],
        filters: simple.map((one) => decided(one, name, done)),
      });
  };
  split({ behavioural: [], filters });
  return branches;
}
