import type { Logger } from '@footfall/service/logger';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Spool, SpoolListener } from './spool.ts';

/** What spools tell, as figures and lines of the log. `spools` answers those that this process has now. */
export function createSpoolListener(
  { registry, logger }: { registry: Registry; logger: Logger },
  spools: () => readonly Spool[],
): SpoolListener {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `footfall_collector_${name}`, help, labelNames, registers });
  const gauge = (name: string, help: string, value: (spool: Spool) => number) =>
    new Gauge({
      name: `footfall_collector_${name}`,
      help,
      registers,
      collect() {
        this.set(spools().reduce((sum, spool) => sum + value(spool), 0));
      },
    });
  gauge('spool_bytes', 'What the spool takes on the disk', (spool) => spool.bytes);
  gauge(
    'spool_records',
    'Records in the spool: answered 202, not in the log yet',
    ({ backlog }) => backlog.records,
  );
  const spooled = counter('spooled_records_total', 'Records that went to the spool since the log was away');
  const drained = counter('spool_drained_records_total', 'Records that the log took from the spool');
  const refused = counter('spool_refused_records_total', 'Spooled records that the log refuses for good');
  const notWithdrawn = counter(
    'spool_not_withdrawn_total',
    'Batches that left the spool before the ledger could be told: for a moment it may have counted their events twice',
  );
  const skipped = counter(
    'spool_skipped_bytes_total',
    'Bytes of the spool that are not records. torn: a write cut off by a crash, of which nothing was answered; damaged: lost',
    ['kind'],
  );
  return {
    spooled: (records) => spooled.inc(records),
    drained: (records) => drained.inc(records),
    skipped: (what) => {
      skipped.inc({ kind: what.kind }, what.end - what.start);
      if (what.kind === 'torn')
        logger.warn(what, 'the end of a segment was cut off by a crash; nothing of it was answered');
      else logger.error(what, 'a part of the spool is damaged, and events in it are lost');
    },
    refused: (records, error) => {
      refused.inc(records.length);
      logger.error(
        { err: error, records: records.length },
        'the log refuses spooled records; they are kept in refused.jsonl',
      );
    },
    notWithdrawn: () => notWithdrawn.inc(),
    trouble: (what, error) => logger.warn({ err: error }, what),
  };
}

/** Adds what may still be written to the disk of a spool, which may be full of something else. */
export function addSpoolDiskMetric(registry: Registry, readFree: () => Promise<number>): void {
  new Gauge({
    name: 'footfall_collector_spool_disk_free_bytes',
    help: 'What may still be written to the disk of the spool',
    registers: [registry],
    async collect() {
      // A disk that does not answer has no figure; the others are still wanted.
      const free = await readFree().catch(() => undefined);
      if (free === undefined) this.reset();
      else this.set(free);
    },
  });
}
