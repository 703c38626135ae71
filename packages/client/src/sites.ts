import type { components } from './schema.ts';
import type { CallOptions, Transport } from './transport.ts';

type Schemas = components['schemas'];

/** Sites of the key's tenant, for a marketplace that makes its sellers' sites. A site is named by id, site key or domain. */
export type SitesClient = {
  /** All sites that the key opens, by domain, page by page. */
  list(options?: CallOptions): AsyncGenerator<Schemas['ManagedSite'], void, undefined>;
  /** Makes a site; of a domain that is there already the answer is that site as it is, with `created: false`. */
  create(site: Schemas['NewSite'], options?: CallOptions): Promise<Schemas['CreatedSite']>;
  get(site: string, options?: CallOptions): Promise<Schemas['ManagedSite']>;
  /** Changes what is given. */
  update(site: string, change: Schemas['SiteChange'], options?: CallOptions): Promise<Schemas['ManagedSite']>;
  /** Gone at once; for a week it can be brought back in the portal, then all of it is deleted. */
  delete(site: string, options?: CallOptions): Promise<void>;
  /** All goals of a site, by name. */
  goals(site: string, options?: CallOptions): AsyncGenerator<Schemas['ManagedGoal'], void, undefined>;
  /** Makes a goal; one that the same reaches is answered as it is, with `created: false`. */
  createGoal(goal: Schemas['NewGoal'], options?: CallOptions): Promise<Schemas['CreatedGoal']>;
  deleteGoal(site: string, goalId: string, options?: CallOptions): Promise<void>;
};

const ADDRESS = '/api/v1/sites';

/** The search of the page after a cursor; of the first page without one. */
const pageAfter = (after: string | null) => (after === null ? {} : { after });

/** The part of a client that works on sites. */
export function createSitesClient(send: Transport): SitesClient {
  const ask = async <Body>(call: Parameters<Transport>[0]) => (await (await send(call)).json()) as Body;
  const at = (site: string) => `${ADDRESS}/${encodeURIComponent(site)}`;
  return {
    async *list(options) {
      let after: string | null = null;
      do {
        const page: Schemas['SitePage'] = await ask({ path: ADDRESS, search: pageAfter(after), ...options });
        yield* page.sites;
        after = page.meta.after;
      } while (after !== null);
    },
    create: (body, options) => ask({ path: ADDRESS, body, ...options }),
    get: (site, options) => ask({ path: at(site), ...options }),
    update: (site, body, options) => ask({ path: at(site), method: 'PUT', body, ...options }),
    delete: async (site, options) => {
      await ask({ path: at(site), method: 'DELETE', ...options });
    },
    async *goals(site, options) {
      let after: string | null = null;
      do {
        const search = { site_id: site, ...pageAfter(after) };
        const page: Schemas['GoalPage'] = await ask({ path: `${ADDRESS}/goals`, search, ...options });
        yield* page.goals;
        after = page.meta.after;
      } while (after !== null);
    },
    createGoal: (body, options) => ask({ path: `${ADDRESS}/goals`, method: 'PUT', body, ...options }),
    deleteGoal: async (site, goalId, options) => {
      const path = `${ADDRESS}/goals/${encodeURIComponent(goalId)}`;
      await ask({ path, method: 'DELETE', search: { site_id: site }, ...options });
    },
  };
}
