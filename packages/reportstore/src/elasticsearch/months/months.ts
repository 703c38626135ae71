import type { Client, estypes } from '@elastic/elasticsearch';
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { sleep } from '@footfall/timing/sleep';
import { reportStoreFailure } from '../../errors.ts';
import type { DayState } from '../../report-store.ts';
import { documentId } from '../identity.ts';
import type { Names } from '../schema/names.ts';
import { dayStates, type Month, type MonthKey, monthDocument, monthName } from './month.ts';

/** What a change makes of a month (null: it is not there): the month as it is to be, or null to leave it alone; and an answer. */
export type Changed<T> = { month: Month | null; answer: T };
/** Called anew with what somebody else wrote meanwhile, so it must not have effects. */
export type Change<T> = (month: Month | null) => Changed<T>;

/** Days that are asked for, both ends inclusive. */
type Asked = { latestDay: string; from: string | undefined };

/** The months of all sites. */
export type Months = {
  /** Changes a month and waits until searches see it. */
  change<T>(key: MonthKey, change: Change<T>): Promise<T>;
  /** Changes a month in something that only {@link Months.get} and other changes need to see at once. */
  arrange<T>(key: MonthKey, change: Change<T>): Promise<T>;
  /** As it is now, whatever searches see yet. */
  get(keys: readonly MonthKey[]): Promise<(Month | null)[]>;
  /** Months of a site in a generation. */
  ofSite(siteId: string, generation: number, timeoutMs: number): Promise<Map<string, Month>>;
  /** As the port has it. */
  stale(days: Asked, limit: number): Promise<DayState[]>;
};

const CONFLICT = 409;
/** How long a change contends with others before it is given up, milliseconds. */
const TIMEOUT_MS = 60_000;
const RETRY: Backoff = { min: 10, max: 250, jitter: 1 };
/** Elasticsearch answers no more hits than these at once. */
const PAGE = 10_000;

type Pending = {
  key: MonthKey;
  change: Change<unknown>;
  visible: boolean;
  resolve: (answer: unknown) => void;
  reject: (cause: unknown) => void;
};

type Source = { site: string; generation: number; month: string } & Month & { waiting: Month['days'] };
type Found = {
  month: Month | null;
  at: { if_seq_no: number; if_primary_term: number } | { op_type: 'create' };
};

export const monthId = ({ siteId, generation, month }: MonthKey): string =>
  documentId(siteId, generation, month);

const toMonth = ({ days, sealing }: Source): Month => ({ days, sealing });

function unread({ type, reason }: { type: string; reason?: string | null }) {
  if (type === 'index_not_found_exception')
    return reportStoreFailure('report_store_unprepared', 'the index of months is missing');
  return reportStoreFailure('report_store_unavailable', `a month could not be read: ${reason ?? type}`);
}

async function read(client: Client, { months }: Names, keys: readonly MonthKey[]): Promise<Found[]> {
  if (keys.length === 0) return [];
  const docs = keys.map((key) => ({ _id: monthId(key), routing: key.siteId, _source: ['days', 'sealing'] }));
  const answer = await client.mget<Source>({ index: months, docs });
  return answer.docs.map((doc): Found => {
    if ('error' in doc) throw unread(doc.error);
    if (!doc.found || doc._source === undefined) return { month: null, at: { op_type: 'create' } };
    const at = { if_seq_no: doc._seq_no as number, if_primary_term: doc._primary_term as number };
    return { month: toMonth(doc._source), at };
  });
}

/** Changes of one month, in their order, on what was found. */
function apply(
  found: Month | null,
  pending: readonly Pending[],
): { month: Month | null; answers: unknown[] } {
  let month = null as Month | null;
  const answers = pending.map(({ change }) => {
    const changed = change(month ?? found);
    month = changed.month ?? month;
    return changed.answer;
  });
  return { month, answers };
}

function bulkLines(key: MonthKey, at: Found['at'], month: Month): object[] {
  const document = { _id: monthId(key), routing: key.siteId };
  const action = 'op_type' in at ? { create: document } : { index: { ...document, ...at } };
  return [action, monthDocument(key, month)];
}

function isConflict(item: estypes.BulkResponseItem | undefined): boolean {
  if (item?.error === undefined) return false;
  if (item.status === CONFLICT) return true;
  throw reportStoreFailure('report_store_unavailable', `a month could not be written: ${item.error.reason}`);
}

/**
 * Changes of all who ask in this process go out together, one request at a time: each waits for a refresh, and changes of one month
 * would only contend. Those of other processes are found by the sequence number of the document.
 */
class Changes {
  readonly #client: Client;
  readonly #names: Names;
  #pending: Pending[] = [];
  #running = false;

  constructor(client: Client, names: Names) {
    this.#client = client;
    this.#names = names;
  }

