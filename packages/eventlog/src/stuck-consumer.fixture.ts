import { openEventLog } from './open.ts';

// Takes batches and never finishes one: what a processor looks like that is killed in the middle of its work.
const log = openEventLog(process.argv[2] ?? '', { name: 'stuck' });
await log.consume({
  group: 'g',
  topics: ['events'],
  maxRecords: 10,
  onError: () => undefined,
  onBatch: () => {
    process.send?.('handling');
    return new Promise(() => undefined);
  },
});
process.send?.('consuming');
