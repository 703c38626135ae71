import { BREAKDOWN_NAMES, BREAKDOWNS, type BreakdownName } from './breakdown.ts';

/** A condition of the overview: rows of this list have this value. */
export type ReportFilter = { name: BreakdownName; value: string };

/** What an address may hold; `null` removes a parameter. */
export type AddressChange = Readonly<Record<string, string | null>>;

/** The filters of an address, in the order of the lists. */
export function filtersOf(parameters: URLSearchParams): ReportFilter[] {
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

const query = (parameters: URLSearchParams) => {
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
};

/** The address with some parameters changed, as a link relative to the page. */
export function addressWith(parameters: URLSearchParams, change: AddressChange): string {
  const changed = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(change)) {
    if (value === null) changed.delete(name);
    else changed.set(name, value);
  }
  return query(changed);
}

/** The address with a filter added, or taken away when it is there. */
export function addressWithFilter(parameters: URLSearchParams, { name, value }: ReportFilter): string {
  const changed = new URLSearchParams(parameters);
  if (changed.has(name, value)) changed.delete(name, value);
  else changed.append(name, value);
  return query(changed);
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
