import type { Failure } from '@footfall/core/failure';
import { parseFilters } from '@footfall/core/query/filter';
import { z } from 'zod';
import { embedFailure } from './errors.ts';
import { THEME_VARIABLES, type Theme } from './theme.ts';

const MAX_SITES = 100;
const MAX_REPORTS = 50;
const MAX_FILTERS = 20;
const NAME = z.string().min(1).max(300);
const TIME = z.int().positive();

const theme = z.strictObject(
  Object.fromEntries(
    Object.entries(THEME_VARIABLES).map(([name, pattern]) => [name, z.string().regex(pattern).optional()]),
  ),
);

/** Whoever writes `filter` for `filters` must not show everything: a claim that is not here is refused. */
const CLAIMS = z.strictObject({
  aud: z.literal('footfall'),
  iat: TIME,
  exp: TIME,
  nbf: TIME.optional(),
  sites: z.array(NAME).min(1).max(MAX_SITES),
  reports: z.array(NAME).min(1).max(MAX_REPORTS),
  filters: z.array(z.array(z.unknown()).min(2).max(4)).max(MAX_FILTERS).optional(),
  theme: theme.optional(),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
    .optional(),
  // Of the JWT standard; they mean nothing here.
  iss: z.string().max(300).optional(),
  sub: z.string().max(300).optional(),
  jti: z.string().max(300).optional(),
});

/** What a token says, checked. */
export type EmbedClaims = {
  /** Sites by id, site key or domain. */
  sites: readonly string[];
  reports: readonly string[];
  /** Filters of the query language, which hold for whatever is asked. */
  filters: readonly unknown[];
  theme: Theme;
  locale: string | null;
  /** Epoch seconds. */
  exp: number;
};

/** How far the clocks of merchants may be ahead of ours, seconds; an end is an end, so that there is nothing to spare there. */
const AHEAD_SECONDS = 10;
const LONGEST_SECONDS = 600;

const wrongClaim = (message: string, where: string): Failure =>
  embedFailure('token_claims', `${where}: ${message}`, { where });

/** Whether the times of a token hold now (epoch seconds); each fault is told by its own code, before anything else of it is looked at. */
function checkTimes(claims: Readonly<Record<string, unknown>>, now: number): void {
  const { iat, exp, nbf = iat } = claims;
  for (const [name, value] of Object.entries({ iat, exp, nbf })) {
    if (!TIME.safeParse(value).success)
      throw wrongClaim('must be a whole number of seconds since 1970', name);
  }
  const [issued, ends, begins] = [iat, exp, nbf] as number[] as [number, number, number];
  if (ends <= issued) throw wrongClaim('must be later than iat', 'exp');
  if (ends <= now) throw embedFailure('token_expired', `the token ended ${Math.ceil(now - ends)} s ago`);
  const early = Math.max(issued, begins) - now;
  if (early > AHEAD_SECONDS) {
    const message = `the token begins in ${Math.ceil(early)} s: is the clock of the server that signs it right?`;
    throw embedFailure('token_not_yet_valid', message);
  }
  if (ends - issued > LONGEST_SECONDS) {
    const message = `a token lives ${LONGEST_SECONDS} s at most, this one ${ends - issued} s`;
    throw embedFailure('token_too_long_lived', message);
  }
}

/** Goals are those of a site, so they are looked for when something is asked of it. */
function checkFilters(filters: readonly unknown[]): void {
  const named = JSON.stringify(filters).includes('"event:goal"');
  try {
    const { metrics } = named ? { metrics: [] } : parseFilters(filters, { goals: [] });
    if (metrics.length > 0) throw wrongClaim('metrics cannot be locked, dimensions can', 'filters');
  } catch (error) {
    const { code, where = 'filters', message } = error as Failure;
    throw code === 'invalid_filter' ? wrongClaim(message, where) : error;
  }
}

/**
 * The claims of a token whose signature holds. `now`: epoch seconds.
 * @throws Failure `token_audience`, `token_expired`, `token_not_yet_valid`, `token_too_long_lived`, `token_claims`
 */
export function readClaims(payload: Readonly<Record<string, unknown>>, now: number): EmbedClaims {
  if (payload.aud !== 'footfall') throw embedFailure('token_audience', 'aud must be "footfall"');
  checkTimes(payload, now);
  const read = CLAIMS.safeParse(payload);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw wrongClaim(issue?.message ?? 'is wrong', issue?.path.join('.') || 'claims');
  }
  const { sites, reports, filters = [], theme: its = {}, locale = null, exp } = read.data;
  checkFilters(filters);
  return { sites, reports, filters, theme: its as Theme, locale, exp };
}
