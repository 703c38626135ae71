import type { Config } from '@footfall/config/config';
import { localUrl } from '@footfall/config/local-url';
import { snakeCase } from '@footfall/core/snake-case';
import { openEventLog } from '@footfall/eventlog/open';
import { openEventStore } from '@footfall/eventstore/open';
import { oneLine } from '@footfall/installation/one-line';
import type { Runtime } from '@footfall/installation/runtime';
import type { StoreUrls } from '@footfall/installation/store-table';
import { connectPool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import { SELF } from '../database.ts';

/** One part: `problem` is null when it can do its work. */
export type Part = {
  healthy: boolean;
  problem: string | null;
  pid?: number;
  port?: number;
  restarts?: number;
};
export type Health = Record<string, Part>;

const ANSWER_MS = 3_000;

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

async function part(check: () => Promise<unknown>): Promise<Part> {
  try {
    await check();
    return { healthy: true, problem: null };
  } catch (error) {
    return { healthy: false, problem: problemText(error) };
  }
}

/** What an error says, and what has caused it where it says less: a store's own failure has the engine's reason behind it. */
function problemText(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const text = oneLine(error);
  const reason = cause === undefined ? '' : oneLine(cause);
  return reason === '' || text.includes(reason) ? text : `${text} (${reason})`;
}

/** The checks of a service that do not pass, from its answer to `/readyz`; the whole answer where it is none of ours. */
function failingChecks(answer: string): string {
  try {
    const { checks } = JSON.parse(answer) as { checks: Record<string, string> };
    const failing = Object.entries(checks).filter(([, text]) => text !== 'ok');
    if (failing.length > 0) return failing.map(([name, text]) => `${name}: ${text}`).join('; ');
  } catch {
    // Something else listens at that port: its answer is what there is to say.
  }
  return answer.slice(0, 200);
}

async function askReady(url: string): Promise<void> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`not ready (${response.status}): ${failingChecks(answer)}`);
}

/** The services that a supervisor runs here. */
export async function askServices(runtime: Runtime | null): Promise<Health> {
  const answers = Object.entries(runtime?.services ?? {}).map(
    async ([name, { pid, port, restarts }]) =>
      [
        name,
        { ...(await part(() => askReady(localUrl(runtime as Runtime, port)))), pid, port, restarts },
      ] as const,
  );
  return Object.fromEntries(await Promise.all(answers));
}

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
