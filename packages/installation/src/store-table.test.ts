import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { VARIABLES } from '@footfall/config/variables';
import { expect, test } from 'vitest';
import { STORE_NAMES, STORES } from './store-table.ts';

test('each store is on Postgres where its variable has a URL of Postgres, and then a start prepares it', async () => {
  for (const name of STORE_NAMES) {
    expect(VARIABLES).toHaveProperty(STORES[name].variable);
    const { by } = await STORES[name].provision('postgres://host/footfall');
    expect([name, by]).toEqual([name, 'start']);
  }
});

test('a URL of a cluster is the operator’s to prepare', async () => {
  const urls = {
    eventLog: 'kafka://host:9092',
    eventStore: 'cassandra://host:9042/k',
    reportStore: 'http://host:9200',
  };
  for (const [name, url] of Object.entries(urls)) {
    const { by } = await STORES[name as keyof typeof urls].provision(url);
    expect([name, by]).toEqual([name, 'operator']);
  }
});

test('asking for the event log loads no driver of another store', () => {
  const table = fileURLToPath(new URL('store-table.ts', import.meta.url));
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { STORES } = await import(${JSON.stringify(`file://${table}`)});
    await STORES.eventLog.provision('postgres://host/footfall');
    console.log(loaded.join('\\n'));`;
  const loaded = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(loaded).toContain('packages/eventlog/src/open.ts');
  expect(loaded).not.toMatch(/cassandra-driver|@elastic|duckdb/);
});
