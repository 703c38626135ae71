import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EventStore } from '@footfall/eventstore/event-store';
import { openEventStore, prepareEventStore } from '@footfall/eventstore/open';
import { openReportStore, prepareReportStore } from '@footfall/reportstore/open';
import type { ReportStore } from '@footfall/reportstore/report-store';
import { freshDatabase } from '@footfall/testkit/database';

/** The two stores that an aggregator works on, with nothing in them. */
export type StoresUnderTest = { store: EventStore; reports: ReportStore; drop(): Promise<void> };
export type MakeStores = () => Promise<StoresUnderTest>;

type Place = { eventStore: string; reportStore: string; drop(): Promise<void> };

/** Prepares and opens the stores of a place. */
export async function storesAt({ eventStore, reportStore, drop }: Place): Promise<StoresUnderTest> {
  const filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-test-facts-'));
  await Promise.all([prepareEventStore(eventStore), prepareReportStore(reportStore)]);
  const store = openEventStore(eventStore, { name: 'test' });
  const reports = openReportStore(reportStore, { name: 'test', role: 'aggregator', filesDir });
  return {
    store,
    reports,
    drop: async () => {
      await Promise.all([store.close(), reports.close()]);
      await drop();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}

/** Both in a Postgres database of their own. */
export async function postgresStores(): Promise<StoresUnderTest> {
  const { url, drop } = await freshDatabase();
  return storesAt({ eventStore: url, reportStore: url, drop });
}
