type Callback = (taken: boolean) => void;

/** An event on its way: what is sent stays byte for byte the same, so that a repeat is known as one. */
type Entry = { json: string; callback: Callback | undefined; tries: number };

export type Queue = {
  /**
   * Takes an event; it leaves at the end of the tick, with all others of that tick.
   * @throws TypeError when a value cannot be written as JSON (a BigInt, an object that holds itself)
   */
  add(event: object, callback?: Callback): void;
  /** Sends at once what waits, retries included: the page may not live to the next tick. */
  leave(): void;
};

/** Far below the 500 events and 256 KiB that the collector takes in one request. */
const BATCH = 50;
/** Browsers keep at most 64 KiB alive after the page; a UTF-16 unit is at most three bytes of UTF-8. */
const KEPT_ALIVE = 2e4;
/** Times 4 before the first retry, 16 and 64 before the next, each up to doubled so that pages do not knock in step. */
const RETRY_MS = 250;
const RETRIES = 3;
/** A page without a network for days must not fill the memory: events above are given up. */
const MAX_FAILED = 500;
/** Stands for a status where there was none; above 499 as all that is worth a retry. */
const NO_ANSWER = 600;

/** Tells the page the outcome, in a turn of its own: what a callback throws is the page's error and stops nothing of ours. */
export function settle(callback: Callback | undefined, taken: boolean): void {
  if (callback) setTimeout(callback, 0, taken);
}

/**
 * Sends events to the endpoint in batches, as `text/plain` without credentials, which needs no preflight. A batch that
 * meets a network failure, 429 or 5xx is repeated a few times with the same ids; every other answer is final.
 * Nothing is stored and nothing throws.
 */
export function createQueue(endpoint: string, site: string): Queue {
  const fresh: Entry[] = [];
  const failed: Entry[] = [];

  const post = async (batch: Entry[]) => {
    const body = `{"site":${JSON.stringify(site)},"events":[${batch.map((entry) => entry.json)}]}`;
    let status = NO_ANSWER;
    try {
      ({ status } = await fetch(endpoint, {
        method: 'POST',
        body,
        keepalive: body.length < KEPT_ALIVE,
        credentials: 'omit',
      }));
    } catch {
      // No network, a blocker, or too much kept alive at once: worth another try as a busy collector is.
    }
    // Without a network a try is not a try: what waits leaves when there is one again.
    const { onLine } = navigator;
    for (const entry of batch) {
      const again = status === 429 || status > 499;
      if (again && failed.length < MAX_FAILED && (!onLine || entry.tries++ < RETRIES)) failed.push(entry);
      else settle(entry.callback, status < 300);
    }
    if (failed[0] && onLine) setTimeout(retry, RETRY_MS * 4 ** failed[0].tries * (1 + Math.random()));
  };

  const flush = () => {
    while (fresh.length) post(fresh.splice(0, BATCH));
  };

  const retry = () => {
    fresh.push(...failed.splice(0));
    flush();
  };

  addEventListener('online', retry);
  return {
    add(event, callback) {
      if (fresh.push({ json: JSON.stringify(event), callback, tries: 0 }) === 1) queueMicrotask(flush);
    },
    leave: retry,
  };
}
