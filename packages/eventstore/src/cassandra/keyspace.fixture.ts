import { randomBytes } from 'node:crypto';
import { Client } from 'cassandra-driver';
import { inject } from 'vitest';
import { prepareEventStore } from '../open.ts';
import { parseCassandraUrl } from './cassandra-url.ts';

/** A keyspace of its own on a cluster, `cassandra://…` of the shared one unless said; `drop` deletes it. */
export type FreshKeyspace = { url: string; keyspace: string; client: Client; drop: () => Promise<void> };

/** A name for a keyspace that is not there; `prepared: false` leaves it at that. */
export async function freshKeyspace({
  on = inject('cassandraUrl'),
  prepared = true,
}: {
  on?: string;
  prepared?: boolean;
} = {}): Promise<FreshKeyspace> {
  const keyspace = `test_${randomBytes(8).toString('hex')}`;
  const place = parseCassandraUrl(on);
  const url = `cassandra://${place.hosts.join(',')}/${keyspace}?dc=${place.dataCenter}`;
  const client = new Client({
    contactPoints: place.hosts,
    localDataCenter: place.dataCenter,
    socketOptions: { readTimeout: 60_000 },
  });
  if (prepared) await prepareEventStore(url);
  return {
    url,
    keyspace,
    client,
    drop: async () => {
      await client.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`);
      await client.shutdown();
    },
  };
}
