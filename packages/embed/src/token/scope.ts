import { EMBED_REPORT_NAMES, findEmbedReport } from '@footfall/core/embed/report';
import { isJsonObject } from '@footfall/core/json';
import { METRICS } from '@footfall/core/metric';
import { queryFailure } from '@footfall/core/query/errors';
import { embedFailure } from './errors.ts';

const MAX_DEPTH = 20;

/** What a question is about: its metrics and dimensions, and those that it filters by. */
type Asked = { metrics: readonly unknown[]; dimensions: readonly unknown[] };

/** Every name that filters are about, wherever it stands. What is not a filter is for the parser of queries to refuse. */
function namesIn(filter: unknown, depth = 0): unknown[] {
  if (!Array.isArray(filter)) return [];
  if (depth > MAX_DEPTH)
    throw queryFailure('invalid_filter', 'filters are nested too deep', { where: 'filters' });
  const [operator, subject] = filter;
  if (Array.isArray(operator)) return filter.flatMap((member) => namesIn(member, depth + 1));
  if (!Array.isArray(subject)) return [subject];
  const isList = Array.isArray(subject[0]);
  return isList ? subject.flatMap((member) => namesIn(member, depth + 1)) : namesIn(subject, depth + 1);
}

const isMetric = (name: unknown): boolean => typeof name === 'string' && Object.hasOwn(METRICS, name);
const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function readAsked(body: unknown): Asked {
  const { metrics, dimensions, filters } = isJsonObject(body) ? body : {};
  const filtered = listIn(filters).flatMap((filter) => namesIn(filter));
  return {
    metrics: [...listIn(metrics), ...filtered.filter(isMetric)],
    dimensions: [...listIn(dimensions), ...filtered.filter((name) => !isMetric(name))],
  };
}

function answers(report: string, { metrics, dimensions }: Asked): boolean {
  const its = findEmbedReport(report);
  const includes = (names: readonly string[], asked: readonly unknown[]) =>
    asked.every((name) => (names as readonly unknown[]).includes(name));
  return its !== undefined && includes(its.metrics, metrics) && includes(its.dimensions, dimensions);
}

/** What tells of a whole visit which pages it had, whatever events a question is about. */
const PAGES_OF_VISITS: readonly unknown[] = ['visit:entry_page', 'visit:exit_page'];
const isOfEvents = (name: unknown): boolean => typeof name === 'string' && /^(event|item):/.test(name);

/**
 * Makes sure that who is shown some events, such as those of one seller, is not told of pages that were another's: those where a visit
 * began and ended.
 * @throws Failure `report_not_allowed`
 */
function requireOwnPages({ dimensions }: Asked, locked: readonly unknown[]): void {
  const told = dimensions.find((name) => PAGES_OF_VISITS.includes(name));
  if (told === undefined || !locked.flatMap((filter) => namesIn(filter)).some(isOfEvents)) return;
  throw embedFailure(
    'report_not_allowed',
    `${told} is of the whole visit, whose pages may be another’s than those that the filters of the token show; ask for event:page`,
  );
}

/**
 * Makes sure that one report, which the token names and the key allows (empty: every one), answers all of a question: its metrics, its
 * dimensions and what it filters by. `locked`: the filters of the token. Two reports side by side do not allow what neither shows.
 * @throws Failure `report_not_in_token`, `report_not_allowed`
 */
export function requireReport(
  body: unknown,
  { token, key, locked }: Record<'token' | 'key', readonly string[]> & { locked: readonly unknown[] },
): void {
  const asked = readAsked(body);
  requireOwnPages(asked, locked);
  const inToken = token.filter((report) => answers(report, asked));
  if (inToken.some((report) => key.length === 0 || key.includes(report))) return;
  const [first] = inToken;
  if (first !== undefined) {
    const message = `the embed key does not allow the report ${first}; it allows ${key.join(', ')}`;
    throw embedFailure('report_not_allowed', message);
  }
  const others = EMBED_REPORT_NAMES.filter((report) => answers(report, asked));
  const needed = others.length === 0 ? 'no report answers this' : `this needs ${others.join(' or ')}`;
  const message = `${needed}, and the token is for ${token.map((one) => one.slice(0, 40)).join(', ')}`;
  throw embedFailure('report_not_in_token', message);
}
