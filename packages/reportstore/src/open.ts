import { type Adapters, adapterFor } from '@footfall/core/adapter';
import { reportStoreFailure } from './errors.ts';
import { openPostgresReportStore, preparePostgresReportStore } from './postgres/postgres-report-store.ts';
import type { ReportStore, ReportStoreOptions } from './report-store.ts';

type Adapter = {
  open: (url: string, options: ReportStoreOptions) => ReportStore;
  prepare: (url: string) => Promise<void>;
};

const POSTGRES: Adapter = { open: openPostgresReportStore, prepare: preparePostgresReportStore };

/** Adapters by URL scheme; Elasticsearch joins here. */
const ADAPTERS: Adapters<Adapter> = { postgres: POSTGRES, postgresql: POSTGRES };

function adapterOf(url: string): Adapter {
  return adapterFor(url, ADAPTERS, {
    port: 'report store',
    refuse: (message) => reportStoreFailure('unknown_report_store', message),
  });
}

/**
 * Opens the report store at a URL; connections are made when they are needed.
 * @throws Failure `unknown_report_store`
 */
export function openReportStore(url: string, options: ReportStoreOptions): ReportStore {
  return adapterOf(url).open(url, options);
}

/**
 * Creates or upgrades what the report store at a URL needs; safe to run while it is in use.
 * @throws Failure `unknown_report_store`, `migration_failed`, `migration_changed`
 */
export async function prepareReportStore(url: string): Promise<void> {
  await adapterOf(url).prepare(url);
}
