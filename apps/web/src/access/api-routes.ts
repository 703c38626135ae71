import type { Action } from '@footfall/core/access/permission';
import type { PlanFeature } from '@footfall/core/billing/terms';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export type ApiRoute = {
  methods: readonly Method[];
  /** What the caller must be allowed to do, by an API key of a scope that allows it or by a session; `account`: be signed in; `everyone`: nothing. */
  admission: 'everyone' | 'account' | Action;
  /** What a method needs that does more than the others. */
  needs?: Partial<Record<Method, Action>>;
  /** Who may call: API keys and sessions, or only pages of the portal by their session, or only API keys. */
  callers: 'keys and sessions' | 'sessions' | 'keys' | 'everyone';
  /** What the tenant's plan must include for a request that changes something. */
  feature?: PlanFeature;
};

const READS_REPORTS = { admission: 'reports.read', callers: 'keys and sessions' } as const;
const OPEN = { admission: 'everyone', callers: 'everyone' } as const;

/** Every route handler by its address; a test fails when it and the files `route.ts` under `app/` differ. */
export const API_ROUTES = {
  /** Whatever is not an address of the API. */
  '/api/[...path]': { methods: ['GET', 'POST'], ...OPEN },
  '/api/auth/[...nextauth]': { methods: ['GET', 'POST'], ...OPEN },
  '/api/v1/openapi.json': { methods: ['GET'], ...OPEN },
  /** For whoever has an embed token, which says by itself what it opens; neither sessions nor API keys count. */
  '/api/embed/query': { methods: ['POST'], ...OPEN },
  '/api/stripe/webhook': { methods: ['POST'], ...OPEN },
  '/api/v1/account': { methods: ['GET'], admission: 'account.read', callers: 'keys and sessions' },
  '/api/v1/query': { methods: ['POST'], ...READS_REPORTS },
  '/api/v1/funnel': { methods: ['POST'], ...READS_REPORTS },
  '/api/v1/retention': { methods: ['POST'], ...READS_REPORTS },
  '/api/v1/flow': { methods: ['POST'], ...READS_REPORTS },
  '/api/v1/sites': {
    methods: ['GET', 'POST'],
    admission: 'site.configure',
    needs: { POST: 'site.create' },
    callers: 'keys',
    feature: 'sites_api',
  },
  '/api/v1/sites/[id]': {
    methods: ['GET', 'PUT', 'DELETE'],
    admission: 'site.configure',
    callers: 'keys',
    feature: 'sites_api',
  },
  '/api/v1/sites/goals': {
    methods: ['GET', 'PUT'],
    admission: 'analysis.edit',
    callers: 'keys',
    feature: 'sites_api',
  },
  '/api/v1/sites/goals/[goal]': {
    methods: ['DELETE'],
    admission: 'analysis.edit',
    callers: 'keys',
    feature: 'sites_api',
  },
  '/api/v1/sites/funnels': {
    methods: ['GET', 'PUT'],
    admission: 'analysis.edit',
    callers: 'keys',
    feature: 'sites_api',
  },
  '/api/v1/sites/funnels/[funnel]': {
    methods: ['DELETE'],
    admission: 'analysis.edit',
    callers: 'keys',
    feature: 'sites_api',
  },
  '/api/v1/sites/segments': {
    methods: ['GET', 'PUT'],
    admission: 'analysis.edit',
    callers: 'keys',
    feature: 'sites_api',
  },
  '/api/v1/sites/segments/[segment]': {
    methods: ['DELETE'],
    admission: 'analysis.edit',
    callers: 'keys',
    feature: 'sites_api',
  },
  '/api/v1/sites/[id]/export': { methods: ['GET'], ...READS_REPORTS },
  '/api/v1/sites/[id]/ledger': { methods: ['GET'], ...READS_REPORTS },
  '/api/v1/sites/[id]/realtime': { methods: ['GET'], ...READS_REPORTS },
  '/api/v1/stats/aggregate': { methods: ['GET'], ...READS_REPORTS },
  '/api/v1/stats/breakdown': { methods: ['GET'], ...READS_REPORTS },
  '/api/v1/stats/realtime/visitors': { methods: ['GET'], ...READS_REPORTS },
  '/api/v1/stats/timeseries': { methods: ['GET'], ...READS_REPORTS },
  '/api/v2/query': { methods: ['POST'], ...READS_REPORTS },
  /** Where a provider of sign-in sends the browser back to. */
  '/sign-in/callback/[provider]': { methods: ['GET'], ...OPEN },
  /** Of the documentation, which is the same for everyone. */
  '/docs/search.json': { methods: ['GET'], ...OPEN },
  /** Of the demo's page, which everyone may open. */
  '/demo/pulse': { methods: ['GET'], ...OPEN },
  '/sites/[id]/pulse': { methods: ['GET'], admission: 'reports.read', callers: 'sessions' },
  '/sites/[id]/visitor-export': { methods: ['POST'], admission: 'events.remove', callers: 'sessions' },
  '/data-processing/agreement/download': { methods: ['GET'], ...OPEN },
  '/account/export': { methods: ['GET'], admission: 'account', callers: 'sessions' },
  '/team/export': { methods: ['GET'], admission: 'tenant.export', callers: 'sessions' },
} as const satisfies Record<string, ApiRoute>;

export type ApiAddress = keyof typeof API_ROUTES;

/** Addresses of routes for whoever is signed in. */
export type AccountApiAddress = {
  [A in ApiAddress]: (typeof API_ROUTES)[A]['admission'] extends 'account' ? A : never;
}[ApiAddress];

/** Addresses of routes whose caller must be known, and allowed to do what they do. */
export type GuardedApiAddress = {
  [A in ApiAddress]: (typeof API_ROUTES)[A]['admission'] extends 'everyone' | 'account' ? never : A;
}[ApiAddress];

/** What whoever calls a route by a method must be allowed to do. */
export function actionOfRoute(address: GuardedApiAddress, method: string): Action {
  const { admission, needs = {} }: { admission: Action; needs?: Readonly<Record<string, Action>> } =
    API_ROUTES[address];
  return needs[method] ?? admission;
}

/** What the tenant's plan must include for a request of this method; null: nothing. */
export function featureOfRoute(address: GuardedApiAddress, method: string): PlanFeature | null {
  const { feature }: ApiRoute = API_ROUTES[address];
  return method === 'GET' ? null : (feature ?? null);
}

/** Addresses of routes that everyone may call. */
export type OpenApiAddress = Exclude<ApiAddress, GuardedApiAddress | AccountApiAddress>;
