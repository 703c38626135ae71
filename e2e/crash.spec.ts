import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '@footfall/testkit/installation';
import { expect } from '@playwright/test';
import { aroundToday, expectCounted, watchLedger } from './support/counted.ts';
import { newMerchant } from './support/merchant.ts';
import { sendAll } from './support/sending.ts';
import { test } from './support/test.ts';

const VISITORS = 500;
const ROUNDS = 2;
const BETWEEN_KILLS_MS = 1_500;
/** Events arrive during all of the kills. */
const SENDING_S = 16;
const SERVICES = ['collector', 'processor', 'aggregator', 'web'] as const;

let installation: Installation;
test.beforeAll(async ({ install }) => {
  test.setTimeout(600_000);
  installation = await install();
});
test.afterAll(() => installation.stop());

/** Kills a process; one that the supervisor is just starting again has no new id yet: then it answers false. */
function killNow(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL');
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ESRCH');
    return false;
  }
}

test('kill -9 of each service in turn while events arrive: all are counted exactly once', async ({
  faults,
}) => {
  test.setTimeout(400_000);
  const { events } = faults;
  const { client } = await newMerchant(installation);
  const watch = watchLedger(client);
  const killed: string[] = [];
  const kills = async () => {
    for (const service of Array.from({ length: ROUNDS }, () => SERVICES).flat()) {
      await sleep(BETWEEN_KILLS_MS);
      while (!killNow((await installation.pids())[service])) await sleep(100);
      killed.push(service);
    }
  };
  await Promise.all([
    sendAll(client, { events, visitors: VISITORS, perSecond: events / SENDING_S }),
    kills(),
  ]);
  expect(killed.length).toBe(SERVICES.length * ROUNDS);
  await expectCounted(client, events);
  await watch.stop();

  const query = { metrics: ['pageviews', 'visitors'], date_range: aroundToday() };
  const [pageviews, visitors] = (await client.query(query)).results[0]?.metrics ?? [];
  expect(pageviews).toBe(events);
  // A day's midnight may lie between the first and the last event: then each visitor counts on both.
  expect([VISITORS, 2 * VISITORS]).toContain(visitors);
});
