import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakePage, openFakePage } from './fake-page.fixture.ts';

const ENDPOINT = 'https://collector.example/collect';
const event = (id: number | string) => ({ id });
/** An event of about so many bytes. */
const large = (id: number | string, bytes: number) => ({ id, text: 'x'.repeat(bytes) });

let page: FakePage;
let queue: typeof import('./queue.ts');

beforeEach(async () => {
  vi.useFakeTimers();
  vi.resetModules();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  page = openFakePage('https://shop.example/');
  Object.assign((await import('./attributes.ts')).attributes, { site: 'key', endpoint: ENDPOINT });
  queue = await import('./queue.ts');
  queue.listen();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const ids = () => page.events().map(({ id }) => id);

describe('batches', () => {
  test('events of one tick leave in one request, those of the next in another', async () => {
    queue.add(event(1));
    queue.add(event(2));
    await page.settle();
    queue.add(event(3));
    await page.settle();
    expect(page.sent.map(({ site, events }) => [site, events.map(({ id }) => id)])).toEqual([
      ['key', [1, 2]],
      ['key', [3]],
    ]);
  });

  test('the body is text without credentials, so that browsers ask no leave first, and outlives the page', async () => {
    queue.add(event(1));
    await page.settle();
    const { url, init } = page.sent[0] as FakePage['sent'][0];
    expect(url).toBe(ENDPOINT);
    expect(init).toMatchObject({ method: 'POST', credentials: 'omit', keepalive: true });
    expect(init.headers).toBeUndefined();
    expect(init.body).toBeTypeOf('string');
  });

  test('a thousand events of one tick all arrive in their order, in requests that browsers keep alive', async () => {
    for (let id = 0; id < 1_000; id++) queue.add(large(id, 500));
    await page.settle();
    expect(ids()).toEqual(Array.from({ length: 1_000 }, (_, id) => id));
    for (const { init } of page.sent) {
      expect(init.keepalive).toBe(true);
      expect(Buffer.byteLength(init.body as string)).toBeLessThan(31_000);
    }
  });

  test('bytes are counted, not characters', async () => {
    for (let id = 0; id < 40; id++) queue.add({ id, name: '陶瓷碗'.repeat(300) });
    await page.settle();
    expect(ids()).toHaveLength(40);
    for (const { init } of page.sent) expect(Buffer.byteLength(init.body as string)).toBeLessThan(31_000);
  });

  test('an event that alone has more leaves alone, kept alive up to what browsers take', async () => {
    queue.add(event(1));
    queue.add(large(2, 60_000));
    queue.add(large(3, 70_000));
    await page.settle();
    expect(page.sent.map(({ init, events }) => [init.keepalive, events.map(({ id }) => id)])).toEqual([
      [true, [1]],
      [true, [2]],
      [false, [3]],
    ]);
  });
});

describe('retries', () => {
  test.each([
    ['the network fails', -1],
    ['the collector is busy', 429],
    ['the collector is broken', 500],
    ['neither log nor spool takes it', 503],
  ])('where %s, the same bytes are sent again after a second', async (_, status) => {
    page.answers.push(status);
    queue.add(event(1));
    await vi.advanceTimersByTimeAsync(999);
    expect(page.sent).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(page.sent).toHaveLength(2);
    expect(page.sent[1]?.init.body).toBe(page.sent[0]?.init.body);
  });

  test.each([400, 403, 404, 413])('an answer of %i is final', async (status) => {
    page.answers.push(status);
    const callback = vi.fn();
    queue.add(event(1), callback);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(page.sent).toHaveLength(1);
    expect(callback.mock.calls).toEqual([[false]]);
  });

  test('after 1, 4, 16, 64 and 256 s an event is given up', async () => {
    page.answers.push(...Array<number>(20).fill(-1));
    const callback = vi.fn();
    queue.add(event(1), callback);
    const times: number[] = [];
    for (let second = 0; second < 1_000; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      if (page.sent.length > times.length) times.push(second);
    }
    // The first leaves in the first second, the next at its end, each other so long after the one before.
    expect(times).toEqual([0, 1, 4, 20, 84, 340]);
    expect(callback.mock.calls).toEqual([[false]]);
  });

  test('new events start no request of their own during an outage, and go along with the next', async () => {
    page.answers.push(503, 503);
    queue.add(event('old'));
    await page.settle();
    for (let id = 0; id < 10; id++) {
      queue.add(event(id));
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(page.sent.map(({ events }) => events.length)).toEqual([1, 5]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(page.sent[2]?.events.map(({ id }) => id)).toEqual(['old', 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('hiding the page tries at once, and shortens no pause', async () => {
    page.answers.push(...Array<number>(20).fill(503));
    queue.add(event('old'));
    await page.settle();
    for (let i = 0; i < 10; i++) {
      queue.send(1);
      await vi.advanceTimersByTimeAsync(50);
    }
    page.answers.length = 0;
    expect(page.sent).toHaveLength(11);
    await vi.advanceTimersByTimeAsync(499);
    expect(page.sent).toHaveLength(11);
    await vi.advanceTimersByTimeAsync(1);
    expect(page.sent).toHaveLength(12);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.sent).toHaveLength(12);
  });
});

describe('an end', () => {
  test('sends all that waits at once, of which what fits is kept alive', async () => {
    page.answers.push(503);
    for (let id = 0; id < 100; id++) queue.add(large(id, 1_000));
    await page.settle();
    page.sent.length = 0;
    queue.send(2);
    expect(ids()).toHaveLength(100);
    expect(page.sent.map(({ init }) => init.keepalive)).toEqual([true, true, false, false]);
  });

  test('in Firefox is a beacon, which it sends when its last window is closed; a hidden tab is none', async () => {
    page.navigator.buildID = '20181001000000';
    queue.add(event(1));
    queue.send(1);
    expect([page.sent.length, page.beacons.length]).toEqual([1, 0]);
    const callback = vi.fn();
    queue.add(event(2), callback);
    queue.send(2);
    await page.settle();
    expect([page.sent.length, page.beacons.length]).toEqual([1, 1]);
    expect(page.beacons[0]).toMatchObject({ url: ENDPOINT, site: 'key', events: [{ id: 2 }] });
    expect(callback.mock.calls).toEqual([[true]]);
  });

  test('that a beacon cannot carry is a request', async () => {
    page.navigator.buildID = '20181001000000';
    Object.assign(navigator, { sendBeacon: () => false });
    queue.add(event(1));
    queue.send(2);
    expect(ids()).toEqual([1]);
  });
});

describe('a policy of the page', () => {
  const report = (blockedURI: string, disposition = 'enforce') =>
    page.fire('securitypolicyviolation', { blockedURI, disposition });

  test('that forbids the collector is met once by an event, not four times', async () => {
    const callback = vi.fn();
    page.answers.push(-1, -1);
    for (let id = 0; id < 2; id++) {
      queue.add(event(id), callback);
      vi.advanceTimersByTime(0);
      report(ENDPOINT);
      await vi.advanceTimersByTimeAsync(600_000);
    }
    expect(page.sent).toHaveLength(2);
    expect(callback.mock.calls).toEqual([[false], [false]]);
  });

  test.each([
    ['that forbids something else', 'https://ads.example/', 'enforce'],
    ['that only reports', ENDPOINT, 'report'],
  ])('%s changes nothing', async (_, blocked, disposition) => {
    page.answers.push(-1);
    queue.add(event(1));
    vi.advanceTimersByTime(0);
    report(blocked, disposition);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.sent).toHaveLength(2);
  });
});

describe('without a network', () => {
  beforeEach(() => {
    page.navigator.onLine = false;
    page.answers.push(...Array<number>(2_000).fill(-1));
  });

  test('no try is used up and no timer knocks: what waits leaves once, when there is a network again', async () => {
    queue.add(event(1));
    await vi.advanceTimersByTimeAsync(3_600_000);
    for (let i = 0; i < 10; i++) {
      queue.send(1);
      await page.settle();
    }
    const tries = page.sent.length;
    expect(tries).toBe(11);
    page.answers.length = 0;
    page.navigator.onLine = true;
    page.fire('online');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(page.sent).toHaveLength(tries + 1);
    expect(new Set(page.sent.map(({ init }) => init.body)).size).toBe(1);
  });

  test('a megabyte of events waits; what comes then is given up, and the rest arrives', async () => {
    const told: boolean[] = [];
    for (let id = 0; id < 1_500; id++) {
      queue.add(large(id, 1_000), (taken) => told.push(taken));
      await page.settle();
    }
    expect(told.length).toBeGreaterThan(0);
    const kept = 1_500 - told.length;
    expect(kept).toBeGreaterThan(900);
    expect(told.every((taken) => !taken)).toBe(true);
    page.answers.length = 0;
    page.navigator.onLine = true;
    page.sent.length = 0;
    page.fire('online');
    await page.settle();
    expect(ids().sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: kept }, (_, id) => id));
  });
});

test('a fetch that throws at once is a failure like any other', async () => {
  let tries = 0;
  vi.stubGlobal('fetch', () => {
    tries++;
    throw new Error('blocked');
  });
  queue.add(event(1));
  await vi.advanceTimersByTimeAsync(0);
  queue.send(2);
  await vi.advanceTimersByTimeAsync(999);
  expect(tries).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(tries).toBe(3);
});

test('what cannot be written as JSON is an error, for the tracker to catch', () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(() => queue.add(circle)).toThrow(TypeError);
});

test('each callback is told once, and one that throws does not keep the others from being told', async () => {
  const told: boolean[] = [];
  queue.add(event(1), () => {
    throw new Error('the page has a bug');
  });
  queue.add(event(2), (taken) => told.push(taken));
  await expect(vi.advanceTimersByTimeAsync(1)).rejects.toThrow('the page has a bug');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([true]);
  expect(page.sent).toHaveLength(1);
});