  add(pending: Pending): void {
    this.#pending.push(pending);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#commit(batch);
      } catch (cause) {
        for (const { reject } of batch) reject(cause);
      }
    }
    this.#running = false;
  }

  async #commit(batch: readonly Pending[]): Promise<void> {
    const until = Date.now() + TIMEOUT_MS;
    let left = [...Map.groupBy(batch, ({ key }) => monthId(key)).values()];
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt > 0) await sleep(backoffPause(attempt, RETRY));
      if (Date.now() > until)
        throw reportStoreFailure('report_store_unavailable', 'others change the same days all the time');
      left = await this.#attempt(left);
    }
  }

  /** Answers the groups that somebody else was faster to change. */
  async #attempt(groups: readonly Pending[][]): Promise<Pending[][]> {
    const found = await read(
      this.#client,
      this.#names,
      groups.map(([first]) => (first as Pending).key),
    );
    const made = groups.map((group, index) => ({
      group,
      found: found[index] as Found,
      ...apply((found[index] as Found).month, group),
    }));
    const written = made.filter(({ month }) => month !== null);
    const conflicts = new Set<Pending[]>();
    if (written.length > 0) {
      const operations = written.flatMap(({ group, found: { at }, month }) =>
        bulkLines((group[0] as Pending).key, at, month as Month),
      );
      const refresh = written.some(({ group }) => group.some(({ visible }) => visible));
      const answer = await this.#client.bulk({ index: this.#names.months, operations, refresh });
      answer.items.forEach((item, index) => {
        if (isConflict(item.create ?? item.index))
          conflicts.add((written[index] as (typeof written)[number]).group);
      });
    }
    for (const { group, answers } of made) {
      if (conflicts.has(group)) continue;
      for (const [index, { resolve }] of group.entries()) resolve(answers[index]);
    }
    return [...conflicts];
  }
}

async function staleMonths(
  client: Client,
  { months }: Names,
  { latestDay, from }: Asked,
  limit: number,
): Promise<Source[]> {
  const found: Source[] = [];
  const since = from === undefined ? [] : [{ range: { month: { gte: monthName(from) } } }];
  let after: estypes.SortResults | undefined;
  while (found.length < limit) {
    const size = Math.min(PAGE, limit - found.length);
    const answer = await client.search<Source>({
      index: months,
      size,
      track_total_hits: false,
      allow_partial_search_results: false,
      _source: ['site', 'generation', 'month', 'waiting'],
      query: { bool: { filter: [{ range: { stale: { lte: latestDay } } }, ...since] } },
      sort: [{ month: 'desc' }, 'site', 'generation'],
      ...(after === undefined ? {} : { search_after: after }),
    });
    const { hits } = answer.hits;
    found.push(...hits.flatMap(({ _source }) => _source ?? []));
    after = hits.at(-1)?.sort;
    if (hits.length < size || after === undefined) break;
  }
  return found;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Months in turns: the latest of each site, then the one before, and so on. */
function inTurns(months: readonly Source[]): Source[] {
  const turns = [...Map.groupBy(months, ({ site }) => site).values()].flatMap((own) =>
    own
      .toSorted((a, b) => compare(b.month, a.month) || a.generation - b.generation)
      .map((month, turn) => ({ month, turn })),
  );
  return turns
    .sort((a, b) => a.turn - b.turn || compare(a.month.site, b.month.site))
    .map(({ month }) => month);
}

export function openMonths(client: Client, names: Names): Months {
  const changes = new Changes(client, names);
  const add = <T>(key: MonthKey, change: Change<T>, visible: boolean) =>
    new Promise<T>((resolve, reject) => {
      changes.add({ key, change, visible, resolve: resolve as Pending['resolve'], reject });
    });
  return {
    change: (key, change) => add(key, change, true),
    arrange: (key, change) => add(key, change, false),
    get: async (keys) => (await read(client, names, keys)).map(({ month }) => month),
    ofSite: async (siteId, generation, timeoutMs) => {
      const answer = await client.search<Source>(
        {
          index: names.months,
          routing: siteId,
          size: PAGE,
          track_total_hits: false,
          allow_partial_search_results: false,
          _source: ['month', 'days'],
          query: { bool: { filter: [{ term: { site: siteId } }, { term: { generation } }] } },
        },
        { requestTimeout: timeoutMs, maxRetries: 1 },
      );
      const sources = answer.hits.hits.flatMap(({ _source }) => _source ?? []);
      return new Map(sources.map(({ month, days }) => [month, { days, sealing: null }]));
    },
    // A month that is found has a day that waits, so these are enough.
    stale: async ({ latestDay, from }, limit) =>
      inTurns(await staleMonths(client, names, { latestDay, from }, limit))
        .flatMap(({ site, generation, waiting }) =>
          dayStates({ siteId: site, generation }, { days: waiting, sealing: null }),
        )
        .filter(({ day }) => day <= latestDay && day >= (from ?? ''))
        .slice(0, limit),
  };
}
