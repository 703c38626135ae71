import { trimBlanks } from './blank.ts';
import { hostText } from './host.ts';
import { normaliseIp } from './ip.ts';
import { writtenPath } from './page.ts';
import { countStates } from './page-matcher.ts';
import { hasFewWildcards } from './page-pattern.ts';

/** What a site does not want to be counted, each list as merchants write it; see {@link parseRule} for what each may hold. */
export type IntakeRules = {
  /** Addresses and networks, such as `192.0.2.7` and `2001:db8::/48`. */
  blockedIps: readonly string[];
  /** ISO 3166-1 codes of two letters. */
  blockedCountries: readonly string[];
  /** Patterns of paths as in page goals. */
  blockedPages: readonly string[];
  /** Names of hosts, or `*.` and a name for all hosts below it; a leading `www.` does not matter, nor whether names are in ASCII. */
  excludedHostnames: readonly string[];
};

export type RuleKind = keyof IntakeRules;

/** An address with the number of its leading bits that count. */
export type Network = { address: string; bits: number; family: 'ipv4' | 'ipv6' };

/** Takes an address or a network in CIDR notation apart; undefined when it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [address = '', length, ...rest] = text.trim().split('/');
  const normal = normaliseIp(address);
  if (normal === undefined || rest.length > 0) return undefined;
  const family = normal.includes('.') ? 'ipv4' : 'ipv6';
  const most = family === 'ipv4' ? 32 : 128;
  if (length === undefined) return { address: normal, bits: most, family };
  // An IPv4 network in the notation of IPv6 counts other bits than it shows.
  if (!/^\d{1,3}$/.test(length) || Number(length) > most || (family === 'ipv4') !== address.includes('.'))
    return undefined;
  return { address: normal, bits: Number(length), family };
}

const written = ({ address, bits, family }: Network) =>
  bits === (family === 'ipv4' ? 32 : 128) ? address : `${address}/${bits}`;

export const MAX_RULE = 200;
const HOST = /^(\*\.)?[\p{L}\p{M}\p{N}\p{S}_]([\p{L}\p{M}\p{N}\p{S}_.-]*[\p{L}\p{M}\p{N}\p{S}_])?$/u;

function hostPattern(text: string): string | undefined {
  const [star, name] = text.startsWith('*.') ? ['*.', text.slice(2)] : ['', text];
  const plain = name.toLowerCase();
  // Of an address of a page, say, the first part would be taken for the host.
  if (/[/:@?#\\]/.test(plain)) return undefined;
  const host = URL.canParse(`http://${plain}/`) ? new URL(`http://${plain}/`).hostname : '';
  const pattern = star + hostText(host);
  return HOST.test(pattern) ? pattern : undefined;
}

type RuleRow = {
  /** Its normal form; undefined when the text is no such rule. */
  parse: (text: string) => string | undefined;
  /** What it must be, to whoever wrote something else. */
  means: string;
};

/** What each list may hold. */
export const RULES: Readonly<Record<RuleKind, RuleRow>> = {
  blockedIps: {
    parse: (text) => {
      const network = parseNetwork(text);
      return network && written(network);
    },
    means: 'an IP address or a network such as 192.0.2.0/24',
  },
  blockedCountries: {
    parse: (text) => (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : undefined),
    means: 'a country code of two letters such as DE',
  },
  blockedPages: {
    parse: (text) => (text.startsWith('/') ? writtenPath(text) : undefined),
    means: 'a path that begins with /, where * is one part of it and ** any number, such as /account/**',
  },
  excludedHostnames: {
    parse: hostPattern,
    means: 'a hostname such as staging.shop.example, or *.shop.example for all below it',
  },
};

/** A rule in its normal form, or undefined when the text is none of this kind. */
export function parseRule(kind: RuleKind, text: string): string | undefined {
  const trimmed = trimBlanks(text);
  return trimmed.length <= MAX_RULE ? RULES[kind].parse(trimmed) : undefined;
}

/** Tells whether a host, as pages have it, is one that patterns of {@link IntakeRules.excludedHostnames} name. */
export function compileHostPatterns(patterns: readonly string[]): (hostname: string) => boolean {
  const isBelow = (pattern: string) => pattern.startsWith('*.');
  // An earlier version kept names in ASCII.
  const names = new Set(patterns.filter((pattern) => !isBelow(pattern)).map(hostText));
  const ends = patterns.filter(isBelow).map((pattern) => `.${hostText(pattern.slice(2))}`);
  return (hostname) => names.has(hostname) || ends.some((end) => hostname.endsWith(end));
}

/** Characters that the patterns of pages of one site may have together, of those whose wildcards are not all at their end. */
export const MAX_PATTERN_CHARACTERS = 2_000;

/**
 * Tells which patterns of pages are applied. Every event of the site is compared with all of them, and the collector is everybody's: so a pattern with too many
 * wildcards is left out, and so is what is beyond {@link MAX_PATTERN_CHARACTERS}. Lists that are saved have none of these; earlier versions took them.
 */
export function selectPagePatterns(patterns: readonly string[]): { applied: string[]; leftOut: string[] } {
  const applied: string[] = [];
  const leftOut: string[] = [];
  let room = MAX_PATTERN_CHARACTERS;
  for (const pattern of patterns) {
    const states = countStates(pattern);
    if (!hasFewWildcards(pattern) || states > room) leftOut.push(pattern);
    else {
      room -= states;
      applied.push(pattern);
    }
  }
  return { applied, leftOut };
}
