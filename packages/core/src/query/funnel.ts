import { type Goal, goalFilter } from '../goal.ts';
import { isJsonObject } from '../json.ts';
import type { FactFilter } from '../part-query.ts';
import { roundedRatio } from '../ratio.ts';
import { MAX_NAME, MAX_PROPS } from '../validate.ts';
import {
  answerBehaviour,
  type Behaviour,
  type BehaviourAnswer,
  type BehaviourContext,
  parseBehaviour,
} from './behaviour.ts';
import { queryFailure } from './errors.ts';
import { storable } from './filter.ts';
import { PAGE_RULE, parsePagePattern } from './page-pattern.ts';
import { withBehavioursOfPeople } from './plan.ts';
import type { QuerySite } from './query.ts';

const MIN_STEPS = 2;
const MAX_STEPS = 8;

type Step = { name: string; filter: FactFilter };

export type Funnel = { behaviour: Behaviour; steps: readonly Step[]; askedSteps: readonly unknown[] };

export type FunnelRow = {
  /** From 1. */
  step: number;
  name: string;
  visitors: number;
  /** Percent of step 1, to 2 places; null of nothing. */
  conversion_rate: number | null;
  /** Percent of the step before, to 2 places. */
  step_conversion_rate: number | null;
  dropoff: number;
};

function refuse(detail: string, where: string): never {
  throw queryFailure('invalid_steps', detail, { where });
}

function ofGoal(reference: unknown, goals: readonly Goal[], where: string): Step {
  const goal = goals.find(({ id, name }) => name === reference || id === reference);
  if (goal === undefined) {
    const names = goals.map(({ name }) => JSON.stringify(name)).join(', ');
    refuse(
      `${JSON.stringify(reference)} is not a goal of this site; ${names === '' ? 'it has none' : `it has ${names}`}`,
      where,
    );
  }
  return { name: goal.name, filter: goalFilter(goal) };
}

function ofPage(pattern: unknown, where: string): Step {
  const page = parsePagePattern(pattern);
  if (page === null) refuse(PAGE_RULE, `${where}.page`);
  return { name: String(pattern), filter: goalFilter({ event: null, page, props: {} }) };
}

function parseProps(props: unknown, where: string): Record<string, string> {
  const entries = isJsonObject(props) ? Object.entries(props) : null;
  if (
    entries === null ||
    entries.length > MAX_PROPS ||
    entries.some(([, value]) => typeof value !== 'string')
  )
    refuse(`props is an object of at most ${MAX_PROPS} texts`, where);
  return Object.fromEntries(entries.map(([name, value]) => [storable(name), storable(value as string)]));
}

function ofEvent(name: unknown, props: unknown, where: string): Step {
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME)
    refuse(`an event's name has 1 to ${MAX_NAME} characters`, `${where}.event`);
  const event = storable(name);
  return {
    name: event,
    filter: goalFilter({ event, page: null, props: parseProps(props, `${where}.props`) }),
  };
}

/** The ways to write a step as an object, by the fields that each has. */
const WRITTEN: Readonly<
  Record<string, (step: Record<string, unknown>, where: string, goals: readonly Goal[]) => Step>
> = {
  goal: ({ goal }, where, goals) => ofGoal(goal, goals, where),
  page: ({ page }, where) => ofPage(page, where),
  event: ({ event }, where) => ofEvent(event, {}, where),
  'event,props': ({ event, props }, where) => ofEvent(event, props, where),
};

function parseStep(step: unknown, goals: readonly Goal[], where: string): Step {
  if (typeof step === 'string') return ofGoal(step, goals, where);
  const fields = isJsonObject(step) ? Object.keys(step).sort().join() : '';
  const read = Object.hasOwn(WRITTEN, fields) ? WRITTEN[fields] : undefined;
  if (read === undefined)
    refuse('a step is the name of a goal, or one of {"goal": …}, {"event": …, "props"?}, {"page": …}', where);
  return read(step as Record<string, unknown>, where, goals);
}

/** A step as it is kept: a goal by its id, which stays when the goal gets another name. */
export type FunnelStep =
  | { goal: string }
  | { page: string }
  | { event: string; props?: Readonly<Record<string, string>> };

/** @throws Failure `invalid_steps` */
function listSteps(steps: unknown): unknown[] {
  if (!Array.isArray(steps) || steps.length < MIN_STEPS || steps.length > MAX_STEPS)
    refuse(`a funnel has ${MIN_STEPS} to ${MAX_STEPS} steps`, 'steps');
  return steps;
}

/**
 * Reads the steps of a funnel that is to be kept.
 * @throws Failure `invalid_steps`
 */
export function checkFunnelSteps(steps: unknown, goals: readonly Goal[]): FunnelStep[] {
  return listSteps(steps).map((step, index): FunnelStep => {
    const { name } = parseStep(step, goals, `steps[${index}]`);
    const fields = (isJsonObject(step) ? step : { goal: step }) as Record<string, unknown>;
    if ('goal' in fields) return { goal: goals.find((goal) => goal.name === name)?.id ?? name };
    if ('page' in fields) return { page: storable(name) };
    if (fields.props === undefined) return { event: name };
    return { event: name, props: parseProps(fields.props, `steps[${index}].props`) };
  });
}

/**
 * Reads a funnel as it came.
 * @throws Failure `invalid_steps`, and those of {@link parseBehaviour}
 */
export function parseFunnel(body: unknown, context: { site: QuerySite; now: number }): Funnel {
  const { behaviour, fields } = parseBehaviour(body, ['steps'], context);
  const steps = listSteps(fields.steps);
  return {
    behaviour,
    askedSteps: steps,
    steps: steps.map((step, index) => parseStep(step, context.site.goals, `steps[${index}]`)),
  };
}

const percent = (part: number, of: number) => roundedRatio(part, of, { factor: [100, 1], places: 2 });

/** Counts the visitors (of a day) who did the steps in this order. */
export function answerFunnel(
  { behaviour, steps, askedSteps }: Funnel,
  context: BehaviourContext,
): Promise<BehaviourAnswer<FunnelRow[]>> {
  return answerBehaviour(behaviour, context, {
    own: { steps: askedSteps },
    results: async (source, scope) => {
      const filters = steps.map(({ filter }) => withBehavioursOfPeople(filter));
      const visitors = await source.funnel({ ...scope, steps: filters });
      return steps.map(({ name }, index): FunnelRow => {
        const count = visitors[index] ?? 0;
        const before = visitors[index - 1] ?? count;
        return {
          step: index + 1,
          name,
          visitors: count,
          conversion_rate: percent(count, visitors[0] ?? 0),
          step_conversion_rate: percent(count, before),
          dropoff: before - count,
        };
      });
    },
  });
}
