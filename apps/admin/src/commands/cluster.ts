import type { Config } from '@footfall/config/config';
import { snakeCase } from '@footfall/core/snake-case';
import { useInstallation } from '@footfall/installation/access';
import type { StoreUrls } from '@footfall/installation/store-table';
import { checkStores, initStores, type StoreReport, storeUrls } from '@footfall/installation/stores';
import type { Command, Result } from '../command.ts';

type Said = { json: (lines: string[]) => Record<string, string[]>; line: string; nothing: string };

const DONE: Said = { json: (done) => ({ done }), line: 'done', nothing: 'was ready' };
const MISSING: Said = { json: (missing) => ({ missing }), line: 'missing', nothing: 'is ready' };

function formatStoreReport({ name, url, lines }: StoreReport, { line, nothing }: Said): string {
  const title = `${snakeCase(name).padEnd(14)}${url}`;
  if (lines.length === 0) return `${title}  ${nothing}`;
  return [title, ...lines.map((one) => `  ${line}: ${one}`)].join('\n');
}

function answer(reports: readonly StoreReport[], said: Said): Result {
  const stores = reports.map((report) => {
    const { url, by, lines } = report;
    return [snakeCase(report.name), { url, prepared_by: by, ...said.json(lines) }];
  });
  const ready = said === DONE || reports.every(({ lines }) => lines.length === 0);
  const text = reports.map((report) => formatStoreReport(report, said)).join('\n');
  return { json: { ready, stores: Object.fromEntries(stores) }, text, ok: ready };
}

/** The stores that the variables name now: those of a running installation may be the ones that it is to leave. */
function urlsFor(config: Config, urls: StoreUrls): StoreUrls {
  return storeUrls(config, urls.database);
}

/** Commands about engines that several machines share. */
export const CLUSTER_COMMANDS: Readonly<Record<string, Command>> = {
  'cluster init': {
    summary: 'creates or upgrades topics, tables and indices of all stores; safe while they serve',
    options: {
      check: {
        meaning: 'changes nothing, says what is missing; exits 1 when something is',
        required: false,
        flag: true,
        example: '',
      },
    },
    run: ({ check }, config) =>
      useInstallation(
        config,
        async (access) => {
          const urls = urlsFor(config, access.urls);
          return check === undefined
            ? answer(await initStores(urls), DONE)
            : answer(await checkStores(urls), MISSING);
        },
        { prepares: false },
      ),
  },
};
