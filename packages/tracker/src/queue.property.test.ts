import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FakePage, openFakePage } from './fake-page.fixture.ts';

/** What browsers take: 64 KiB in flight beyond the end of a page, all requests together. */
const QUOTA = 65_536;
/** All that happens in a run lasts no longer, so no outage does. */
const MINUTE = 60_000;

type Step =
  | { kind: 'track'; characters: number; wide: boolean }
  | { kind: 'pass'; ms: number }
  | { kind: 'collector'; answers: number }
  | { kind: 'network'; on: boolean }
  | { kind: 'hide' }
  | { kind: 'latency'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('track' as const),
      characters: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 80_000 })),
      wide: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 6_000 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('collector' as const),
      answers: fc.constantFrom(202, 202, 503, 429, 500, -1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('network' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hide' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('latency' as const), ms: fc.integer({ min: 0, max: 3_000 }) }),
  },
);

/** A network and a collector whose answers take time, and what must hold of each request. */
class Wire {
  answers = 202;
  latency = 0;
  /** Bytes of requests that shall outlive the page and have no answer yet. */
  kept = 0;
  inFlight = 0;
  leaving = false;
  taken = new Set<number>();
  texts = new Map<number, string>();
  /** What should not have been; an error thrown here would be one of the network. */
  wrong: string[] = [];

  async fetch(body: string, keepalive: boolean): Promise<Response> {
    const bytes = Buffer.byteLength(body);
    const { events } = JSON.parse(body) as { events: { id: number }[] };
    if (this.inFlight > 0 && !this.leaving) this.wrong.push('a second request');
    for (const event of events) {
      const text = JSON.stringify(event);
      if ((this.texts.get(event.id) ?? text) !== text) this.wrong.push(`another text of ${event.id}`);
      this.texts.set(event.id, text);
    }
    this.inFlight++;
    if (keepalive) this.kept += bytes;
    if (this.kept > QUOTA) this.wrong.push(`${this.kept} bytes in flight`);
    await new Promise((resolve) => setTimeout(resolve, this.latency));
    this.inFlight--;
    if (keepalive) this.kept -= bytes;
    if (this.answers < 0) throw new TypeError('Failed to fetch');
    if (this.answers < 300) for (const { id } of events) this.taken.add(id);
    return new Response('{}', { status: this.answers });
  }
}

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

let page: FakePage;
let wire: Wire;

async function open() {
  vi.resetModules();
  vi.clearAllTimers();
  page = openFakePage('https://shop.example/');
  wire = new Wire();
  vi.stubGlobal('fetch', (_: string, { body, keepalive }: RequestInit) =>
    wire.fetch(body as string, keepalive === true),
  );
  Object.assign((await import('./attributes.ts')).attributes, {
    site: 'key',
    endpoint: 'https://collector.example/collect',
  });
  const queue = await import('./queue.ts');
  queue.listen();
  return queue;
}

/** Does what a step says; gives the milliseconds that it took. */
async function take(step: Exclude<Step, { kind: 'track' }>, hide: () => void): Promise<number> {
  if (step.kind === 'collector') wire.answers = step.answers;
  if (step.kind === 'latency') wire.latency = step.ms;
  if (step.kind === 'hide') hide();
  if (step.kind === 'network') {
    page.navigator.onLine = step.on;
    if (step.on) page.fire('online');
  }
  if (step.kind !== 'pass') return 0;
  await vi.advanceTimersByTimeAsync(step.ms);
  return step.ms;
}

test('whatever is tracked, fails, is hidden and comes back within a minute: each event is sent until it is taken', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const queue = await open();
      const told = new Map<number, boolean[]>();
      const refused = () => [...told].filter(([, outcomes]) => outcomes[0] === false);
      const hide = () => {
        wire.leaving = true;
        queue.send(1);
        wire.leaving = false;
      };
      let clock = 0;
      let bytes = 0;
      for (const step of steps) {
        if (clock > MINUTE / 2) break;
        if (step.kind === 'track' && bytes < 900_000) {
          const id = told.size;
          const text = (step.wide ? '碗' : 'x').repeat(step.characters);
          bytes += Buffer.byteLength(text);
          told.set(id, []);
          queue.add({ id, text }, (taken) => told.get(id)?.push(taken));
        } else if (step.kind !== 'track') clock += await take(step, hide);
      }
      Object.assign(wire, { answers: 202, latency: 10 });
      page.navigator.onLine = true;
      page.fire('online');
      await vi.advanceTimersByTimeAsync(3 * MINUTE);
      const missing = [...told.keys()].filter((id) => !wire.taken.has(id));
      // Only what no request can carry.
      expect(missing).toEqual(refused().map(([id]) => id));
      expect([...told.values()].every((outcomes) => outcomes.length === 1)).toBe(true);
      expect([wire.kept, wire.wrong]).toEqual([0, []]);
    }),
    { numRuns: 300 },
  );
});

test('what is left goes out when the page ends, as far as browsers carry it', async () => {
  const small = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(small, fc.integer({ min: 0, max: 20_000 }), async (sizes, ms) => {
      const queue = await open();
      wire.answers = 503;
      for (const [id, size] of sizes.entries()) {
        queue.add({ id, text: 'x'.repeat(size) });
        if (id % 7 === 0) await vi.advanceTimersByTimeAsync(ms / 10);
      }
      await vi.advanceTimersByTimeAsync(100);
      // The page ends; nothing of it runs any more.
      wire.leaving = true;
      wire.answers = 202;
      queue.send(2);
      vi.stubGlobal('fetch', () => new Promise(() => undefined));
      await vi.advanceTimersByTimeAsync(10);
      expect([...wire.taken].sort((a, b) => a - b)).toEqual([...sizes.keys()]);
      expect(wire.wrong).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
