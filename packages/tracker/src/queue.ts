import { attributes } from './attributes.ts';
import type { TrackOptions } from './options.ts';

declare global {
  interface Navigator {
    /** Of Firefox alone. */
    readonly buildID?: string;
  }
}

type Callback = TrackOptions['callback'];

/** Events that leave in one request. The text of each stays byte for byte the same, so that a repeat is known as one. */
type Batch = { events: string[]; bytes: number; callbacks: Callback[] };

/** Browsers keep 64 KiB in flight after the page, all requests together; what surrounds the events fits into the rest. */
const KEPT_ALIVE = 64_000;
/** Bytes of events in a request, unless one alone has more: what is sent as the page is left must fit beside it. */
const BATCH = 30_000;
/** Batches that wait, a megabyte of usual events: a collector that is away must not fill the memory of the page. */
const MAX_WAITING = 32;
/** After 1, 4, 16, 64 and 256 s, each up to doubled so that pages do not knock in step. */
const RETRIES = 4;
/** In place of a number of failures: the page's policy forbids the collector, and what has failed is not tried again. */
const FORBIDDEN = 9;

/** The newest first; events join it until it is full. */
const waiting: Batch[] = [];
/** Bytes of events in flight. */
let flying = 0;
/** Failures in a row by which the next pause is measured; those of a page that is being left are not among them. */
let tries = 0;
/** What sends next. While it waits for the end of an outage, an event that is tracked starts nothing. */
// biome-ignore lint/correctness/noUnusedVariables: it is read by what assigns it.
let timer: ReturnType<typeof setTimeout> | 0 = 0;

/** Tells the page the outcome, in a turn of its own: what a callback throws is the page's error and stops nothing of ours. */
export function settle(callback: Callback, taken: boolean): void {
  if (callback) setTimeout(callback, 0, taken);
}

/** @param leaving 1: the page is hidden; 2: it ends */
async function post(batch: Batch, leaving?: number): Promise<void> {
  const body = `{"site":"${attributes.site}","events":[${batch.events}]}`;
  let answer: Response | undefined;
  flying += batch.bytes;
  try {
    // Firefox drops a request when its last window is closed, and sends a beacon. Elsewhere both leave, and a beacon has cookies.
    if ((leaving as number) > 1 && navigator.buildID && navigator.sendBeacon(attributes.endpoint, body))
      answer = { status: 0 } as Response;
    else if (tries < FORBIDDEN) {
      answer = await fetch(attributes.endpoint, {
        method: 'POST',
        body,
        keepalive: flying < KEPT_ALIVE,
        credentials: 'omit',
      });
      // Until the answer is read, Chromium takes the request for one in flight.
      await answer.text();
    }
  } catch {
    // No network, no collector, or somebody who blocks it: perhaps at once, and whoever sends must not find it waiting in the same turn.
    await 0;
  }
  flying -= batch.bytes;
  // Without an answer there is no status, and undefined is not less than any number.
  if ((answer?.status as number) < 429 || tries > RETRIES) {
    batch.callbacks.map((callback) => settle(callback, (answer?.status as number) < 300));
    tries = 0;
    wake();
  } else {
    waiting.push(batch);
    // Without a network a try is not a try: what waits leaves when there is one again.
    if (navigator.onLine) timer ||= setTimeout(wake, 4 ** tries++ * (1 + Math.random()) * 1_000);
  }
}

/**
 * Sends what waits, the oldest first and one request after the other; all at once where the page may not live to see the answer.
 * @param leaving 1: the page is hidden; 2: it ends
 */
export function send(leaving?: number): void {
  while (waiting[0] && (leaving || !flying)) post(waiting.pop() as Batch, leaving);
}

function wake(): void {
  timer = 0;
  send();
}

/**
 * Takes an event. It leaves at the end of the tick, as `text/plain` without credentials, which needs no preflight. After a network failure,
 * 429 or 5xx the same is sent again; any other answer is final.
 * @throws TypeError when a value cannot be written as JSON (a BigInt, an object that holds itself)
 */
export const add: (event: object, callback?: Callback) => void = (event, callback) => {
  const json = JSON.stringify(event);
  const { size } = new Blob([json]);
  if (waiting.length > MAX_WAITING) return settle(callback, false);
  let [open] = waiting as [Batch];
  // Nor is NaN, where there is none.
  if (!(open?.bytes + size < BATCH)) {
    open = { events: [], bytes: 0, callbacks: [] };
    waiting.unshift(open);
  }
  open.bytes += size;
  open.events.push(json);
  open.callbacks.push(callback);
  timer ||= setTimeout(wake);
};

/** Starts to listen for what changes the outcome of a request. */
export function listen(): void {
  addEventListener('online', wake);
  addEventListener('securitypolicyviolation', (event) => {
    // The page's policy forbids the collector, and will: one report of it is enough. One that only reports (`report`) forbids nothing.
    if (event.blockedURI.endsWith(attributes.endpoint as string) && event.disposition < 'r')
      tries = FORBIDDEN;
  });
}
