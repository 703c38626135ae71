import { DIMENSIONS, type Dimension, ITEM_DIMENSIONS, NONE } from '@footfall/core/dimension';
import { ENGAGEMENT } from '@footfall/core/event-name';
import type { FactFilter } from '@footfall/core/part-query';
import { reportStoreFailure } from '../../errors.ts';
import type { Match } from '../../resolve.ts';
import { storable } from '../../sql/columns.ts';
import type { StoredFact } from '../schema/stored-fact.ts';

/** Whether a condition holds for the event at a place among all facts of its visitor-day. */
export type Judge = (facts: readonly StoredFact[], at: number) => boolean;

type ReadTexts = (fact: StoredFact) => readonly string[];

/** The texts that an event has in a dimension: one, but for items. */
function createTextReader(dimension: Dimension): ReadTexts {
  switch (dimension.kind) {
    case 'prop': {
      const name = storable(dimension.prop);
      return ({ props }) => [Object.hasOwn(props, name) ? (props[name] as string) : NONE];
    }
    case 'item': {
      const { field } = ITEM_DIMENSIONS[dimension.name];
      return ({ items }) => items.map((item) => item[field]);
    }
    case 'column': {
      const { column } = DIMENSIONS[dimension.name];
      return (fact) => [fact[column]];
    }
  }
}

export const isEvent = ({ name }: StoredFact): boolean => name !== ENGAGEMENT;

/** Remembers its answer for the visitor-day it was last asked about: what a visitor has done is the same for all events of it. */
function hasDone(judge: Judge): Judge {
  let last: { facts: readonly StoredFact[]; done: boolean } | null = null;
  return (facts) => {
    if (last?.facts !== facts)
      last = { facts, done: facts.some((fact, at) => isEvent(fact) && judge(facts, at)) };
    return last.done;
  };
}

/** A condition on one text as a function. */
export type CompileTest = (match: Match) => (text: string) => boolean;

/** Whole texts alone are compared here: whatever else there is has been resolved before, since it would keep the event loop. */
const compileExact: CompileTest = ({ op, values, caseSensitive }) => {
  if (op !== 'is' || !caseSensitive)
    throw reportStoreFailure(
      'unanswerable',
      'patterns and letters of any case are resolved before events are looked at',
    );
  const wanted = new Set(values.map(storable));
  return (text) => wanted.has(text);
};

/**
 * A condition as a function, with the meaning that Elasticsearch gives it in condition.ts and behavioural-filter.ts: for questions that look at
 * whole visitor-days one by one. Another `compile` is for tests.
 * @throws Failure `unanswerable`
 */
export function createJudge(filter: FactFilter, compile: CompileTest = compileExact): Judge {
  const createInner = (inner: FactFilter) => createJudge(inner, compile);
  switch (filter.type) {
    case 'and': {
      const judges = filter.of.map(createInner);
      return (facts, at) => judges.every((judge) => judge(facts, at));
    }
    case 'or': {
      const judges = filter.of.map(createInner);
      return (facts, at) => judges.some((judge) => judge(facts, at));
    }
    case 'not': {
      const judge = createInner(filter.of);
      return (facts, at) => !judge(facts, at);
    }
    case 'has_done':
      return hasDone(createInner(filter.of));
    case 'match': {
      const [texts, meets] = [createTextReader(filter.dimension), compile(filter)];
      return (facts, at) => texts(facts[at] as StoredFact).some(meets);
    }
  }
}
