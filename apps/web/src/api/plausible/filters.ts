import type { Goal } from '@footfall/core/goal';
import { apiFailure } from '../errors.ts';

/** Filters of Plausible's Stats API v1: `visit:browser==Firefox;event:page==/a|/blog/**`, as those of queries. */

const GOAL = 'event:goal';

function refuse(message: string): never {
  throw apiFailure('invalid_parameter', message, { where: 'filters' });
}

/** Splits at a sign that no backslash stands before; backslashes stay. */
function splitAt(text: string, sign: string): string[] {
  const pieces = [''];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string;
    if (letter === '\\' && at + 1 < text.length) {
      pieces.push((pieces.pop() as string) + letter + text[at + 1]);
      at += 1;
    } else if (letter === sign) pieces.push('');
    else pieces.push((pieces.pop() as string) + letter);
  }
  return pieces;
}

/** A value without the backslash before a bar or a semicolon; others are part of it. */
const unescaped = (value: string) => value.replace(/\\([|;])/g, '$1');

const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A value with wildcards as a regular expression in RE2's syntax: one or two stars are any letters. */
const wildcardPattern = (value: string) => `(?s)^${value.split(/\*+/).map(quoted).join('.*')}$`;

/** A goal by the name that it has here, or by what Plausible calls goals of pages: `Visit /register`. */
function goalName(value: string, goals: readonly Goal[]): string {
  if (goals.some(({ name }) => name === value)) return value;
  const [, page] = /^Visit (.+)$/s.exec(value) ?? [];
  return goals.find((goal) => page !== undefined && goal.page === page)?.name ?? value;
}

function readFilter(text: string, goals: readonly Goal[]): unknown[] {
  const [, property = '', sign = '', rest = ''] = /^\s*([^=!\s]+?)\s*(==|!=)(.*)$/s.exec(text) ?? [];
  if (property === '')
    refuse(`${JSON.stringify(text)} is not a filter such as visit:browser==Firefox or event:page!=/a`);
  const values = splitAt(rest, '|').map(unescaped);
  const negative = sign === '!=';
  if (property === GOAL)
    return [negative ? 'is_not' : 'is', GOAL, values.map((value) => goalName(value, goals))];
  if (!values.some((value) => value.includes('*'))) return [negative ? 'is_not' : 'is', property, values];
  return [negative ? 'matches_not' : 'matches', property, values.map(wildcardPattern)];
}

/**
 * `filters` of an address as those of a query, which says what else is wrong with them.
 * @throws Failure `invalid_parameter`
 */
export function readFilters(text: string | null, goals: readonly Goal[]): unknown[] {
  if (text === null || text.trim() === '') return [];
  return splitAt(text, ';')
    .filter((filter) => filter.trim() !== '')
    .map((filter) => readFilter(filter, goals));
}
