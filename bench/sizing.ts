import { parseArgs } from 'node:util';

// npm run bench:sizing -- --collector 30 --processor 45 … : from microseconds of CPU and bytes an event, as bench:pipeline prints them,
// what so many events a day need. Every number of docs/scaling.md comes from here.
const { values: given } = parseArgs({
  options: {
    /** Microseconds of CPU an event. */
    collector: { type: 'string', default: '35' },
    processor: { type: 'string', default: '45' },
    aggregator: { type: 'string', default: '70' },
    kafka: { type: 'string', default: '15' },
    cassandra: { type: 'string', default: '150' },
    elasticsearch: { type: 'string', default: '300' },
    /** Bytes an event on disk, one copy. */
    'kafka-bytes': { type: 'string', default: '150' },
    'cassandra-bytes': { type: 'string', default: '250' },
    'elasticsearch-bytes': { type: 'string', default: '400' },
  },
});
const figure = (name: keyof typeof given) => Number(given[name]);

const DAY_SECONDS = 86_400;
/** The busiest hour has three times the mean. */
const PEAK = 3;
/** A machine that is busier than this has nothing left when another one dies. */
const BUSY = 0.5;
const [NODE_CORES, NODE_BYTES] = [16, 4e12];
const COPIES = 3;
const [LOG_DAYS, EVENT_DAYS, REPORT_DAYS] = [7, 730, 730];
/** Facts are kept for so long, roll-ups for all of the reports' days. */
const FACT_DAYS = 90;
/** Events of a partition a second that one handler takes with ease. */
const PARTITION_RATE = 2_000;

type Row = [string, (perSecond: number, perDay: number) => string];

const cores = (micros: number) => (perSecond: number) =>
  `${Math.ceil((perSecond * PEAK * micros) / 1e6 / BUSY).toLocaleString('en')} cores`;
const terabytes = (bytes: number) =>
  `${(bytes / 1e12).toLocaleString('en', { maximumFractionDigits: 1 })} TB`;

function nodes(micros: number, bytesOf: (perDay: number) => number) {
  return (perSecond: number, perDay: number) => {
    const byCpu = Math.ceil((perSecond * PEAK * micros) / 1e6 / BUSY / NODE_CORES);
    const byDisk = Math.ceil(bytesOf(perDay) / NODE_BYTES);
    const count = Math.max(3, byCpu, byDisk);
    const limit = count === 3 ? 'the least' : byDisk > byCpu ? 'disk' : 'CPU';
    return `${count} nodes (${limit}), ${terabytes(bytesOf(perDay))}`;
  };
}

const ROWS: readonly Row[] = [
  [
    'events a second, mean · peak',
    (rate) => `${Math.round(rate).toLocaleString('en')} · ${Math.round(rate * PEAK).toLocaleString('en')}`,
  ],
  ['collectors', cores(figure('collector'))],
  ['processors', cores(figure('processor'))],
  ['aggregators', cores(figure('aggregator'))],
  [
    'partitions of the log a stream',
    (rate) => String(Math.max(12, 2 ** Math.ceil(Math.log2((rate * PEAK) / PARTITION_RATE)))),
  ],
  ['Kafka', nodes(figure('kafka') * COPIES, (perDay) => perDay * LOG_DAYS * COPIES * figure('kafka-bytes'))],
  [
    'Cassandra',
    nodes(figure('cassandra') * COPIES, (perDay) => perDay * EVENT_DAYS * COPIES * figure('cassandra-bytes')),
  ],
  [
    'Elasticsearch',
    nodes(
      figure('elasticsearch') * 2,
      (perDay) => perDay * Math.min(FACT_DAYS, REPORT_DAYS) * 2 * figure('elasticsearch-bytes'),
    ),
  ],
  ['network into the log', (rate) => `${((rate * PEAK * 600 * 8) / 1e9).toFixed(1)} Gbit/s at peak`],
];

const DAILY = [1e9, 1e10];
console.log(`| a day | ${DAILY.map((events) => `${events / 1e9} billion events`).join(' | ')} |`);
console.log(`| --- | ${DAILY.map(() => '---').join(' | ')} |`);
for (const [title, of] of ROWS)
  console.log(`| ${title} | ${DAILY.map((events) => of(events / DAY_SECONDS, events)).join(' | ')} |`);
