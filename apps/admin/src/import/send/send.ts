import type { RejectionReason } from '@footfall/core/rejection';
import { oneLine } from '@footfall/installation/one-line';
import { type Backoff, backoffPause } from '@footfall/timing/backoff';
import { sleep } from '@footfall/timing/sleep';
import { adminFailure } from '../../errors.ts';

/** Where events go. */
export type Recipient = {
  url: string;
  siteId: string;
  apiKey: string;
  /** Hears why it takes longer. */
  tell: (line: string) => void;
  /** Hears how many events were taken, after every answer. */
  onTaken: (accepted: number) => Promise<void>;
  signal: AbortSignal;
};

export type Refused = { index: number; reason: string; message: string };
export type Sent = { accepted: number; rejected: Refused[] };

const ANSWER_MS = 60_000;
const RETRY: Backoff = { min: 1_000, max: 60_000 };
/** How long the collector may be away before the command gives up; said again it goes on. */
const TIMEOUT_MS = 30 * 60_000;
/** The longest that a collector may ask to be waited for: a slow plan takes a batch in a quarter of an hour. */
const LONGEST_ASKED_MS = 60 * 60_000;

/** Reasons that are not of the event: the same may be taken later. */
const LATER: ReadonlySet<string> = new Set<RejectionReason>(['rate_limited']);
const STOPS: ReadonlySet<string> = new Set<RejectionReason>(['over_quota', 'site_disabled']);

type Answer = { accepted: number; rejected: Refused[] };
/** `wait` is what the collector asks for, milliseconds; null when it says nothing. `isThere`: it only wants to be asked later. */
type Attempt = { answer: Answer } | { problem: string; wait: number | null; isThere: boolean };

/** A `Retry-After` in milliseconds: seconds, or a date. */
function retryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

async function attempt(events: readonly string[], to: Recipient): Promise<Attempt> {
  let response: Response;
  try {
    response = await fetch(`${to.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${to.apiKey}` },
      body: `{"site":${JSON.stringify(to.siteId)},"events":[${events.join(',')}]}`,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (response.ok) return { answer: (await response.json()) as Answer };
  } catch (error) {
    return {
      problem: `does not answer: ${oneLine((error as Error).cause ?? error)}`,
      wait: null,
      isThere: false,
    };
  }
  const said = (await response.text().catch(() => '')).slice(0, 300);
  if (response.status !== 429 && response.status < 500)
    throw adminFailure('import_refused', `the collector at ${to.url} answers ${response.status}: ${said}`);
  const wait = retryAfter(response.headers.get('retry-after'), Date.now());
  return { problem: `answers ${response.status}`, wait, isThere: response.status === 429 };
}

/** @throws Failure `interrupted` */
export function checkGoesOn(signal: AbortSignal): void {
  if (signal.aborted) throw adminFailure('interrupted', 'the import was interrupted');
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, signal);
  checkGoesOn(signal);
}

/** Sends one batch again until it is taken. */
async function deliver(events: readonly string[], to: Recipient): Promise<Answer> {
  let deadline = Date.now() + TIMEOUT_MS;
  for (let failures = 1; ; failures += 1) {
    const outcome = await attempt(events, to);
    if ('answer' in outcome) return outcome.answer;
    const wait = outcome.wait ?? backoffPause(failures, RETRY);
    if (outcome.isThere) deadline = Date.now() + TIMEOUT_MS;
    if (Date.now() > deadline || wait > LONGEST_ASKED_MS)
      throw adminFailure('collector_away', `the collector at ${to.url} ${outcome.problem}`);
    to.tell(`the collector ${outcome.problem}; tried again in ${Math.ceil(wait / 1_000)} s`);
    await rest(wait, to.signal);
  }
}

function checkTaken(rejected: readonly Refused[]): void {
  const stop = rejected.find(({ reason }) => STOPS.has(reason));
  if (stop !== undefined)
    throw adminFailure('import_refused', `the collector takes no more: ${stop.reason} (${stop.message})`);
}

/**
 * Sends events (JSON texts, at most 5,000 and 5 MiB) to the collector, as often as that takes: it may be away, ask to be asked later, or
 * refuse some for the moment. Events have ids, so that nothing counts twice. What is answered as rejected stays so.
 * @throws Failure `collector_away` after half an hour, `import_refused`, `interrupted`
 */
export async function sendEvents(events: readonly string[], to: Recipient): Promise<Sent> {
  const sent: Sent = { accepted: 0, rejected: [] };
  const deadline = Date.now() + TIMEOUT_MS;
  let waiting = events.map((text, index) => ({ text, index }));
  for (let failures = 1; ; failures += 1) {
    const batch = waiting;
    const { accepted, rejected } = await deliver(
      batch.map(({ text }) => text),
      to,
    );
    checkTaken(rejected);
    sent.accepted += accepted;
    await to.onTaken(accepted);
    const later = new Set(rejected.flatMap(({ reason, index }) => (LATER.has(reason) ? [index] : [])));
    for (const refused of rejected)
      if (!later.has(refused.index))
        sent.rejected.push({ ...refused, index: batch[refused.index]?.index ?? 0 });
    waiting = batch.filter((_, at) => later.has(at));
    if (waiting.length === 0) return sent;
    const pause = backoffPause(failures, RETRY);
    if (Date.now() + pause > deadline)
      throw adminFailure('collector_away', `the collector at ${to.url} takes too few events at a time`);
    to.tell(`the collector takes no more for the moment; tried again in ${Math.ceil(pause / 1_000)} s`);
    await rest(pause, to.signal);
  }
}

/**
 * Makes sure that a collector is there before anything is begun.
 * @throws Failure `collector_away`
 */
export async function checkCollector(url: string): Promise<void> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    if (response.ok) return;
    throw new Error(`it answers ${response.status}`);
  } catch (error) {
    throw adminFailure(
      'collector_away',
      `no collector answers at ${url} (${oneLine((error as Error).cause ?? error)})`,
      { cause: error },
    );
  }
}
