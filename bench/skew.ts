import { parseArgs } from 'node:util';
import { choosePartition } from '../packages/eventlog/src/kafka/produce/partition-of.ts';
import {
  countShards,
  type Growth,
  grown,
  isFull,
  type Shards,
} from '../packages/eventstore/src/cassandra/shards.ts';
import { seededRandom } from './random.ts';

// npm run bench:skew -- [--sites 2000000] [--events 1000000000] [--steepness 1] [--sample 2000000]
// Where the events of a day go when the n-th largest of millions of sites has 1/n^steepness as many as the largest: how much more than
// its share the fullest partition, node or shard gets, with our keys and with the plain ones. Nothing runs but the functions that place.
const { values: given } = parseArgs({
  options: {
    sites: { type: 'string', default: '2000000' },
    events: { type: 'string', default: '1000000000' },
    steepness: { type: 'string', default: '1' },
    sample: { type: 'string', default: '2000000' },
  },
});
const [SITES, EVENTS, STEEPNESS, SAMPLE] = [given.sites, given.events, given.steepness, given.sample].map(
  Number,
) as [number, number, number, number];
/** Events of a visitor in a day. */
const VISITOR_EVENTS = 5;
/** Bytes of an event in Cassandra before compression, measured: docs/decisions/0010. */
const EVENT_BYTES = 1_000;
const PARTITION_LIMIT = 100 * 1024 * 1024;
const random = seededRandom(11);

/** Sums of the sites' shares, so that a random number finds its site. */
function siteShares(): { sums: Float64Array; share: (site: number) => number } {
  const sums = new Float64Array(SITES);
  let total = 0;
  for (let site = 0; site < SITES; site += 1) {
    total += 1 / (site + 1) ** STEEPNESS;
    sums[site] = total;
  }
  return { sums, share: (site) => 1 / (site + 1) ** STEEPNESS / total };
}

const { sums, share } = siteShares();
const total = sums.at(-1) ?? 1;

function siteAt(point: number): number {
  let [low, high] = [0, SITES - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > point) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How much more than the mean the fullest of some bins has. */
const peak = (bins: Float64Array) =>
  (Math.max(...bins) / bins.reduce((sum, one) => sum + one, 0)) * bins.length;
const times = (value: number) => `${value.toFixed(2)}×`;
const events = (value: number) =>
  value >= 1e6 ? `${(value / 1e6).toFixed(1)} M` : Math.round(value).toLocaleString('en');

console.log(
  `${events(EVENTS)} events a day of ${events(SITES)} sites, the n-th with 1/n^${STEEPNESS}: the largest has ` +
    `${(share(0) * 100).toFixed(1)} % (${events(EVENTS * share(0))}), the ten largest ${(((sums[9] ?? 0) / total) * 100).toFixed(1)} %, the median ${(EVENTS * share(SITES >> 1)).toFixed(1)} events`,
);

/** A sample of visitors, each with the site that it is on. */
const visitors = Array.from({ length: SAMPLE / VISITOR_EVENTS }, (_, n) => ({
  site: siteAt(random.next() * total),
  n,
}));

console.log('\nKafka: the fullest partition against the mean');
for (const partitions of [12, 48, 192, 768]) {
  const [byVisitor, bySite] = [new Float64Array(partitions), new Float64Array(partitions)];
  for (const { site, n } of visitors) {
    const [one, other] = [
      choosePartition(`site_${site}:v${n}`, partitions),
      choosePartition(`site_${site}`, partitions),
    ];
    byVisitor[one] = (byVisitor[one] ?? 0) + 1;
    bySite[other] = (bySite[other] ?? 0) + 1;
  }
  console.log(
    `${String(partitions).padStart(5)} partitions: by site and visitor (ours) ${times(peak(byVisitor)).padStart(7)}   by site ${times(peak(bySite)).padStart(8)}`,
  );
}

const ROWS: Growth = { capacity: Math.floor(PARTITION_LIMIT / EVENT_BYTES), least: 1, factor: 4 };

/** The partitions that a site-day of so many events ends with, and the rows of the fullest: a segment takes what it can hold. */
function simulatePartitions(count: number): { shards: Shards; fullest: number } {
  let shards: Shards = [1];
  while (isFull(shards, count, ROWS)) shards = grown(shards, ROWS);
  const begun = countShards(shards) - (shards.at(-1) ?? 1);
  const inLast = (count - begun * ROWS.capacity) / (shards.at(-1) ?? 1);
  return { shards, fullest: Math.max(begun > 0 ? ROWS.capacity : 0, inLast) };
}

console.log('\nCassandra: partitions of a site-day, at most 100 MB each');
for (const rank of [1, 10, 100, 1_000, 10_000, 1_000_000].filter((one) => one <= SITES)) {
  const count = EVENTS * share(rank - 1);
  const { shards, fullest } = simulatePartitions(count);
  const gigabytes = (rows: number) => `${((rows * EVENT_BYTES) / 1e9).toFixed(2)} GB`;
  console.log(
    `site ${rank.toLocaleString('en').padStart(9)}: ${events(count).padStart(9)} events, ${String(countShards(shards)).padStart(5)} partitions, ` +
      `the fullest ${gigabytes(fullest)} (as one partition ${gigabytes(count)})`,
  );
}

console.log('\nElasticsearch: the fullest shard against the mean, by site');
for (const shards of [4, 20, 100]) {
  const [routed, withoutLarge] = [new Float64Array(shards), new Float64Array(shards)];
  // Sites that have more than half of a shard's share are placed in indices of their own.
  const isLarge = (site: number) => share(site) > 0.5 / shards;
  let own = 0;
  for (let site = 0; site < SITES && isLarge(site); site += 1) own += 1;
  for (const { site } of visitors) {
    const shard = choosePartition(`site_${site}`, shards);
    routed[shard] = (routed[shard] ?? 0) + 1;
    if (!isLarge(site)) withoutLarge[shard] = (withoutLarge[shard] ?? 0) + 1;
  }
  console.log(
    `${String(shards).padStart(5)} shards: shared by all ${times(peak(routed)).padStart(7)}   with the ${own} largest sites in indices of their own ${times(peak(withoutLarge)).padStart(6)}`,
  );
}
