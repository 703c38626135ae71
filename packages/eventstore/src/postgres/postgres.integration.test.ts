import { freshDatabase } from '@footfall/testkit/database';
import { eventStoreContract } from '../event-store.contract.ts';
import { openEventStore, prepareEventStore } from '../open.ts';

eventStoreContract('postgres', async () => {
  const database = await freshDatabase();
  await prepareEventStore(database.url);
  return { open: () => openEventStore(database.url, { name: 'test' }), drop: database.drop };
});
