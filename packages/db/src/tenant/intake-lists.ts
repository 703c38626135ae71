import { checkAll } from '@footfall/core/failure';
import {
  type IntakeRules,
  MAX_PATTERN_CHARACTERS,
  MAX_RULE,
  parseRule,
  RULES,
  type RuleKind,
  selectPagePatterns,
} from '@footfall/core/intake-rules';
import { hasFewWildcards, MAX_WILDCARDS } from '@footfall/core/page-pattern';
import { parseKeptParam } from '@footfall/core/stored-address';
import { controlFailure } from '../errors.ts';

/** What a site says of the events that it takes: from where, and which it does not want. */
export type IntakeLists = IntakeRules & {
  allowedOrigins: readonly string[];
  /** Parameters of page addresses that are stored besides those of campaigns. */
  keptParams: readonly string[];
};

/** Entries of a list; each is looked at with every event. */
const MAX_ENTRIES = 200;

/** An origin as browsers send it, `https://*.` and a name for all below it; undefined when the text is none. */
function parseOrigin(text: string): string | undefined {
  if (text.length > MAX_RULE) return undefined;
  const [, scheme, star = '', rest] = /^(https?:\/\/)(\*\.)?([^/*]+)\/?$/i.exec(text.trim()) ?? [];
  if (scheme === undefined || !URL.canParse(`${scheme}${rest}`)) return undefined;
  const { origin, username } = new URL(`${scheme}${rest}`);
  return username === '' ? origin.replace('//', `//${star}`) : undefined;
}

type List = { parse: (text: string) => string | undefined; means: string };

const LISTS: Readonly<Record<keyof IntakeLists, List>> = {
  allowedOrigins: {
    parse: parseOrigin,
    means: 'an origin such as https://shop.example, or https://*.shop.example for all below it',
  },
  keptParams: { parse: parseKeptParam, means: 'the name of a parameter such as page' },
  ...(Object.fromEntries(
    Object.entries(RULES).map(([kind, { means }]) => [
      kind,
      { parse: (text: string) => parseRule(kind as RuleKind, text), means },
    ]),
  ) as Record<RuleKind, List>),
};

/** Every event is compared with these patterns: a hostile list must not hold the collector up. */
function checkPagePatterns(patterns: readonly string[]): void {
  const where = 'blockedPages';
  const crowded = patterns.find((pattern) => !hasFewWildcards(pattern));
  if (crowded !== undefined)
    throw controlFailure(
      'too_many_wildcards',
      `${JSON.stringify(crowded.slice(0, 100))} has more than ${MAX_WILDCARDS} wildcards (* or **)`,
      { where, values: { most: MAX_WILDCARDS } },
    );
  if (selectPagePatterns(patterns).leftOut.length === 0) return;
  const most = MAX_PATTERN_CHARACTERS;
  const message = `pages that have a wildcard before their end may have ${most} characters together`;
  throw controlFailure('too_complex_rules', message, { where, values: { most } });
}

function parseEntries(field: keyof IntakeLists, texts: readonly string[]): string[] {
  const { parse, means } = LISTS[field];
  const entries = texts
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const entry = parse(text);
      if (entry !== undefined) return entry;
      const wrong = JSON.stringify(text.slice(0, 100));
      throw controlFailure('invalid_rule', `${wrong} is not ${means}`, {
        where: field,
        values: { list: field, entry: text.slice(0, 100) },
      });
    });
  const distinct = [...new Set(entries)].sort();
  if (field === 'blockedPages' && distinct.length <= MAX_ENTRIES) checkPagePatterns(distinct);
  if (distinct.length <= MAX_ENTRIES) return distinct;
  throw controlFailure(
    'too_many_rules',
    `a list has at most ${MAX_ENTRIES} entries, not ${distinct.length}`,
    {
      where: field,
      values: { most: MAX_ENTRIES, count: distinct.length },
    },
  );
}

/**
 * The lists that are given, in their normal form: sorted, each entry once, without empty ones.
 * @throws Failure `invalid_rule`, `too_many_rules`, `too_many_wildcards`, `too_complex_rules`, whose place is the list's name
 */
export function parseIntakeLists(given: Partial<IntakeLists>): { [Field in keyof IntakeLists]?: string[] } {
  const fields = (Object.keys(LISTS) as (keyof IntakeLists)[]).filter((field) => given[field] !== undefined);
  const lists = checkAll(
    ...fields.map((field) => () => [field, parseEntries(field, given[field] ?? [])] as const),
  );
  return Object.fromEntries(lists);
}
