import { BlockList, isIPv6 } from 'node:net';
import {
  compileHostPatterns,
  type IntakeRules,
  parseNetwork,
  selectPagePatterns,
} from '@footfall/core/intake-rules';
import { pageText, parsePage } from '@footfall/core/page';
import { compilePagePatterns, type PathTest } from '@footfall/core/page-matcher';
import type { RejectionReason } from '@footfall/core/rejection';
import { LRUCache } from 'lru-cache';

/** Of which country an address is, ISO 3166 code; another text when that is not known. */
export type LookUpCountry = (ip: string) => string;

/** Why a site does not want an event of this page and address, or null when it does. */
export type Exclusion = (event: { url: string }, ip: string | undefined) => RejectionReason | null;

type Rule = { reason: RejectionReason; excludes: (url: string, ip: string | undefined) => boolean };

function addressRule(networks: readonly string[]): Rule[] {
  if (networks.length === 0) return [];
  const list = new BlockList();
  for (const text of networks) {
    const network = parseNetwork(text);
    if (network !== undefined) list.addSubnet(network.address, network.bits, network.family);
  }
  const excludes = (_url: string, ip: string | undefined) =>
    ip !== undefined && list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
  return [{ reason: 'blocked_ip', excludes }];
}

function countryRule(countries: readonly string[], countryOf: LookUpCountry | null): Rule[] {
  if (countries.length === 0 || countryOf === null) return [];
  const listed = new Set(countries);
  return [{ reason: 'blocked_ip', excludes: (_url, ip) => ip !== undefined && listed.has(countryOf(ip)) }];
}

function hostRule(patterns: readonly string[]): Rule[] {
  if (patterns.length === 0) return [];
  const matches = compileHostPatterns(patterns);
  const excludes = (url: string) => matches(parsePage(url).hostname);
  return [{ reason: 'excluded_hostname', excludes }];
}

/** A site that is looked up again comes as another object, most often with the same patterns. The size is in characters of patterns. */
const pageTests = new LRUCache<string, PathTest>({
  maxSize: 1_000_000,
  sizeCalculation: (_, text) => text.length,
});

function loadPageTest(patterns: readonly string[]): PathTest {
  const text = patterns.join('\n');
  const known = pageTests.get(text);
  if (known !== undefined) return known;
  const test = compilePagePatterns(selectPagePatterns(patterns).applied.map(pageText));
  pageTests.set(text, test);
  return test;
}

function pageRule(patterns: readonly string[]): Rule[] {
  if (patterns.length === 0) return [];
  const matches = loadPageTest(patterns);
  const excludes = (url: string) => matches(parsePage(url).path);
  return [{ reason: 'blocked_page', excludes }];
}

/** Compiles a site's rules; null when it has none, as most have. `countryOf`: null when it is not there, so that countries are let in. */
export function compileExclusion(rules: IntakeRules, countryOf: LookUpCountry | null): Exclusion | null {
  const all = [
    ...addressRule(rules.blockedIps),
    ...countryRule(rules.blockedCountries, countryOf),
    ...hostRule(rules.excludedHostnames),
    ...pageRule(rules.blockedPages),
  ];
  if (all.length === 0) return null;
  return ({ url }, ip) => all.find(({ excludes }) => excludes(url, ip))?.reason ?? null;
}

const compiled = new WeakMap<IntakeRules, Exclusion | null>();

/** {@link compileExclusion}, once for each site as the directory knows it: a changed site is another object. */
export async function loadExclusion(
  rules: IntakeRules,
  countries: () => Promise<LookUpCountry>,
): Promise<Exclusion | null> {
  const known = compiled.get(rules);
  if (known !== undefined) return known;
  const exclusion = compileExclusion(rules, rules.blockedCountries.length === 0 ? null : await countries());
  compiled.set(rules, exclusion);
  return exclusion;
}
