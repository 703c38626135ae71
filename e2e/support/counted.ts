import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@playwright/test';
import type { Client, Ledger } from './client.ts';

const DRAINED_MS = 180_000;

const refused = ({ rejected }: Ledger) => Object.values(rejected).reduce((sum, count) => sum + count, 0);

/** Looks at the ledger again and again: it must add up each time. `stop` ends it and throws what it found. */
export function watchLedger(client: Client): { stop(): Promise<void> } {
  let watching = true;
  const watched = (async () => {
    while (watching) {
      // A log that is away cannot say what is pending: then there is no answer, never a wrong one.
      const ledger = await client.ledger().catch(() => undefined);
      if (ledger !== undefined)
        expect(ledger.received).toBe(ledger.stored + ledger.duplicate + refused(ledger) + ledger.pending);
      await sleep(200);
    }
  })();
  return {
    stop: () => {
      watching = false;
      return watched;
    },
  };
}

/** Three days around now: events of a skewed clock among them. */
export function aroundToday(now = Date.now()): [string, string] {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return [day(now - 10 * 86_400_000), day(now + 86_400_000)];
}

/** Waits until nothing is pending and reports show exactly these pageviews, each once, and that the ledger says the same. */
export async function expectCounted(client: Client, pageviews: number): Promise<Ledger> {
  const readLedger = () => client.ledger().catch(() => ({ pending: Number.NaN }));
  await expect.poll(async () => (await readLedger()).pending, { timeout: DRAINED_MS }).toBe(0);
  const ledger = await client.ledger();
  expect(ledger.stored).toBe(pageviews);
  expect(ledger.received).toBe(ledger.stored + ledger.duplicate + refused(ledger));
  const counted = async () => {
    const { results } = await client.query({ metrics: ['pageviews'], date_range: aroundToday() });
    return results[0]?.metrics[0];
  };
  await expect.poll(() => counted().catch(() => undefined), { timeout: DRAINED_MS }).toBe(pageviews);
  return ledger;
}
