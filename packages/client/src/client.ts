import { isWholeRecord, readLines } from './lines.ts';
import { type Answer, type Dimension, type Metric, type Named, named, type Query } from './query.ts';
import type { components } from './schema.ts';
import { createSitesClient, type SitesClient } from './sites.ts';
import { type CallOptions, type ClientOptions, createTransport, type Transport } from './transport.ts';

type Schemas = components['schemas'];

/** Local days of the site, both inclusive, `YYYY-MM-DD`. */
export type Days = { from: string; to: string };

/** All methods throw {@link import('./footfall-error.ts').FootfallError} when the portal refuses. */
export type Client = {
  /** Metrics by dimensions; the answer has the types of the metrics asked for. */
  query<const M extends readonly Metric[], const D extends readonly Dimension[] = readonly []>(
    query: Query<M, D>,
    options?: CallOptions,
  ): Promise<Answer<M, D>>;
  /** Answers page by page; `pagination.limit` is the size of one, 10,000 unless said. */
  pages<const M extends readonly Metric[], const D extends readonly Dimension[] = readonly []>(
    query: Query<M, D>,
    options?: CallOptions,
  ): AsyncGenerator<Answer<M, D>, void, undefined>;
  /** All rows of all pages as objects, `{ 'visit:source': 'Google', visitors: 12 }`. */
  rows<const M extends readonly Metric[], const D extends readonly Dimension[] = readonly []>(
    query: Query<M, D>,
    options?: CallOptions,
  ): AsyncGenerator<Named<M, D>, void, undefined>;
  funnel(query: Schemas['FunnelQuery'], options?: CallOptions): Promise<Schemas['FunnelAnswer']>;
  retention(query: Schemas['RetentionQuery'], options?: CallOptions): Promise<Schemas['RetentionAnswer']>;
  flow(query: Schemas['FlowQuery'], options?: CallOptions): Promise<Schemas['FlowAnswer']>;
  /** The plan of the key’s tenant, and what is used of it. */
  account(options?: CallOptions): Promise<Schemas['Account']>;
  /** Visitors of the last five minutes. A site is named by id, site key or domain. */
  realtime(site: string, options?: CallOptions): Promise<Schemas['Realtime']>;
  /** What became of every event received on some days; of all days when none are named. */
  ledger(site: string, days?: Partial<Days>, options?: CallOptions): Promise<Schemas['Ledger']>;
  /** All events of some days, one by one as they arrive. */
  export(
    site: string,
    days: Days,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['ExportedEvent'], void, undefined>;
  /** The same as records of CSV, the first of which are the columns' names. */
  exportCsv(site: string, days: Days, options?: CallOptions): AsyncGenerator<string, void, undefined>;
  /** Makes and changes sites and their goals; wants a key with the scope `sites`. */
  sites: SitesClient;
};

const siteAddress = (site: string, what: string) => `/api/v1/sites/${encodeURIComponent(site)}/${what}`;

async function* exportLines(
  send: Transport,
  site: string,
  {
    days,
    format,
    options,
  }: { days: Days; format: Schemas['ExportFormat']; options?: CallOptions | undefined },
): AsyncGenerator<string, void, undefined> {
  const { from, to } = days;
  const { body } = await send({
    path: siteAddress(site, 'export'),
    search: { from, to, format },
    ...options,
  });
  yield* readLines(body, format === 'csv' ? isWholeRecord : undefined);
}

/** A client of one portal, asking with one API key. */
export function createClient(settings: ClientOptions): Client {
  const send = createTransport(settings);
  const ask = async <Body>(path: string, body: unknown, options?: CallOptions) =>
    (await (await send({ path, body, ...options })).json()) as Body;
  const get = async <Body>(path: string, search: Partial<Days>, options?: CallOptions) =>
    (await (await send({ path, search, ...options })).json()) as Body;
  const client: Client = {
    query: (query, options) => ask('/api/v1/query', query, options),
    async *pages(query, options) {
      let { pagination } = query;
      for (;;) {
        const answer = await client.query({ ...query, ...(pagination && { pagination }) }, options);
        yield answer;
        const cursor = answer.meta.next_cursor;
        if (cursor === undefined) return;
        const { offset: _, ...size } = pagination ?? {};
        pagination = { ...size, cursor };
      }
    },
    async *rows(query, options) {
      for await (const answer of client.pages(query, options)) yield* named(query, answer);
    },
    funnel: (query, options) => ask('/api/v1/funnel', query, options),
    retention: (query, options) => ask('/api/v1/retention', query, options),
    flow: (query, options) => ask('/api/v1/flow', query, options),
    account: (options) => get('/api/v1/account', {}, options),
    realtime: (site, options) => get(siteAddress(site, 'realtime'), {}, options),
    ledger: (site, days = {}, options) => get(siteAddress(site, 'ledger'), days, options),
    async *export(site, days, options) {
      for await (const line of exportLines(send, site, { days, format: 'jsonl', options }))
        yield JSON.parse(line) as Schemas['ExportedEvent'];
    },
    exportCsv: (site, days, options) => exportLines(send, site, { days, format: 'csv', options }),
    sites: createSitesClient(send),
  };
  return client;
}
