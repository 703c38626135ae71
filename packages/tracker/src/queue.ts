type Callback = (taken: boolean) => void;

/** An event on its way: what is sent stays byte for byte the same, so that a repeat is known as one. */
type Entry = { json: string; callback: Callback | undefined; tries: number };

export type Queue = {
  /** Takes an event (as JSON text); it leaves at the end of the tick, with all others of that tick. */
  add(json: string, callback?: Callback): void;
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

  const post = async (batch: Entry[], leaving?: boolean) => {
    const body = `{"site":${JSON.stringify(site)},"events":[${batch.map((entry) => entry.json)}]}`;
    let status = NO_ANSWER;
    try {
      if (leaving && !('keepalive' in Request.prototype)) {
        // Firefox before 133 drops a fetch with the page. A beacon outlives it, but tells only whether it was let go.
        if (navigator.sendBeacon(endpoint, body)) status = 202;
      } else {
        const keepalive = body.length < KEPT_ALIVE;
        status = (await fetch(endpoint, { method: 'POST', body, keepalive, credentials: 'omit' })).status;
      }
    } catch {
      // No network, a blocker, or too much kept alive at once: worth another try as a busy collector is.
    }
    const again = status === 429 || status > 499;
    for (const entry of batch) {
      if (again && entry.tries++ < RETRIES) failed.push(entry);
      else settle(entry.callback, status < 300);
    }
    if (failed[0]) setTimeout(retry, RETRY_MS * 4 ** failed[0].tries * (1 + Math.random()));
  };

  const flush = (leaving?: boolean) => {
    while (fresh.length) post(fresh.splice(0, BATCH), leaving);
  };

  const retry = (leaving?: boolean) => {
    fresh.push(...failed.splice(0));
    flush(leaving);
  };

  return {
    add(json, callback) {
      if (fresh.push({ json, callback, tries: 0 }) === 1) queueMicrotask(flush);
    },
    leave: () => retry(true),
  };
}
