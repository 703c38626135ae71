import type { OracleEvent, Placed } from './visits.fixture.ts';

/** A filter as the public API takes it. */
// biome-ignore lint/suspicious/noExplicitAny: filters are read as they come, as JSON
export type Filter = any[];

export type OracleGoal = {
  name: string;
  event?: string;
  page?: RegExp;
  props?: Readonly<Record<string, string>>;
};

export function reaches({ name, page, props }: OracleEvent, goal: OracleGoal): boolean {
  const has = Object.entries(goal.props ?? {}).every(([prop, value]) => props[prop] === value);
  if (goal.page !== undefined) return has && name === 'pageview' && goal.page.test(page);
  return has && name === goal.event;
}

/** The texts of an event in a dimension: several for goals and items. */
export function dimensionTexts(
  { event, visit }: Placed,
  dimension: string,
  goals: readonly OracleGoal[],
): string[] {
  if (dimension === 'event:goal') return goals.filter((goal) => reaches(event, goal)).map(({ name }) => name);
  if (dimension === 'event:name') return [event.name];
  if (dimension === 'event:page') return [event.page];
  if (dimension === 'event:hostname') return [event.hostname];
  if (dimension.startsWith('event:props:')) return [event.props[dimension.slice(12)] || '(none)'];
  if (dimension.startsWith('item:')) {
    const field = dimension.slice(5) as 'sku' | 'name' | 'category';
    return [...new Set((event.items ?? []).map((item) => item[field] ?? '(none)'))];
  }
  return [visit.texts[dimension] ?? '(none)'];
}

const flat = (text: string) => text.toLowerCase();

function compares(operator: string, text: string, value: string, sensitive: boolean): boolean {
  if (operator.startsWith('matches')) return new RegExp(value, sensitive ? 'u' : 'iu').test(text);
  const [a, b] = sensitive ? [text, value] : [flat(text), flat(value)];
  return operator.startsWith('contains') ? a.includes(b) : a === b;
}

const doers = new WeakMap<Filter, Set<string>>();

/** The visitors (of a day) with an event that meets a filter; counted once for each filter. */
function findDoers(filter: Filter, all: readonly Placed[], goals: readonly OracleGoal[]): Set<string> {
  const known =
    doers.get(filter) ??
    new Set(all.filter((row) => row.counts && meets(row, filter, all, goals)).map(({ visitor }) => visitor));
  doers.set(filter, known);
  return known;
}

/**
 * Whether an event meets a filter; `all` are the events of its site, for what its visitor has done that day. In a row of one goal
 * (`rowGoal`), conditions on goals are about that one.
 */
export function meets(
  row: Placed,
  filter: Filter,
  all: readonly Placed[],
  goals: readonly OracleGoal[],
  rowGoal?: string,
): boolean {
  const [operator, subject, values, options] = filter;
  switch (operator) {
    case 'and':
      return subject.every((inner: Filter) => meets(row, inner, all, goals, rowGoal));
    case 'or':
      return subject.some((inner: Filter) => meets(row, inner, all, goals, rowGoal));
    case 'not':
      return !meets(row, subject, all, goals, rowGoal);
    case 'has_done':
    case 'has_not_done': {
      return findDoers(subject, all, goals).has(row.visitor) === (operator === 'has_done');
    }
    default: {
      const sensitive = options?.case_sensitive ?? true;
      const texts =
        subject === 'event:goal' && rowGoal !== undefined ? [rowGoal] : dimensionTexts(row, subject, goals);
      const found = texts.some((text) =>
        values.some((value: unknown) => compares(operator, text, String(value), sensitive)),
      );
      return found !== operator.endsWith('_not');
    }
  }
}

/** Whether a filter says `text` anywhere. */
export const mentions = (filters: readonly Filter[], text: string): boolean =>
  JSON.stringify(filters).includes(JSON.stringify(text));

/** A filter about the page of an event where it is about the page that the visit ends on; what visitors have done stays. */
export function byPage([operator, subject, ...rest]: Filter): Filter {
  if (operator === 'and' || operator === 'or') return [operator, subject.map(byPage)];
  if (operator === 'not') return [operator, byPage(subject)];
  return [operator, subject === 'visit:exit_page' ? 'event:page' : subject, ...rest];
}
