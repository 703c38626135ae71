import { randomUUID } from 'node:crypto';
import type { Installation } from '@footfall/testkit/installation';
import { expect } from '@playwright/test';
import type { Client } from './support/client.ts';
import { newMerchant } from './support/merchant.ts';
import { test } from './support/test.ts';

const EVENTS = 5_000;
const BATCH = 50;

let installation: Installation;
test.beforeAll(async ({ install }) => {
  test.setTimeout(600_000);
  installation = await install();
});
test.afterAll(() => installation.stop());

/** Sends the events in batches; a refused or broken request is sent again with the same ids, as a merchant's server would. */
async function sendAll(client: Client, visitors: number): Promise<void> {
  const start = Date.now();
  for (let sent = 0; sent < EVENTS; sent += BATCH) {
    const events = Array.from({ length: BATCH }, (_, n) => ({
      id: randomUUID(),
      name: 'pageview',
      timestamp: start - (EVENTS - sent - n),
      url: `https://shop.example/p/${n % 10}`,
      visitor: `v${(sent + n) % visitors}`,
    }));
    for (let tries = 0; ; tries += 1) {
      try {
        expect((await client.send(events)).accepted).toBe(BATCH);
        break;
      } catch (error) {
        if (tries === 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  }
}

/** Kills a process; one that the supervisor is just starting again has no new id yet, and is left alone. */
function killNow(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ESRCH');
  }
}

for (const victim of ['processor', 'aggregator'] as const) {
  test(`kill -9 of the ${victim} while ${EVENTS} events arrive: all are counted exactly once`, async () => {
    const { client } = await newMerchant(installation);
    const kills = (async () => {
      for (let kill = 0; kill < 3; kill += 1) {
        await new Promise((resolve) => setTimeout(resolve, 700));
        killNow((await installation.pids())[victim]);
      }
    })();
    let watching = true;
    const balance = (async () => {
      while (watching) {
        const { received, stored, duplicate, rejected, pending } = await client.ledger();
        const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
        expect(received).toBe(stored + duplicate + refused + pending);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await Promise.all([sendAll(client, 250), kills]);
    await expect.poll(async () => (await client.ledger()).pending, { timeout: 60_000 }).toBe(0);
    watching = false;
    await balance;

    const ledger = await client.ledger();
    expect({ received: ledger.received, stored: ledger.stored }).toEqual({
      received: EVENTS + ledger.duplicate,
      stored: EVENTS,
    });
    const ask = async () =>
      (await client.query({ metrics: ['pageviews', 'visitors'], date_range: '24h' })).results[0]?.metrics;
    await expect.poll(async () => (await ask())?.[0], { timeout: 60_000 }).toBe(EVENTS);
    const now = await ask();
    // A day's midnight may lie between the first and the last event: then each visitor counts on both.
    expect([250, 500]).toContain(now?.[1]);
  });
}
