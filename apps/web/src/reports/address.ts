import { BREAKDOWN_NAMES, BREAKDOWNS, type BreakdownName } from './breakdown.ts';

/** A condition of the overview: rows of this list have this value. */
export type ReportFilter = { name: BreakdownName; value: string };

/**
 * A change of what an address shows: parameters `set` to a value (null: taken out), or one value of a parameter that is put in
 * where it is absent and taken out where it is there.
 */
export type Refinement =
  | { set: Readonly<Record<string, string | null>> }
  | { toggle: { name: string; value: string } };

/** The filters of an address, in the order of the lists. */
export function parseFilters(parameters: URLSearchParams): ReportFilter[] {
  return BREAKDOWN_NAMES.flatMap((name) => parameters.getAll(name).map((value) => ({ name, value })));
}

/** The filters as the API takes them: values of one list are alternatives, lists are all to hold. */
export function apiFilters(filters: readonly ReportFilter[]): unknown[] {
  const byName = Map.groupBy(filters, ({ name }) => name);
  return [...byName].map(([name, members]) => [
    'is',
    BREAKDOWNS[name].dimension,
    members.map(({ value }) => value),
  ]);
}

function applyTo(parameters: URLSearchParams, refinement: Refinement): void {
  if ('toggle' in refinement) {
    const { name, value } = refinement.toggle;
    if (parameters.has(name, value)) parameters.delete(name, value);
    else parameters.append(name, value);
    return;
  }
  for (const [name, value] of Object.entries(refinement.set)) {
    if (value === null) parameters.delete(name);
    else parameters.set(name, value);
  }
}

/** The query of an address (`?period=7d`, or nothing) with a change; all else stays. */
export function refined(parameters: URLSearchParams, refinement: Refinement): string {
  const changed = new URLSearchParams(parameters);
  applyTo(changed, refinement);
  const text = changed.toString();
  return text === '' ? '' : `?${text}`;
}

/** Search parameters as pages of Next get them, as the platform's own type. */
export function toParameters(
  record: Readonly<Record<string, string | string[] | undefined>>,
): URLSearchParams {
  const pairs = Object.entries(record).flatMap(([name, value]) =>
    [value ?? []].flat().map((item): [string, string] => [name, item]),
  );
  return new URLSearchParams(pairs);
}
