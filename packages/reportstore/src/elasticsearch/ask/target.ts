import type { Client, estypes } from '@elastic/elasticsearch';
import type { ReaderTime } from '../../reader-time.ts';
import type { Query } from './condition.ts';
import type { Aggregations } from './parts.ts';

/** One place that a question is put to: documents of some builds of one site, for as long as the reader has time. */
export type Target = {
  search(body: Body): Promise<estypes.SearchResponse>;
  /** Selects the documents of the builds. */
  scope: readonly Query[];
  /** Between answers that are worked through; see {@link ReaderTime}. */
  pause: ReaderTime['pause'];
};

export type Body = Pick<estypes.SearchRequest, 'size' | 'sort' | 'search_after' | '_source'> & {
  query: Query;
  aggs?: Aggregations;
};

/** Where documents are: in indices, or in what they were at one moment. */
export type Place = { index: readonly string[]; routing: string } | { pit: () => Promise<string> };

const KEEP_ALIVE = '5m';

/** A target at a place. A request that is given up is cancelled by Elasticsearch, which sees its connection closed. */
export function createTarget(
  client: Client,
  { place, scope, time }: { place: Place; scope: readonly Query[]; time: ReaderTime },
): Target {
  const where = async () =>
    'pit' in place
      ? { pit: { id: await place.pit(), keep_alive: KEEP_ALIVE } }
      : { index: [...place.index], routing: place.routing };
  return {
    scope,
    pause: time.pause,
    search: async (body) => {
      const at = await where();
      const request = { ...at, ...body, track_total_hits: false, allow_partial_search_results: false };
      const answer = await client.search(request as estypes.SearchRequest, {
        requestTimeout: time.left(),
        maxRetries: 1,
      });
      return answer;
    },
  };
}

type Moment = { index: readonly string[]; routing: string; timeoutMs: number };

/** Opens a moment of indices, those that are not there left out: a day may be known and have no facts. */
export async function openPit(client: Client, { index, routing, timeoutMs }: Moment): Promise<string> {
  const { id } = await client.openPointInTime(
    { index: [...index], routing, keep_alive: KEEP_ALIVE, ignore_unavailable: true },
    { requestTimeout: timeoutMs, maxRetries: 1 },
  );
  return id;
}

/** Lets a moment go. */
export async function closePit(client: Client, id: string): Promise<void> {
  try {
    await client.closePointInTime({ id });
  } catch {
    // Nothing depends on it: Elasticsearch lets it go by itself a little later.
  }
}
