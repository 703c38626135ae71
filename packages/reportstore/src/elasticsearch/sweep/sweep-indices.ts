import { newOpenBuild } from '../identity.ts';
import { reopen } from '../months/month.ts';
import type { Ports } from '../ports.ts';
import type { IndexKind } from '../schema/mappings.ts';
import { dateOfName } from '../schema/names.ts';
import { indexPattern } from '../schema/templates.ts';

/** No reader takes as long. Milliseconds. */
const GRACE_MS = 3_600_000;

type Dated = { index: string; date: string; isClosed: boolean };

/** Dated indices of a kind, and whether they are closed to writers. */
async function listIndices({ client, names }: Ports, kind: IndexKind): Promise<Dated[]> {
  const found = await client.indices.getSettings({
    index: indexPattern(names, kind),
    allow_no_indices: true,
    flat_settings: true,
  });
  return Object.entries(found).flatMap(([index, { settings }]) => {
    const date = dateOfName(index);
    const isClosed =
      String((settings as Record<string, unknown> | undefined)?.['index.blocks.write']) === 'true';
    return date === null ? [] : [{ index, date, isClosed }];
  });
}

/** Whether a day is open on any site, or was until a moment ago. */
async function isInUse({ client, names, now }: Ports, day: string): Promise<boolean> {
  await client.indices.refresh({ index: names.months });
  const open = { term: { openDays: day } };
  const lately = {
    bool: { filter: [{ term: { closedDays: day } }, { range: { closedAt: { gte: now() - GRACE_MS } } }] },
  };
  const { hits } = await client.search({
    index: names.months,
    size: 1,
    _source: false,
    allow_partial_search_results: false,
    query: { bool: { should: [open, lately], minimum_should_match: 1 } },
  });
  return hits.hits.length > 0;
}

const letWrite = ({ client }: Ports, index: string) =>
  client.indices.putSettings({ index, settings: { 'index.blocks.write': null } });

/**
 * Drops the index of a day that is open nowhere any more. It is closed to writers first: one who came before has made its day known
 * before it wrote, so it is found; one who comes later waits, and finds the index gone or free again.
 */
async function dropUnused(ports: Ports, { index, date, isClosed }: Dated): Promise<void> {
  if (!(await isInUse(ports, date))) {
    await ports.client.indices.addBlock({ index, block: 'write' });
    if (!(await isInUse(ports, date))) {
      await ports.client.indices.delete({ index, ignore_unavailable: true });
      ports.indices.forget(index);
      return;
    }
    await letWrite(ports, index);
  } else if (isClosed) await letWrite(ports, index);
}

/** Drops the indices of days that are sealed on all sites. */
export async function dropUnusedDays(ports: Ports): Promise<void> {
  for (const dated of await listIndices(ports, 'open')) await dropUnused(ports, dated);
}

const PAGE = 1_000;

type Source = { site: string; generation: number; month: string };

/** Months with sealed days of any site. */
async function sealedMonths({ client, names }: Ports): Promise<string[]> {
  await client.indices.refresh({ index: names.months });
  const { aggregations } = await client.search({
    index: names.months,
    size: 0,
    allow_partial_search_results: false,
    query: { term: { hasSealed: true } },
    aggs: { months: { terms: { field: 'month', size: 10_000 } } },
  });
  const found = aggregations?.months as { buckets: { key: string }[] } | undefined;
  return (found?.buckets ?? []).map(({ key }) => key);
}

async function reopenMonth(ports: Ports, month: string): Promise<void> {
  const { client, names, months, now } = ports;
  for (;;) {
    const answer = await client.search<Source>({
      index: names.months,
      size: PAGE,
      allow_partial_search_results: false,
      _source: ['site', 'generation', 'month'],
      query: { bool: { filter: [{ term: { hasSealed: true } }, { term: { month } }] } },
    });
    const { hits } = answer.hits;
    if (hits.length === 0) return;
    await Promise.all(
      hits.map(({ _source }) => {
        const { site: siteId, generation } = _source as Source;
        return months.change({ siteId, generation, month }, (found) => ({
          month: found === null ? null : reopen(found, newOpenBuild, { now: now() }),
          answer: undefined,
        }));
      }),
    );
  }
}

/**
 * A month whose index is lost has one remedy: its days wait to be sealed from the event store, and say since when they lack. A month
 * in which another site was sealed since has an index again, and is not found.
 */
export async function reopenLostMonths(ports: Ports): Promise<void> {
  // In this order: what has sealed days had its indices before.
  const sealed = await sealedMonths(ports);
  const facts = new Set((await listIndices(ports, 'facts')).map(({ date }) => date));
  const rollUps = new Set((await listIndices(ports, 'rollups')).map(({ date }) => date));
  for (const month of sealed) if (!facts.has(month) || !rollUps.has(month)) await reopenMonth(ports, month);
}
