import { ADD, ADD_AND_REMOVE, ALL, CHANGE, type Grants, KEEP, READ } from '@footfall/postgres/grants';
import { migrationProvision } from '@footfall/postgres/migrate';
import { connectPool, type Pool, type PoolOptions } from '@footfall/postgres/pool';
import { Appender } from '../appender.ts';
import type {
  ConsumeOptions,
  Consumer,
  EventLog,
  LogRecord,
  PartitionLag,
  Position,
  Topic,
} from '../event-log.ts';
import { PostgresConsumer } from './consumer.ts';
import { flush } from './flush.ts';

/** Whoever appends takes an offset from a partition's row; whoever consumes holds leases. The portal looks how far they are. */
const GRANTS: Grants = {
  tables: {
    'eventlog.partition': { collector: CHANGE, processor: CHANGE, aggregator: CHANGE, web: READ, admin: ALL },
    'eventlog.batch': { collector: ADD, processor: ADD, aggregator: ADD_AND_REMOVE, web: READ, admin: ALL },
    'eventlog.member': { processor: ALL, aggregator: ALL, admin: READ },
    'eventlog.lease': { processor: KEEP, aggregator: KEEP, web: READ, admin: READ },
  },
};

const MIGRATIONS = {
  owner: 'eventlog',
  folder: new URL('../../migrations/', import.meta.url),
  grants: GRANTS,
};

const LAG = `
SELECT p.topic, p.topic AS stream, p.partition, coalesce(l.committed, 0) AS committed, p.next_offset AS "end",
  (SELECT min(b.received_at) FROM eventlog.batch b
   WHERE b.topic = p.topic AND b.partition = p.partition AND b."offset" >= coalesce(l.committed, 0)) AS "oldestReceivedAt"
FROM eventlog.partition p
LEFT JOIN eventlog.lease l ON l.grp = $1 AND l.topic = p.topic AND l.partition = p.partition
WHERE p.topic = ANY($2) ORDER BY p.topic, p.partition`;

/** Counts by day what lies behind positions; `days` are the rows of a batch's counts, by day. */
const tallyText = (days: string) => `
SELECT days.key AS day, sum(days.value::bigint)::bigint AS count
FROM eventlog.partition p
LEFT JOIN (SELECT partition, max("offset") AS "offset" FROM unnest($2::int[], $3::bigint[]) AS a(partition, "offset")
  GROUP BY partition) after ON after.partition = p.partition
JOIN eventlog.batch b ON b.topic = p.topic AND b.partition = p.partition AND b."offset" > coalesce(after."offset", -1)
CROSS JOIN LATERAL ${days}
WHERE p.topic = $1 GROUP BY days.key`;

const TALLY = tallyText('jsonb_each_text(b.tally -> $4::text) AS days');
const TALLY_ALL = tallyText(
  'jsonb_each(b.tally) AS site(id, counts) CROSS JOIN LATERAL jsonb_each_text(site.counts) AS days',
);

const TRIM = `
DELETE FROM eventlog.batch b USING (
  SELECT topic, partition, min(committed) AS committed FROM eventlog.lease GROUP BY topic, partition) done
WHERE b.topic = done.topic AND b.partition = done.partition AND b."offset" < done.committed AND b.received_at < $1`;

/** The event log on Postgres: what one machine runs for years. */
class PostgresLog implements EventLog {
  readonly #pool: Pool;
  readonly #appender: Appender;
  readonly #consumers = new Set<Consumer>();

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#appender = new Appender({ flush: (records) => flush(pool, records) });
  }

  append(records: readonly LogRecord[]): Promise<void> {
    return this.#appender.append(records);
  }

  async consume(options: ConsumeOptions): Promise<Consumer> {
    const consumer = new PostgresConsumer(this.#pool, options);
    await consumer.start();
    this.#consumers.add(consumer);
    return consumer;
  }

  async lag(group: string, topics: readonly Topic[]): Promise<PartitionLag[]> {
    return (await this.#pool.query<PartitionLag>({ name: 'lag', text: LAG, values: [group, topics] })).rows;
  }

  async tally(topic: Topic, after: readonly Position[], siteId: string | null): Promise<Map<string, number>> {
    const own = after.filter((position) => position.stream === topic);
    const values = [topic, own.map(({ partition }) => partition), own.map(({ offset }) => offset)];
    const statement =
      siteId === null
        ? { name: 'tally-all', text: TALLY_ALL, values }
        : { name: 'tally', text: TALLY, values: [...values, siteId] };
    const { rows } = await this.#pool.query<{ day: string; count: number }>(statement);
    return new Map(rows.map(({ day, count }) => [day, count]));
  }

  async trim(before: number): Promise<void> {
    await this.#pool.query(TRIM, [before]);
  }

  async ping(): Promise<void> {
    await this.#pool.query('SELECT 1 FROM eventlog.partition LIMIT 1');
  }

  async close(): Promise<void> {
    // Stopped ones stop at once; handlers in hand may still append.
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await this.#appender.idle();
    await this.#pool.end();
  }
}

/** Opens the log in a database that {@link POSTGRES_LOG} has prepared. */
export function openPostgresLog(url: string, { name, role }: Pick<PoolOptions, 'name' | 'role'>): EventLog {
  // An appender, and of a consumer its workers, its heartbeat and its look for news.
  return new PostgresLog(connectPool(url, { name: `${name}-log`, max: 8, role }));
}

/** The tables of the log. */
export const POSTGRES_LOG = migrationProvision(MIGRATIONS);
