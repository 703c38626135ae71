import type { estypes } from '@elastic/elasticsearch';
import { type Month, type MonthKey, outdate } from '../months/month.ts';
import type { Ports } from '../ports.ts';

/** Months that are looked at together, and that wait at a time: what has changed meanwhile does not wait for more. */
const [PAGE, OUTDATED_AT_ONCE] = [500, 20];

type Source = { site: string; generation: number; month: string } & Month;

const monthKey = ({ site, generation, month }: Source): MonthKey => ({ siteId: site, generation, month });

/** Lets some of the months that an earlier version has sealed wait to be sealed anew from the event store, the latest first. */
export async function outdateMonths({ client, names, months, history }: Ports): Promise<void> {
  const { completeSince } = history;
  if (completeSince <= 1) return;
  let left = OUTDATED_AT_ONCE;
  let after: estypes.SortResults | undefined;
  do {
    const { hits } = await client.search<Source>({
      index: names.months,
      size: PAGE,
      allow_partial_search_results: false,
      _source: ['site', 'generation', 'month', 'days'],
      query: { term: { hasSealed: true } },
      sort: [{ month: 'desc' }, { site: 'asc' }, { generation: 'asc' }],
      ...(after === undefined ? {} : { search_after: after }),
    });
    const found = hits.hits.flatMap(({ _source }) => _source ?? []);
    for (const one of found) {
      if (left === 0) return;
      const key = monthKey(one);
      if (outdate(one, completeSince, key) === null) continue;
      left -= 1;
      await months.change(key, (month) => ({
        month: month === null ? null : outdate(month, completeSince, key),
        answer: undefined,
      }));
    }
    after = hits.hits.at(-1)?.sort;
  } while (after !== undefined);
}
