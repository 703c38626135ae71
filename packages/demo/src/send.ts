import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoEvent } from './visit.ts';

export type Recipient = {
  collectorUrl: string;
  siteId: string;
  apiKey: string;
  /** Between attempts while the collector is away or asks to wait, milliseconds; default 2,000. */
  retryMs?: number;
};

const RETRY_MS = 2_000;

/**
 * Sends events through the front door, again until the collector has taken them: their ids make a repeat safe.
 * @throws Error when the collector refuses for good; AbortError when `signal` ends it
 */
export async function sendEvents(
  to: Recipient,
  events: readonly DemoEvent[],
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const response = await fetch(`${to.collectorUrl}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${to.apiKey}` },
      body: JSON.stringify({ site: to.siteId, events }),
      signal,
    }).catch((error: unknown) => {
      if (signal.aborted) throw error;
      return null;
    });
    if (response?.ok) {
      await response.arrayBuffer();
      return;
    }
    const temporary = response === null || response.status === 429 || response.status >= 500;
    const said = (await response?.text()) ?? '';
    if (!temporary) throw new Error(`the collector answers ${response.status}: ${said.slice(0, 200)}`);
    await sleep(to.retryMs ?? RETRY_MS, undefined, { signal });
  }
}
