import { type Adapters, adapterFor } from '@footfall/adapter/adapter';
import type { Provision } from '@footfall/adapter/provision';
import { openElasticsearchReportStore } from './elasticsearch/elasticsearch-report-store.ts';
import { ELASTICSEARCH_REPORT_STORE } from './elasticsearch/schema/provision.ts';
import { reportStoreFailure } from './errors.ts';
import { openPostgresReportStore, POSTGRES_REPORT_STORE } from './postgres/postgres-report-store.ts';
import type { ReportStore, ReportStoreOptions } from './report-store.ts';

type Adapter = {
  open: (url: string, options: ReportStoreOptions) => ReportStore;
  provision: Provision;
};

const POSTGRES: Adapter = {
  open: (url, options) => openPostgresReportStore(url, options),
  provision: POSTGRES_REPORT_STORE,
};

const ELASTICSEARCH: Adapter = {
  open: (url, options) => openElasticsearchReportStore(url, options),
  provision: ELASTICSEARCH_REPORT_STORE,
};

/** Adapters by URL scheme. */
const ADAPTERS: Adapters<Adapter> = {
  postgres: POSTGRES,
  postgresql: POSTGRES,
  http: ELASTICSEARCH,
  https: ELASTICSEARCH,
};

function findAdapter(url: string): Adapter {
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
  return findAdapter(url).open(url, options);
}

/**
 * How what the report store at a URL needs comes to be.
 * @throws Failure `unknown_report_store`
 */
export function reportStoreProvision(url: string): Provision {
  return findAdapter(url).provision;
}

/**
 * Creates or upgrades what the report store at a URL needs; safe to run while it is in use. Answers what it did.
 * @throws Failure `unknown_report_store`, `migration_failed`, `migration_changed`, `report_store_newer`
 */
export async function prepareReportStore(url: string): Promise<string[]> {
  return reportStoreProvision(url).prepare(url);
}
