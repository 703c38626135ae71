import type { Provision } from '@footfall/adapter/provision';
import type { VariableName } from '@footfall/config/variables';

/** Where the control plane and the three stores are. */
export type StoreUrls = { database: string; eventLog: string; eventStore: string; reportStore: string };
export type StoreName = keyof StoreUrls;

export type Store = {
  /** What people call it. */
  title: string;
  /** The variable that sets it. */
  variable: VariableName;
  /** Loads the engines of this store alone: a collector has no use for a driver of Cassandra. */
  provision: (url: string) => Promise<Provision>;
};

/** The tables of the control plane, and those of the jobs and chores beside them. */
async function loadDatabase(): Promise<Provision> {
  const parts = [
    (await import('@footfall/db/prepare')).CONTROL_PLANE,
    (await import('@footfall/jobs/provision')).JOBS,
  ];
  const each = async (ask: (part: Provision) => Promise<string[]>) => {
    const lines: string[] = [];
    for (const part of parts) lines.push(...(await ask(part)));
    return lines;
  };
  return {
    by: 'start',
    prepare: (url, only) => each((part) => part.prepare(url, only)),
    check: (url) => each((part) => part.check(url)),
  };
}

/** What an installation stands on, in the order in which it is prepared. */
export const STORES: Readonly<Record<StoreName, Store>> = {
  database: {
    title: 'the control plane',
    variable: 'DATABASE_URL',
    provision: loadDatabase,
  },
  eventLog: {
    title: 'the event log',
    variable: 'EVENT_LOG_URL',
    provision: async (url) => (await import('@footfall/eventlog/open')).eventLogProvision(url),
  },
  eventStore: {
    title: 'the event store',
    variable: 'EVENT_STORE_URL',
    provision: async (url) => (await import('@footfall/eventstore/open')).eventStoreProvision(url),
  },
  reportStore: {
    title: 'the report store',
    variable: 'REPORT_STORE_URL',
    provision: async (url) => (await import('@footfall/reportstore/open')).reportStoreProvision(url),
  },
};

export const STORE_NAMES = Object.keys(STORES) as readonly StoreName[];
