import type { Config } from '@footfall/config/config';
import { snakeCase } from '@footfall/core/snake-case';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { type Health, part } from '@footfall/installation/status/part';
import type { StoreUrls } from '@footfall/installation/store-table';
import { connectPool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import { SELF } from '../database.ts';

type Store = { ping(): Promise<unknown>; close(): Promise<void> };

const STORES: Readonly<Record<keyof StoreUrls, (url: string, config: Config) => Store>> = {
  database: (url) => {
    const pool = connectPool(url, { ...SELF, max: 1 });
    return { ping: () => pool.query('SELECT 1'), close: () => pool.end() };
  },
  eventLog: (url) => openEventLog(url, SELF),
  eventStore: (url) => openEventStore(url, SELF),
  reportStore: (url, { factsDir }) => openReportStore(url, { ...SELF, filesDir: factsDir }),
};

/** The stores, by their names in answers; each is asked by itself. */
export async function askStores(urls: StoreUrls, config: Config): Promise<Health> {
  const answers = (Object.keys(STORES) as (keyof StoreUrls)[]).map(async (name) => {
    const state = await part(async () => {
      const store = STORES[name](urls[name], config);
      try {
        await store.ping();
      } finally {
        await store.close();
      }
    });
    return [snakeCase(name), state] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}
