import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakePage, openFakePage } from './fake-page.fixture.ts';
import { createQueue, type Queue } from './queue.ts';

const ENDPOINT = 'https://collector.example/collect';
const event = (id: number | string) => ({ id });

let page: FakePage;
let queue: Queue;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  page = openFakePage('https://shop.example/');
  queue = createQueue(ENDPOINT, 'key');
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

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

  test('a thousand events of one tick all arrive, in requests that the collector takes', async () => {
    for (let id = 0; id < 1_000; id++) queue.add(event(id));
    await page.settle();
    expect(page.events().map(({ id }) => id)).toEqual(Array.from({ length: 1_000 }, (_, id) => id));
    expect(Math.max(...page.sent.map(({ events }) => events.length))).toBe(50);
  });

  test('a body above what browsers keep alive is sent as an ordinary request', async () => {
    queue.add(event('x'.repeat(30_000)));
    await page.settle();
    expect(page.sent[0]?.init.keepalive).toBe(false);
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

  test('after three retries, ever further apart, an event is given up', async () => {
    page.answers.push(-1, -1, -1, -1, -1);
    const callback = vi.fn();
    queue.add(event(1), callback);
    await vi.advanceTimersByTimeAsync(1_000 + 4_000 + 15_999);
    expect(page.sent).toHaveLength(3);
    expect(callback).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(page.sent).toHaveLength(4);
    expect(callback.mock.calls).toEqual([[false]]);
  });

  test('new events do not use up the tries of those that wait', async () => {
    page.answers.push(503);
    queue.add(event('old'));
    await page.settle();
    for (let id = 0; id < 5; id++) {
      queue.add(event(id));
      await page.settle();
    }
    expect(page.events().filter(({ id }) => id === 'old')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(page.events().filter(({ id }) => id === 'old')).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(page.events()).toHaveLength(7);
  });

  test('a page that is left sends what waits for a retry at once', async () => {
    page.answers.push(503);
    queue.add(event('old'));
    await page.settle();
    queue.leave();
    expect(page.events().map(({ id }) => id)).toEqual(['old', 'old']);
  });
});

describe('without a network', () => {
  beforeEach(() => {
    page.navigator.onLine = false;
    page.answers.push(...Array<number>(20).fill(-1));
  });

  test('no try is used up and no timer knocks: what waits leaves once, when there is a network again', async () => {
    queue.add(event(1));
    await vi.advanceTimersByTimeAsync(3_600_000);
    for (let i = 0; i < 10; i++) {
      queue.leave();
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

  test('at most 500 events wait; those above are given up', async () => {
    const told: boolean[] = [];
    for (let id = 0; id < 510; id++) queue.add(event(id), (taken) => told.push(taken));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual(Array(10).fill(false));
  });
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
