import { connectionProblem } from '@footfall/adapter/connection-problem';
import type { Provision } from '@footfall/adapter/provision';
import type { Config } from '@footfall/config/config';
import { hidePasswords } from '@footfall/config/hide-passwords';
import { VARIABLES, type VariableName } from '@footfall/config/variables';
import { installationFailure } from './errors.ts';
import { oneLine } from './one-line.ts';
import { notPrepared } from './prepared.ts';
import { STORE_NAMES, STORES, type StoreName, type StoreUrls } from './store-table.ts';

const CONFIGURED: Readonly<Record<StoreName, (config: Config) => string | undefined>> = {
  database: (config) => config.databaseUrl,
  eventLog: (config) => config.eventLogUrl,
  eventStore: (config) => config.eventStoreUrl,
  reportStore: (config) => config.reportStoreUrl,
};

/** The stores as configured, each on the database when nothing else was said. */
export function storeUrls(config: Config, database: string): StoreUrls {
  const urls = STORE_NAMES.map((name) => [name, CONFIGURED[name](config) ?? database]);
  return Object.fromEntries(urls);
}

/** The variable that an operator would change: a store that sits on the database is set by the database's. */
function storeVariable(name: StoreName, urls: StoreUrls): VariableName {
  return urls[name] === urls.database ? STORES.database.variable : STORES[name].variable;
}

async function onStore<T>(
  name: StoreName,
  urls: StoreUrls,
  work: (provision: Provision, url: string) => Promise<T>,
): Promise<T> {
  const url = urls[name];
  try {
    return await work(await STORES[name].provision(url), url);
  } catch (cause) {
    const variable = storeVariable(name, urls);
    const { example } = VARIABLES[variable];
    // An example helps whoever has the address wrong; who has been let in has it right.
    const advice = connectionProblem(cause) === undefined ? '' : `, for example ${variable}=${example}`;
    const message = `${variable} cannot be used: ${oneLine(cause)} (it is ${hidePasswords(url)})${advice}`;
    throw installationFailure('store_unusable', message, { where: variable, cause });
  }
}

/**
 * Creates or upgrades everything in those stores that every start prepares; leaves those of a cluster alone.
 * @throws Failure `store_unusable` naming the variable behind a store that cannot be used
 */
export async function prepareOwnStores(urls: StoreUrls): Promise<void> {
  for (const name of STORE_NAMES)
    await onStore(name, urls, async (provision, url) => {
      if (provision.by === 'start') await provision.prepare(url);
    });
}

/**
 * Makes the stores ready for services: {@link prepareOwnStores}, and looks whether the operator has prepared the others.
 * @throws Failure `store_unusable`, `store_incomplete`, naming the variable behind the store
 */
export async function prepareStores(urls: StoreUrls): Promise<void> {
  await prepareOwnStores(urls);
  for (const name of STORE_NAMES) {
    const missing = await onStore(name, urls, async (provision, url) =>
      provision.by === 'operator' ? provision.check(url) : [],
    );
    const refusal = notPrepared(name, missing);
    if (refusal !== undefined) throw refusal;
  }
}

/** What was done to a store, or what it lacks. */
export type StoreReport = { name: StoreName; url: string; by: Provision['by']; lines: string[] };

async function eachStore(urls: StoreUrls, ask: 'prepare' | 'check'): Promise<StoreReport[]> {
  const reports: StoreReport[] = [];
  for (const name of STORE_NAMES) {
    const lines = await onStore(name, urls, (provision, url) => provision[ask](url));
    const { by } = await STORES[name].provision(urls[name]);
    reports.push({ name, url: hidePasswords(urls[name]), by, lines });
  }
  return reports;
}

/**
 * Creates or upgrades what all stores need, a cluster's too; safe while it serves. Answers what was done.
 * @throws Failure `store_unusable`
 */
export function initStores(urls: StoreUrls): Promise<StoreReport[]> {
  return eachStore(urls, 'prepare');
}

/**
 * What each store lacks or has of another version; changes nothing.
 * @throws Failure `store_unusable`
 */
export function checkStores(urls: StoreUrls): Promise<StoreReport[]> {
  return eachStore(urls, 'check');
}

/** The same stores, with another login for those that are the database. */
export function withLogin(urls: StoreUrls, login: string): StoreUrls {
  const changed = STORE_NAMES.map((name) => [name, urls[name] === urls.database ? login : urls[name]]);
  return Object.fromEntries(changed);
}

/** The environment variables that hand these URLs to a service. */
export function storeVariables(urls: StoreUrls): Record<string, string> {
  return Object.fromEntries(STORE_NAMES.map((name) => [STORES[name].variable, urls[name]]));
}
