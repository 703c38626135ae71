import { eventStoreContract } from '../event-store.contract.ts';
import { openEventStore } from '../open.ts';
import { freshKeyspace } from './keyspace.fixture.ts';

eventStoreContract('cassandra', async () => {
  const { url, drop } = await freshKeyspace();
  return { open: () => openEventStore(url, { name: 'test' }), drop };
});
