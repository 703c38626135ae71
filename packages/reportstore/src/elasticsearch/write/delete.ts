import type { estypes } from '@elastic/elasticsearch';
import type { Query } from '../ask/condition.ts';
import type { Ports } from '../ports.ts';
import { indexPattern, KINDS } from '../schema/templates.ts';

const PAGE = 1_000;

/** Deletes documents that meet a condition, page by page; a search and a bulk are all that every Elasticsearch has. */
export async function deleteWhere(
  { client }: Pick<Ports, 'client'>,
  index: string,
  where: readonly Query[],
): Promise<void> {
  for (;;) {
    const answer = await client.search({
      index,
      size: PAGE,
      query: { bool: { filter: [...where] as estypes.QueryDslQueryContainer[] } },
      _source: false,
      track_total_hits: false,
      allow_partial_search_results: false,
      ignore_unavailable: true,
    });
    const { hits } = answer.hits;
    if (hits.length === 0) return;
    const operations = hits.map(({ _index, _id, _routing }) => ({
      delete: { _index, _id: _id as string, ...(_routing === undefined ? {} : { routing: _routing }) },
    }));
    const { items } = await client.bulk({ operations, refresh: true });
    const failed = items.find(({ delete: item }) => item?.error !== undefined)?.delete as
      | estypes.BulkResponseItem
      | undefined;
    if (failed !== undefined) throw new Error(`a document was not deleted: ${failed.error?.reason}`);
  }
}

const OTHERS = KINDS.filter((kind) => kind !== 'months');

/** Deletes what meets conditions, which may differ between months and all else; first what says that there is something. */
async function deleteKinds(
  ports: Ports,
  where: (kind: (typeof KINDS)[number]) => readonly Query[],
): Promise<void> {
  const { client, names } = ports;
  for (const kind of ['months', ...OTHERS] as const) {
    const index = indexPattern(names, kind);
    await client.indices.refresh({ index, ignore_unavailable: true });
    await deleteWhere(ports, index, where(kind));
  }
}

/** Deletes all of a site, in all generations (null) or in one. */
export function deleteSite(ports: Ports, siteId: string, generation: number | null): Promise<void> {
  const where: Query[] = [
    { term: { site: siteId } },
    ...(generation === null ? [] : [{ term: { generation } }]),
  ];
  return deleteKinds(ports, () => where);
}

/** Deletes a site's months before one. */
export function deleteBefore(ports: Ports, siteId: string, month: string): Promise<void> {
  return deleteKinds(ports, (kind) => [
    { term: { site: siteId } },
    { range: kind === 'months' ? { month: { lt: month } } : { day: { lt: `${month}-01` } } },
  ]);
}
