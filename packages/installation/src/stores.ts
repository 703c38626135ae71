import type { Config } from '@footfall/config/config';
import { hidePasswords } from '@footfall/config/hide-passwords';
import { prepareControlPlane } from '@footfall/db/prepare';
import { prepareEventLog } from '@footfall/eventlog/open';
import { prepareEventStore } from '@footfall/eventstore/open';
import { prepareReportStore } from '@footfall/reportstore/open';
import { installationFailure } from './errors.ts';
import { oneLine } from './one-line.ts';

/** Where the control plane and the three stores are. */
export type StoreUrls = { database: string; eventLog: string; eventStore: string; reportStore: string };

type Store = {
  /** The variable that sets it. */
  variable: string;
  configured: (config: Config) => string | undefined;
  prepare: (url: string) => Promise<unknown>;
};

const STORES: Readonly<Record<keyof StoreUrls, Store>> = {
  database: {
    variable: 'DATABASE_URL',
    configured: (config) => config.databaseUrl,
    prepare: prepareControlPlane,
  },
  eventLog: {
    variable: 'EVENT_LOG_URL',
    configured: (config) => config.eventLogUrl,
    prepare: prepareEventLog,
  },
  eventStore: {
    variable: 'EVENT_STORE_URL',
    configured: (config) => config.eventStoreUrl,
    prepare: prepareEventStore,
  },
  reportStore: {
    variable: 'REPORT_STORE_URL',
    configured: (config) => config.reportStoreUrl,
    prepare: prepareReportStore,
  },
};

const NAMES = Object.keys(STORES) as (keyof StoreUrls)[];

/** The stores as configured, each on the database when nothing else was said. */
export function storeUrls(config: Config, database: string): StoreUrls {
  const urls = NAMES.map((name) => [name, STORES[name].configured(config) ?? database]);
  return Object.fromEntries(urls);
}

/**
 * Creates or upgrades everything in the stores.
 * @throws Failure `store_unusable` naming the variable behind a store that cannot be used
 */
export async function prepareStores(urls: StoreUrls): Promise<void> {
  for (const name of NAMES) {
    const url = urls[name];
    try {
      await STORES[name].prepare(url);
    } catch (cause) {
      // A store that sits on the database is set by the database's variable.
      const { variable } = url === urls.database ? STORES.database : STORES[name];
      const message = `${variable} cannot be used: ${oneLine(cause)} (it is ${hidePasswords(url)})`;
      throw installationFailure('store_unusable', message, { where: variable, cause });
    }
  }
}

/** The environment variables that hand these URLs to a service. */
export function storeVariables(urls: StoreUrls): Record<string, string> {
  return Object.fromEntries(NAMES.map((name) => [STORES[name].variable, urls[name]]));
}
