import { readConfig } from '@footfall/config/config';
import { expect, test } from 'vitest';
import { prepareStores, storeUrls, storeVariables } from './stores.ts';

const DATABASE = 'postgres://u:p@127.0.0.1:5432/footfall';

test('every store is on the database unless a variable says otherwise', () => {
  const elsewhere = 'postgres://other.example/events';
  expect(storeUrls(readConfig({}), DATABASE)).toEqual({
    database: DATABASE,
    eventLog: DATABASE,
    eventStore: DATABASE,
    reportStore: DATABASE,
  });
  expect(storeUrls(readConfig({ EVENT_STORE_URL: elsewhere }), DATABASE)).toMatchObject({
    database: DATABASE,
    eventStore: elsewhere,
  });
});

test('services are handed the URLs in the variables that an operator would use', () => {
  const urls = storeUrls(readConfig({}), DATABASE);
  expect(readConfig(storeVariables(urls))).toMatchObject({
    databaseUrl: DATABASE,
    eventLogUrl: DATABASE,
    eventStoreUrl: DATABASE,
    reportStoreUrl: DATABASE,
  });
});

test('a database that cannot be reached is told by its variable, without its password', async () => {
  // Nobody listens on port 1.
  const database = 'postgres://user:hunter2@127.0.0.1:1/footfall';
  const attempt = prepareStores(storeUrls(readConfig({}), database));
  await expect(attempt).rejects.toMatchObject({
    code: 'store_unusable',
    where: 'DATABASE_URL',
    message: expect.stringMatching(
      /^DATABASE_URL cannot be used: .*ECONNREFUSED.* postgres:\/\/\*\*\*@127\.0\.0\.1:1\/footfall\), for example DATABASE_URL=postgres:/,
    ),
  });
});
