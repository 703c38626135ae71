import { addressAt } from './address.ts';
import { API_ROUTES, type ApiAddress } from './api-routes.ts';

const KIB = 1024;

/** A question to the query API, and its like. */
const QUERY = 64 * KIB;
/** What only reads takes its parameters from the address; some clients send an empty object with it. */
const NOTHING = KIB;

/**
 * The longest body that an address takes, bytes; `pages`: every other address, which is where server actions are sent to. The server
 * (runtime/portal-server.ts) holds all of them before anything reads a byte; a route without a row here does not compile.
 */
export const BODY_LIMITS = {
  /** The longest form has five lists of a site's rules. */
  pages: 512 * KIB,
  '/api/[...path]': NOTHING,
  '/api/auth/[...nextauth]': 8 * KIB,
  '/api/v1/openapi.json': NOTHING,
  '/api/embed/query': QUERY,
  /** Events with a long invoice in them are the longest. */
  '/api/stripe/webhook': 512 * KIB,
  '/api/v1/account': NOTHING,
  '/api/v1/query': QUERY,
  '/api/v1/funnel': QUERY,
  '/api/v1/retention': QUERY,
  '/api/v1/flow': QUERY,
  '/api/v1/sites': 8 * KIB,
  '/api/v1/sites/[id]': 8 * KIB,
  '/api/v1/sites/goals': 64 * KIB,
  '/api/v1/sites/goals/[goal]': 8 * KIB,
  '/api/v1/sites/funnels': 64 * KIB,
  '/api/v1/sites/funnels/[funnel]': 8 * KIB,
  '/api/v1/sites/segments': 64 * KIB,
  '/api/v1/sites/segments/[segment]': 8 * KIB,
  '/api/v1/sites/[id]/export': NOTHING,
  '/api/v1/sites/[id]/ledger': NOTHING,
  '/api/v1/sites/[id]/realtime': NOTHING,
  '/api/v1/stats/aggregate': NOTHING,
  '/api/v1/stats/breakdown': NOTHING,
  '/api/v1/stats/realtime/visitors': NOTHING,
  '/api/v1/stats/timeseries': NOTHING,
  '/api/v2/query': QUERY,
  '/sign-in/callback/[provider]': NOTHING,
  '/docs/search.json': NOTHING,
  '/demo/pulse': NOTHING,
  '/sites/[id]/pulse': NOTHING,
  '/sites/[id]/visitor-export': 4 * KIB,
  '/data-processing/agreement/download': NOTHING,
  '/account/export': NOTHING,
  '/team/export': NOTHING,
} as const satisfies Record<ApiAddress | 'pages', number>;

const API_ADDRESSES = Object.keys(API_ROUTES) as ApiAddress[];

/** The longest body that is taken at a path, bytes. */
export function bodyLimit(pathname: string): number {
  return BODY_LIMITS[addressAt(API_ADDRESSES, pathname) ?? 'pages'];
}
