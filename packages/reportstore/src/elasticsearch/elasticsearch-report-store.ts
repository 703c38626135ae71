import type { Client } from '@elastic/elasticsearch';
import { createTextMatcher } from '../duckdb/text-matcher.ts';
import { beginTime } from '../reader-time.ts';
import type { ReportStore, ReportStoreOptions } from '../report-store.ts';
import { createSlots, shareRoom } from '../slots.ts';
import { parseAddress } from './address.ts';
import { withReader } from './ask/reader.ts';
import { connect } from './client.ts';
import { reporting } from './failing.ts';
import { openMonths } from './months/months.ts';
import type { Ports } from './ports.ts';
import { HISTORY } from './schema/history.ts';
import { createIndices } from './schema/indices.ts';
import { createScheme, type Scheme } from './schema/templates.ts';
import { sweep } from './sweep/sweep.ts';
import { deleteBefore, deleteSite } from './write/delete.ts';
import { reopenDays, replaceVisitorDays, settleDays, touchDays } from './write/replace.ts';
import { sealDays } from './write/seal.ts';

const QUERY_TIMEOUT_MS = 30_000;
/** How long a question waits for those before it. */
const WAIT_MS = 60_000;
const QUESTIONS = 5;
const SEALER_MS = 60_000;

/** What tests set otherwise. */
export type Inner = Partial<Pick<Ports, 'now' | 'sealerMs' | 'history'>>;

/** What the parts of a store on a client share. */
export function createPorts(
  client: Client,
  scheme: Scheme,
  { now = Date.now, sealerMs = SEALER_MS, history = HISTORY }: Inner = {},
): Ports {
  const { names } = scheme;
  return {
    client,
    names,
    months: openMonths(client, names),
    history,
    indices: createIndices(client, scheme),
    now,
    sealerMs,
  };
}

/** Opens the report store on Elasticsearch that {@link import('./schema/provision.ts').ELASTICSEARCH_REPORT_STORE} has prepared. */
export function openElasticsearchReportStore(
  url: string,
  options: ReportStoreOptions,
  inner: Inner = {},
): ReportStore {
  const { queryTimeoutMs: timeoutMs = QUERY_TIMEOUT_MS, max = QUESTIONS } = options;
  const scheme = createScheme(parseAddress(url));
  const client = connect(scheme.address, options.name);
  const { now } = options;
  const ports = createPorts(client, scheme, { ...(now === undefined ? {} : { now }), ...inner });
  const { months } = ports;
  const matcher = createTextMatcher();
  const slots = createSlots(shareRoom(max, WAIT_MS));
  return {
    read: (use, asker) =>
      reporting(slots(() => withReader({ ...ports, matcher, time: beginTime(timeoutMs) }, use), asker)),
    replaceVisitorDays: (visitorDays) => reporting(replaceVisitorDays(ports, visitorDays)),
    touchDays: (days) => reporting(touchDays(ports, days)),
    reopenDays: (days) => reporting(reopenDays(ports, days)),
    settleDays: (days) => reporting(settleDays(ports, days)),
    staleDays: (latestDay, limit, from) => reporting(months.stale({ latestDay, from }, limit)),
    sealDays: (sealing, facts, noted = async () => undefined) =>
      reporting(sealDays(ports, sealing, { facts, noted })),
    sweep: () => reporting(sweep(ports)),
    sweepFiles: async () => undefined,
    deleteSite: (siteId) => reporting(deleteSite(ports, siteId, null)),
    deleteBefore: (siteId, month) => reporting(deleteBefore(ports, siteId, month)),
    deleteGeneration: (siteId, generation) => reporting(deleteSite(ports, siteId, generation)),
    ping: () => reporting(client.ping().then(() => undefined)),
    close: async () => {
      await Promise.all([client.close(), matcher.close()]);
    },
  };
}
