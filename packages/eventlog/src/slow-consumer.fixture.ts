import { once } from 'node:events';
import { openEventLog } from './open.ts';

// A consumer in a process of its own, to be stopped or killed in the middle of its work: it finishes a batch only when it is told to.
const log = openEventLog(process.argv[2] ?? '', { name: 'slow' });
await log.consume({
  group: 'g',
  topics: ['events'],
  maxRecords: 10,
  onError: () => process.send?.('refused'),
  onBatch: async (_batch, stillOwned) => {
    process.send?.('handling');
    await once(process, 'message');
    process.send?.(stillOwned() ? 'owned' : 'not owned any more');
  },
});
