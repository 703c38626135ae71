import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';

export type Sending = {
  events: number;
  visitors: number;
  /** Events a second at most; as fast as they are taken when absent. */
  perSecond?: number;
  /** When the n-th event happened, epoch milliseconds; about now when absent. */
  at?: (n: number) => number;
  /** A property that makes each of them larger. */
  note?: string;
  senders?: number;
  /** Hears of each request that is not taken at first. */
  onRefused?: () => void;
};

const BATCH = 50;
/** A merchant's server tries this long, ten times longer than any outage here. */
const PATIENCE_MS = 10 * 60_000;

/** What became of the requests. */
export type Sent = { refusedAtFirst: number };

/** Sends one batch until it is taken, with the same ids each time; answers how often it was refused. */
async function sendOnce(
  client: Client,
  events: readonly object[],
  onRefused: (() => void) | undefined,
): Promise<number> {
  for (const [began, tries] = [Date.now(), { count: 0 }]; ; tries.count += 1) {
    try {
      const { accepted, rejected } = await client.send(events);
      if (accepted !== events.length) throw new Error(`refused: ${JSON.stringify(rejected.slice(0, 3))}`);
      return tries.count;
    } catch (error) {
      if (Date.now() - began > PATIENCE_MS) throw error;
      onRefused?.();
      await sleep(200);
    }
  }
}

/** Sends events as a merchant's server would: a request that is refused or broken is sent again with the same ids. */
export async function sendAll(
  client: Client,
  { events, visitors, perSecond, at, note, senders = 4, onRefused }: Sending,
): Promise<Sent> {
  const began = Date.now();
  const sent: Sent = { refusedAtFirst: 0 };
  let next = 0;
  const sender = async () => {
    while (next < events) {
      const from = next;
      next += Math.min(BATCH, events - from);
      const due = perSecond === undefined ? 0 : began + (from / perSecond) * 1_000 - Date.now();
      if (due > 0) await sleep(due);
      const now = Date.now();
      const batch = Array.from({ length: Math.min(BATCH, events - from) }, (_, index) => {
        const n = from + index;
        return {
          id: randomUUID(),
          name: 'pageview',
          timestamp: at?.(n) ?? now - 1_000 + index,
          url: `https://shop.example/p/${n % 10}`,
          visitor: `v${n % visitors}`,
          ...(note === undefined ? {} : { props: { note } }),
        };
      });
      sent.refusedAtFirst += await sendOnce(client, batch, onRefused);
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  return sent;
}
