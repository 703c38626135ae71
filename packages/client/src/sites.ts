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
  /** All funnels that a site keeps, by name. */
  funnels(site: string, options?: CallOptions): AsyncGenerator<Schemas['ManagedFunnel'], void, undefined>;
  /** Keeps a funnel; one of this name gets these steps, with `created: false`. */
  putFunnel(funnel: Schemas['NewFunnel'], options?: CallOptions): Promise<Schemas['CreatedFunnel']>;
  deleteFunnel(site: string, funnelId: string, options?: CallOptions): Promise<void>;
  /** All segments that a site keeps, by name. */
  segments(site: string, options?: CallOptions): AsyncGenerator<Schemas['ManagedSegment'], void, undefined>;
  /** Keeps a segment; one of this name gets these filters, with `created: false`. */
  putSegment(segment: Schemas['NewSegment'], options?: CallOptions): Promise<Schemas['CreatedSegment']>;
  deleteSegment(site: string, segmentId: string, options?: CallOptions): Promise<void>;
};

const ADDRESS = '/api/v1/sites';

/** The search of the page after a cursor; of the first page without one. */
const pageAfter = (after: string | null) => (after === null ? {} : { after });

/** The part of a client that works on sites. */
export function createSitesClient(send: Transport): SitesClient {
  const ask = async <Body>(call: Parameters<Transport>[0]) => (await (await send(call)).json()) as Body;
  const at = (site: string) => `${ADDRESS}/${encodeURIComponent(site)}`;
  /** All of a list of a site, page by page; `read` finds the rows of a page. */
  async function* listAll<Page extends { meta: Schemas['SitePage']['meta'] }, Row>(
    { list, site, options }: { list: string; site: string; options: CallOptions | undefined },
    read: (page: Page) => readonly Row[],
  ): AsyncGenerator<Row, void, undefined> {
    let after: string | null = null;
    do {
      const search = { site_id: site, ...pageAfter(after) };
      const page: Page = await ask({ path: `${ADDRESS}/${list}`, search, ...options });
      yield* read(page);
      after = page.meta.after;
    } while (after !== null);
  }
  const remove = async (path: string, site: string, options: CallOptions | undefined) => {
    await ask({ path: `${ADDRESS}/${path}`, method: 'DELETE', search: { site_id: site }, ...options });
  };
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
    goals: (site, options) =>
      listAll({ list: 'goals', site, options }, ({ goals }: Schemas['GoalPage']) => goals),
    createGoal: (body, options) => ask({ path: `${ADDRESS}/goals`, method: 'PUT', body, ...options }),
    deleteGoal: (site, id, options) => remove(`goals/${encodeURIComponent(id)}`, site, options),
    funnels: (site, options) =>
      listAll({ list: 'funnels', site, options }, ({ funnels }: Schemas['FunnelPage']) => funnels),
    putFunnel: (body, options) => ask({ path: `${ADDRESS}/funnels`, method: 'PUT', body, ...options }),
    deleteFunnel: (site, id, options) => remove(`funnels/${encodeURIComponent(id)}`, site, options),
    segments: (site, options) =>
      listAll({ list: 'segments', site, options }, ({ segments }: Schemas['SegmentPage']) => segments),
    putSegment: (body, options) => ask({ path: `${ADDRESS}/segments`, method: 'PUT', body, ...options }),
    deleteSegment: (site, id, options) => remove(`segments/${encodeURIComponent(id)}`, site, options),
  };
}
